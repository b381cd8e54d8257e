"""What a browser is handed is good for one thing: a basket is no order, and nobody else makes one."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.core.signing import Signer
from django.http import HttpResponse
from django.test import RequestFactory

from ticketing.queries.changes import ConfirmationRefused, change_id_in, change_token
from ticketing.webshop.basket_cookie import (
    COOKIE,
    ORDER,
    basket_named_by,
    basket_of,
    basket_token,
    order_of,
    remember_basket,
    remember_order,
)


def given_order(order_id: UUID) -> str:
    response = HttpResponse()
    remember_order(RequestFactory().get("/"), response, order_id)
    return str(response.cookies[ORDER].value)


def test_each_token_opens_what_it_was_made_for_and_nothing_else() -> None:
    thing = uuid4()
    tokens = {"basket": basket_token(thing), "order": given_order(thing), "change": change_token(thing)}
    opened = {
        name: (basket_named_by(token), _order_named_by(token), _change_named_by(token))
        for name, token in tokens.items()
    }
    assert opened == {"basket": (thing, None, None), "order": (None, thing, None), "change": (None, None, thing)}


@pytest.mark.parametrize("forge", [
    lambda thing: thing.hex, lambda thing: f"{thing.hex}:",
    lambda thing: Signer(key="x", salt="basket").sign(thing.hex),
    lambda thing: f"{uuid4().hex}:{basket_token(thing).partition(':')[2]}",
    lambda thing: Signer(salt="basket").sign(str(thing)[:-1]),
])  # fmt: skip
def test_a_token_nobody_gave_names_no_basket(forge: object) -> None:
    assert callable(forge)
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = forge(uuid4())
    assert basket_of(request) is None


@pytest.mark.parametrize("is_secure", [True, False])
def test_scripts_and_other_sites_do_not_get_at_them(is_secure: bool) -> None:
    request, response = RequestFactory().get("/", secure=is_secure), HttpResponse()
    remember_basket(request, response, uuid4())
    remember_order(request, response, uuid4())
    told = {name: (found["httponly"], found["samesite"], found["secure"]) for name, found in response.cookies.items()}
    assert told == dict.fromkeys((COOKIE, ORDER), (True, "Lax", True if is_secure else ""))


def _order_named_by(token: str) -> UUID | None:
    request = RequestFactory().get("/")
    request.COOKIES[ORDER] = token
    return order_of(request)


def _change_named_by(token: str) -> UUID | None:
    try:
        return change_id_in(token)
    except ConfirmationRefused:
        return None
