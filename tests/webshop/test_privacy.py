"""What is kept of a visitor, and who else gets to see it: nothing, and nobody."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.test import Client

from payments.mollie.fake import FakeMollie
from tests.ticketing import selling
from tests.webshop.conftest import Buyer
from tests.webshop.strangers import shop_posts
from ticketing import ports
from ticketing.models import (
    WaitingListEntry,
)


def test_nothing_about_a_person_stands_in_an_address(buyer: Buyer, mollie: FakeMollie) -> None:
    buyer.best(2)
    answer = buyer.check_out(email="noor.peeters@example.org", first_name="Noorbijzonder", last_name="Vandenheuvel")
    seen = [answer["Location"]]
    provider_id = next(reversed(mollie.payments))
    request = mollie.requests[provider_id]
    mollie.end(provider_id, ports.ProviderState.PAID)
    page = buyer.client.get(re.sub(r"^https?://[^/]+", "", request.return_url), follow=True)
    seen += [
        request.return_url,
        request.webhook_url,
        request.description,
        *(url for url, _status in page.redirect_chain),
    ]
    seen += re.findall(r'(?:href|action|src)="([^"]+)"', page.content.decode())
    for address in seen:
        for person in ("noor.peeters", "Noorbijzonder", "Vandenheuvel", "example.org"):
            assert person not in address


@pytest.mark.parametrize("path", ["account/", "account/export/"])
def test_an_account_is_shown_to_its_owner_only(db: None, path: str) -> None:
    answer = Client().get(f"/en/{path}")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_pages_are_for_their_visitor_and_personal_ones_are_kept_nowhere(buyer: Buyer) -> None:
    buyer.click("0")
    kept = {path: buyer.get(f"{buyer.shop}{path}")["Cache-Control"] for path in ("", "agenda/", "basket/", "checkout/")}
    never = "max-age=0, no-cache, no-store, must-revalidate, private"
    assert kept == dict.fromkeys(("", "agenda/", "basket/"), "private, no-cache") | {"checkout/": never}
    assert buyer.get("/en/account/")["Cache-Control"] == never
    assert buyer.click("1")["Cache-Control"] == "private, no-cache"


def test_nobody_learns_who_is_waiting(fan: Buyer, now: datetime) -> None:
    for quantity in (20, 10):
        selling.stood(fan.performance, now, full=quantity)
    fields = {"email": "noor@example.org", "quantity": 1}
    answers = [Buyer(fan.performance).post(f"{fan.page}waiting-list/", **fields) for _time in range(2)]
    assert (answers[0].status_code, answers[0].content) == (answers[1].status_code, answers[1].content)
    assert WaitingListEntry.objects.count() == 1


def test_a_file_of_a_visitor_is_kept_nowhere(buyer: Buyer, monkeypatch: pytest.MonkeyPatch) -> None:
    def keep(*_args: object, **_named: object) -> None:
        pytest.fail("a visitor's file was taken in")

    for handler in (MemoryFileUploadHandler, TemporaryFileUploadHandler):
        monkeypatch.setattr(handler, "new_file", keep)
    for path in shop_posts(buyer):
        answer = buyer.client.post(path, {"code": "x", "file": SimpleUploadedFile("x.jpg", b"x" * 100_000)})
        assert answer.status_code < 500
