"""What platform operators edit until the back office comes: every save is one of the operations everybody calls."""

from ticketing.admin import (
    api_keys,
    customers,
    houses,
    inventory,
    media,
    orders,
    prices,
    programme,
    reference,
    seating,
    venues,
    vouchers,
)
from ticketing.admin.names import speak_languages

__all__ = [
    "api_keys",
    "customers",
    "houses",
    "inventory",
    "media",
    "orders",
    "prices",
    "programme",
    "reference",
    "seating",
    "venues",
    "vouchers",
]

speak_languages()
