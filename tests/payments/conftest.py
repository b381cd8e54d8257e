"""Two ways to the same provider: in memory, and over real HTTP through the vendor's library to the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol
from uuid import uuid4

import pytest

from payments.mollie.fake import FakeMollie
from payments.mollie.gateway import MollieGateway
from tests.sandbox.running import RunningSandbox, running_sandbox
from tests.ticketing.paying import plug_in
from ticketing.ports import PaymentProvider, ProviderState, RefundState

OUTCOMES = {
    ProviderState.PAID: "paid",
    ProviderState.FAILED: "failed",
    ProviderState.CANCELLED: "canceled",
    ProviderState.EXPIRED: "expired",
}


class Hand(Protocol):
    """What buyers, banks and bad days do to the provider."""

    def end(self, provider_id: str, state: ProviderState, *, method: str = "bancontact") -> None: ...

    def charge_back(self, provider_id: str, *, amount: Decimal | None = None, reason: str = "") -> str: ...

    def reverse_chargeback(self, provider_id: str, chargeback_id: str) -> None: ...

    def end_refund(self, refund_id: str, state: RefundState) -> None: ...

    def break_down(self, calls: int = 1) -> None: ...

    def lose_answers(self, calls: int = 1) -> None: ...


@dataclass
class SandboxHand:
    sandbox: RunningSandbox

    def end(self, provider_id: str, state: ProviderState, *, method: str = "bancontact") -> None:
        self.sandbox.order(f"payments/{provider_id}/{OUTCOMES[state]}", method=method, lost=True)

    def charge_back(self, provider_id: str, *, amount: Decimal | None = None, reason: str = "") -> str:
        order = self.sandbox.order(
            f"payments/{provider_id}/chargeback", amount=str(amount or ""), reason=reason, lost=True
        )
        return str(order["id"])

    def reverse_chargeback(self, provider_id: str, chargeback_id: str) -> None:
        self.sandbox.order(f"chargebacks/{chargeback_id}/reverse", lost=True)

    def end_refund(self, refund_id: str, state: RefundState) -> None:
        self.sandbox.order(f"refunds/{refund_id}/{state}", lost=True)

    def break_down(self, calls: int = 1) -> None:
        self.sandbox.order("faults", fault="unavailable", calls=calls)

    def lose_answers(self, calls: int = 1) -> None:
        self.sandbox.order("faults", fault="lost_answer", calls=calls)


@dataclass
class Clock:
    """The time of a test, which moves only when the test says so."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **duration: float) -> datetime:
        self.moment += timedelta(**duration)
        return self.moment


@dataclass
class Desk:
    """A provider and the hand that moves it."""

    provider: PaymentProvider
    hand: Hand


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    """Refunds stay under way until a test ends them."""
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), SANDBOX_REFUND_SECONDS="3600") as running:
        yield running


@pytest.fixture(params=["fake", "sandbox"])
def desk(request: pytest.FixtureRequest, now: datetime) -> Desk:
    if request.param == "fake":
        fake = FakeMollie(clock=lambda: now)
        return Desk(fake, fake)
    sandbox: RunningSandbox = request.getfixturevalue("sandbox")
    # A key of its own is an account of its own.
    gateway = MollieGateway(api_key=f"test_{uuid4().hex}", api_endpoint=sandbox.url)
    return Desk(gateway, SandboxHand(sandbox))


@pytest.fixture
def clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(now)
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def mollie(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> FakeMollie:
    """The provider of every account, in memory, with the same guards around it as the real one."""
    fake = FakeMollie(clock=clock)
    plug_in(fake, monkeypatch)
    return fake
