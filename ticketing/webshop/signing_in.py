"""A basket follows its visitor: signing in brings the prices they have a right to, signing out takes them away."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from ticketing.operations import baskets, customers
from ticketing.operations.customers import AddressInUse
from ticketing.webshop.basket_cookie import basket_of


@receiver(user_logged_in)
def give_basket_its_customer(sender: object, request: HttpRequest, user: User, **_more: object) -> None:
    """Operators sign in as themselves and buy nothing."""
    basket_id = basket_of(request)
    if basket_id is None or user.is_staff:
        return
    now = timezone.now()
    try:
        customer = customers.register(user=user, language=str(get_language())[:2], now=now)
    except AddressInUse:
        # Told on the page of the account; the basket costs what anybody pays.
        return
    baskets.belong_to(basket_id=basket_id, customer_id=customer.id, now=now)


@receiver(user_logged_out)
def take_basket_from_its_customer(sender: object, request: HttpRequest, **_more: object) -> None:
    basket_id = basket_of(request)
    if basket_id is not None:
        baskets.belong_to(basket_id=basket_id, customer_id=None, now=timezone.now())
