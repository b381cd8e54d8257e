"""Which fields are about a person. Export and erasure walk this list, and a test fails when a field is missing in it.

Every field of every table of the kernel is either here, with what erasure does to it, or named in `NOT_PERSONAL`.
Facts, logs and addresses of pages hold ids only, so they need no entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Erasure(StrEnum):
    """What is left of a field when its person is erased."""

    EMPTY = "empty"  # an empty text, or nothing
    PLACEHOLDER = "placeholder"  # an address that belongs to nobody, for columns that must stay filled and unique
    DELETE_ROW = "delete_row"  # the row goes
    KEEP = "keep"  # says something about the person only together with a name that is gone


@dataclass(frozen=True)
class Personal:
    erasure: Erasure
    label: str  # how it is called in an export


_NAME = Personal(Erasure.EMPTY, "name")
_EMAIL = Personal(Erasure.PLACEHOLDER, "email")

PERSONAL: dict[str, dict[str, Personal]] = {
    "Customer": {
        "user": Personal(Erasure.EMPTY, "account"),
        "email": _EMAIL,
        "email_proved_at": Personal(Erasure.EMPTY, "email proved"),
        "first_name": _NAME,
        "last_name": _NAME,
        "phone": Personal(Erasure.EMPTY, "phone"),
        "street": Personal(Erasure.EMPTY, "street"),
        "postcode": Personal(Erasure.EMPTY, "postcode"),
        "city": Personal(Erasure.EMPTY, "city"),
        "country": Personal(Erasure.EMPTY, "country"),
        "language": Personal(Erasure.KEEP, "language"),
    },
    "HouseRelation": {
        "note": Personal(Erasure.DELETE_ROW, "note of the house"),
        "since": Personal(Erasure.DELETE_ROW, "known to the house since"),
    },
    "CustomerLabel": {
        "code": Personal(Erasure.DELETE_ROW, "label"),
        "source": Personal(Erasure.DELETE_ROW, "source of the label"),
        "valid_from": Personal(Erasure.DELETE_ROW, "label from"),
        "valid_until": Personal(Erasure.DELETE_ROW, "label until"),
    },
    "ConsentEntry": {
        # The proof that somebody consented is kept with the pseudonym that is left of the customer.
        "purpose": Personal(Erasure.KEEP, "consent to"),
        "granted": Personal(Erasure.KEEP, "consent given"),
        "answered_at": Personal(Erasure.KEEP, "consent answered"),
        "source": Personal(Erasure.KEEP, "consent asked in"),
        "text_version": Personal(Erasure.KEEP, "consent text"),
        "channel": Personal(Erasure.KEEP, "consent channel"),
    },
    "Entitlement": {
        "source": Personal(Erasure.DELETE_ROW, "membership"),
        "slots": Personal(Erasure.DELETE_ROW, "places per performance"),
        "valid_from": Personal(Erasure.DELETE_ROW, "membership from"),
        "valid_until": Personal(Erasure.DELETE_ROW, "membership until"),
    },
    "WaitingListEntry": {
        "email": Personal(Erasure.DELETE_ROW, "email"),
        "first_name": Personal(Erasure.DELETE_ROW, "name"),
        "language": Personal(Erasure.DELETE_ROW, "language"),
        "quantity": Personal(Erasure.DELETE_ROW, "places waited for"),
        "state": Personal(Erasure.DELETE_ROW, "waiting list"),
        "joined_at": Personal(Erasure.DELETE_ROW, "waiting since"),
        "offered_until": Personal(Erasure.DELETE_ROW, "offered until"),
    },
    "Basket": {
        "first_name": _NAME,
        "last_name": _NAME,
        "email": Personal(Erasure.EMPTY, "email"),
    },
    "Order": {
        "first_name": _NAME,
        "last_name": _NAME,
        "email": _EMAIL,
        "language": Personal(Erasure.KEEP, "language"),
    },
    "Ticket": {"holder_name": _NAME},
    "TicketDocument": {"file": Personal(Erasure.DELETE_ROW, "printed ticket")},
    # The law asks for invoices for ten years, with the name and address they were made out to.
    "Document": {
        "content": Personal(Erasure.KEEP, "invoice or credit note"),
        "file": Personal(Erasure.KEEP, "printed invoice or credit note"),
    },
    # A hash of an address is still about somebody; it is what proves that a mail was sent.
    "SentMail": {
        "recipient_hash": Personal(Erasure.KEEP, "mail sent to"),
        "template": Personal(Erasure.KEEP, "mail"),
        "sent_at": Personal(Erasure.KEEP, "mail sent at"),
        "language": Personal(Erasure.KEEP, "mail language"),
    },
    # Kept for a day: what was told of a basket or an order, with the name and address it is for.
    "IdempotencyRecord": {"body": Personal(Erasure.DELETE_ROW, "answer to a program of the house")},
}

# What stands where an address must stand and nobody is left who had one.
NOBODYS_ADDRESS = "nobody@invalid.example"

# How the rows of a table are found from their customer; by any of these ways.
PATHS_TO_CUSTOMER: dict[str, tuple[str, ...]] = {
    "Customer": ("id",),
    "HouseRelation": ("customer_id",),
    "CustomerLabel": ("relation__customer_id",),
    "ConsentEntry": ("customer_id", "order__customer_id"),
    "Entitlement": ("customer_id",),
    "Basket": ("customer_id", "orders__customer_id"),
    "Order": ("customer_id",),
    "Ticket": ("line__order__customer_id",),
    "TicketDocument": ("order__customer_id",),
    "Document": ("order__customer_id",),
    "SentMail": ("order__customer_id",),
}

# Fields of the tables above that say nothing of a person, and tables that hold no person at all.
NOT_PERSONAL: dict[str, set[str]] = {
    "Customer": {"id", "public_id", "created_at"},
    "HouseRelation": {"id", "customer", "house"},
    "CustomerLabel": {"id", "relation"},
    "ConsentEntry": {"id", "customer", "order", "house"},
    "Entitlement": {"id", "customer", "price_type"},
    "WaitingListEntry": {"id", "performance", "rank", "secret", "basket"},
    "Basket": {
        "id", "house", "channel", "language", "state", "created_at", "expires_at", "extensions", "customer", "codes",
    },
    "Order": {
        "id", "reference", "house", "channel", "basket", "customer", "state", "total", "placed_at", "expires_at",
        "paid_at", "abandoned_at", "abandon_reason", "link_secret", "is_historical",
    },
    "TicketDocument": {"id", "order", "ticket", "asked_at", "rendered_at"},
    "Document": {"id", "series", "number", "order", "ticket", "refers_to", "issued_at"},
    "SentMail": {"id", "key", "order", "house", "is_historical"},
    "IdempotencyRecord": {"id", "api_key", "key", "request_hash", "status", "created_at"},
    "Ticket": {
        "id", "line", "performance", "place", "serial", "code", "state", "issued_at", "cancelled_at",
    },
}  # fmt: skip

TABLES_WITHOUT_PERSONS = {
    "ApiKey", "BasketLine", "Block", "ChangeConfirmation", "Chargeback", "Cluster", "Contingent", "ContingentSlot",
    "Credit", "DocumentSeries", "EntitlementUse", "Fee", "Genre", "GiftCard", "GiftCardEntry", "Hall",
    "House", "HouseDomain", "Label", "LedgerEntry", "LedgerGroup", "MediaAsset",
    "MediaRendition", "Membership", "OrderLine", "Payment", "PaymentAccount", "PaymentAllocation", "PaymentSplit",
    "Performance", "PerformancePriceGrid", "Performer", "Place", "PriceCondition", "PriceGrid", "PriceGridCell",
    "PriceGridVersion", "PriceOverride", "PriceType", "PriceVoucher", "Production", "Rank", "Refund", "SalesChannel",
    "Scan", "Season", "SeatingPlan", "SeatingPlanVersion", "TicketKey", "VatRule", "Venue",
}  # fmt: skip
