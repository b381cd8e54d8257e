"""A provider that hangs keeps a few threads waiting; the next buyer hears at once that it must be later."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import transaction

from outbox.errors import InsideTransaction, Unavailable
from payments import patience
from payments.mollie.fake import FakeMollie
from payments.patience import PatientProvider
from ticketing.ports import ProviderPayment


class HangingMollie(FakeMollie):
    """Answers nobody until it is let go."""

    released: threading.Event
    entered: threading.Semaphore

    def fetch(self, provider_id: str) -> ProviderPayment:
        self.entered.release()
        self.released.wait(timeout=10)
        return super().fetch(provider_id)


@pytest.mark.django_db
def test_third_call_at_once_is_told_to_come_back(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "WAIT_SECONDS", 0.05)
    hanging = HangingMollie(clock=lambda: now)
    hanging.released, hanging.entered = threading.Event(), threading.Semaphore(0)
    provider = PatientProvider(hanging, threading.BoundedSemaphore(2))

    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(provider.fetch, "tr_x") for _ in range(2)]
        for _ in waiting:
            assert hanging.entered.acquire(timeout=5)
        with pytest.raises(Unavailable, match="too many calls"):
            provider.methods()
        hanging.released.set()
        for call in waiting:
            assert call.exception() is not None  # nobody knows tr_x; what matters is that the slot came back

    assert len(provider.methods()) == 5


@pytest.mark.django_db(transaction=True)
def test_no_call_inside_a_transaction(now: datetime) -> None:
    fake = FakeMollie(clock=lambda: now)
    provider = PatientProvider(fake)

    with transaction.atomic(), pytest.raises(InsideTransaction):
        provider.methods()

    assert fake.calls == []
