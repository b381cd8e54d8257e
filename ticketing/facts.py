"""What has happened, for whoever must act on it: past tense, ids and amounts only, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from outbox.facts import Fact


@dataclass(frozen=True)
class OrderFact(Fact):
    order_id: UUID

    @property
    def stream(self) -> str:
        return f"order:{self.order_id}"


@dataclass(frozen=True)
class OrderPaid(OrderFact):
    total: Decimal


@dataclass(frozen=True)
class OrderAbandoned(OrderFact):
    reason: str


@dataclass(frozen=True)
class OrderRefundedInFull(OrderFact):
    """Paid after its places were gone: the money goes back by itself."""

    amount: Decimal


@dataclass(frozen=True)
class TicketsCancelled(OrderFact):
    ticket_ids: tuple[int, ...]
    amount: Decimal


@dataclass(frozen=True)
class GiftCardCancelled(OrderFact):
    card_id: int
    amount: Decimal


@dataclass(frozen=True)
class RefundRequested(OrderFact):
    refund_id: UUID


@dataclass(frozen=True)
class RefundFinished(OrderFact):
    refund_id: UUID
    succeeded: bool


@dataclass(frozen=True)
class PaymentChargedBack(OrderFact):
    payment_id: UUID
    amount: Decimal


@dataclass(frozen=True)
class DocumentIssued(OrderFact):
    """An invoice or a credit note; its paper is still to be made and sent."""

    document_id: UUID


@dataclass(frozen=True)
class ChangeConfirmationAsked(OrderFact):
    """The buyer asked to change an order through its link; a code goes to the address of the order."""

    change_id: UUID


@dataclass(frozen=True)
class WaitingListOffered(Fact):
    entry_id: int
    performance_id: int

    @property
    def stream(self) -> str:
        return f"waiting:{self.entry_id}"


@dataclass(frozen=True)
class WaitingListAsked(Fact):
    """Somebody wants to wait; the address is still to be proved."""

    entry_id: int
    performance_id: int

    @property
    def stream(self) -> str:
        return f"waiting:{self.entry_id}"


@dataclass(frozen=True)
class WaitingListJoined(Fact):
    entry_id: int
    performance_id: int

    @property
    def stream(self) -> str:
        return f"waiting:{self.entry_id}"


@dataclass(frozen=True)
class PlacesFreed(Fact):
    """Places of a performance came back on sale (a cancellation, a released block)."""

    performance_id: int
    count: int

    @property
    def stream(self) -> str:
        return f"performance:{self.performance_id}"


@dataclass(frozen=True)
class ProductionChanged(Fact):
    production_id: int

    @property
    def stream(self) -> str:
        return f"production:{self.production_id}"


@dataclass(frozen=True)
class PerformanceChanged(Fact):
    performance_id: int
    change: str

    @property
    def stream(self) -> str:
        return f"performance:{self.performance_id}"
