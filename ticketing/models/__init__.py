"""Every table of the kernel, by subject; `from ticketing.models import Order` works for all of them."""

from ticketing.models.barcodes import TicketKey
from ticketing.models.baskets import Basket, BasketLine
from ticketing.models.changes import ChangeConfirmation
from ticketing.models.customers import (
    ConsentEntry,
    Customer,
    CustomerLabel,
    Entitlement,
    EntitlementUse,
    HouseRelation,
    WaitingListEntry,
)
from ticketing.models.documents import Document, DocumentSeries
from ticketing.models.houses import (
    ApiKey,
    Cluster,
    House,
    HouseDomain,
    IdempotencyRecord,
    Membership,
    SalesChannel,
)
from ticketing.models.inventory import Block, Contingent, ContingentSlot, Place
from ticketing.models.ledger import Account, LedgerEntry, LedgerGroup
from ticketing.models.mails import SentMail
from ticketing.models.media import MediaAsset, MediaRendition
from ticketing.models.orders import Order, OrderLine
from ticketing.models.payments import (
    Chargeback,
    Payment,
    PaymentAccount,
    PaymentAllocation,
    PaymentSplit,
    Refund,
)
from ticketing.models.pricing import (
    Fee,
    PerformancePriceGrid,
    PriceCondition,
    PriceGrid,
    PriceGridCell,
    PriceGridVersion,
    PriceOverride,
    PriceType,
    Rank,
    TariffFamily,
    VatRule,
)
from ticketing.models.printing import TicketDocument
from ticketing.models.programme import Credit, Genre, Label, Performance, Performer, Production, Season
from ticketing.models.seating import SeatingPlan, SeatingPlanVersion
from ticketing.models.tickets import Scan, Ticket
from ticketing.models.venues import Hall, Venue
from ticketing.models.vouchers import GiftCard, GiftCardEntry, PriceVoucher

__all__ = [
    "Account", "ApiKey", "Basket", "BasketLine", "Block", "ChangeConfirmation", "Chargeback", "Cluster", "ConsentEntry",
    "Contingent", "ContingentSlot", "Credit", "Customer", "CustomerLabel", "Document", "DocumentSeries", "Entitlement",
    "EntitlementUse", "Fee", "Genre", "GiftCard", "GiftCardEntry", "Hall", "House", "HouseDomain", "HouseRelation",
    "IdempotencyRecord", "Label", "LedgerEntry", "LedgerGroup", "MediaAsset", "MediaRendition", "Membership", "Order",
    "OrderLine", "Payment", "PaymentAccount", "PaymentAllocation", "PaymentSplit", "Performance",
    "PerformancePriceGrid", "Performer", "Place", "PriceCondition", "PriceGrid", "PriceGridCell", "PriceGridVersion",
    "PriceOverride", "PriceType", "PriceVoucher", "Production", "Rank", "Refund", "SalesChannel", "Scan", "Season",
    "SeatingPlan", "SeatingPlanVersion", "SentMail", "TariffFamily", "Ticket", "TicketDocument",
    "TicketKey", "VatRule", "Venue",
    "WaitingListEntry",
]  # fmt: skip
