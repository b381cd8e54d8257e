"""A basket belongs to whoever holds its signed token: a first-party cookie, never a session."""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

COOKIE = "basket"
KEPT_FOR = 2 * 24 * 3600
ORDER = "order"
_signer = Signer(salt="basket")
_order_signer = Signer(salt="order")


def basket_token(basket_id: UUID) -> str:
    return _signer.sign(basket_id.hex)


def basket_named_by(token: str) -> UUID | None:
    try:
        return UUID(hex=_signer.unsign(token))
    except (BadSignature, ValueError):
        return None


def basket_of(request: HttpRequest) -> UUID | None:
    """The basket this browser holds, whether or not it still exists."""
    token = request.COOKIES.get(COOKIE)
    return basket_named_by(token) if token else None


def remember_basket(request: HttpRequest, response: HttpResponse, basket_id: UUID) -> None:
    if basket_of(request) == basket_id:
        return
    response.set_cookie(
        COOKIE, basket_token(basket_id), max_age=KEPT_FOR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )


def remember_order(request: HttpRequest, response: HttpResponse, order_id: UUID) -> None:
    """Told before "pay" is pressed, for the answer to that may be lost.

    A basket may be handed over, by the link of an offer or of a website; its order may not.
    """
    token = _order_signer.sign(order_id.hex)
    response.set_cookie(ORDER, token, max_age=KEPT_FOR, secure=request.is_secure(), httponly=True, samesite="Lax")


def order_of(request: HttpRequest) -> UUID | None:
    """The order this browser places when it presses "pay", or has placed."""
    try:
        return UUID(hex=_order_signer.unsign(request.COOKIES.get(ORDER, "")))
    except (BadSignature, ValueError):
        return None
