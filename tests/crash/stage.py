"""Sets up what is sold, lets time pass and reads the books of an installation: `python -m tests.crash.stage COMMAND`.

A process of its own, because the installation has its own database; answers in JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

STANDING, SEATS = 500, 100


def prepare() -> dict[str, Any]:
    """One house with a standing room and a hall whose hundred seats everybody wants."""
    now = timezone.now()
    house = building.a_house(now, slug="crash")
    paying.a_payment_account(house)
    standing = building.on_sale(now, house, rows=0, standing=STANDING)
    seats = building.on_sale(now, house, rows=5, seats=20)
    models.Performance.objects.update(refuse_orphans=False)
    return {
        "standing": _path(standing),
        "seats": _path(seats),
        "places": list(seats.places.order_by("index").values_list("code", flat=True)),
    }


def _path(performance: Any) -> str:
    return f"/nl/{performance.house.slug}/{performance.production.slug}/{performance.code}/"


def lapse() -> dict[str, int]:
    """A quarter of an hour passes for baskets nobody came back to: the answer to their hold got lost."""
    held = models.Place.objects.filter(state=models.Place.State.HELD)
    return {"lapsed": held.update(held_until=timezone.now())}


def audit() -> dict[str, Any]:
    paid = models.Order.objects.filter(state=models.Order.State.PAID)
    mailed = models.SentMail.objects.filter(template="order_paid").values("order_id")
    valid = models.Ticket.objects.filter(state=models.Ticket.State.VALID)
    groups = models.LedgerEntry.objects.values("group").annotate(total=Sum("amount"))
    return {
        "sold": models.Place.objects.filter(state=models.Place.State.SOLD).count(),
        "unsold": models.Place.objects.exclude(state=models.Place.State.SOLD).count(),
        "tickets": valid.count(),
        "places_with_tickets": valid.values("place").distinct().count(),
        "paid": sorted(paid.values_list("email", flat=True)),
        "paid_without_tickets": paid.exclude(id__in=valid.values("line__order_id")).count(),
        "paid_without_mail": paid.exclude(id__in=mailed).count(),
        "tickets_without_payment": valid.exclude(line__order__state=models.Order.State.PAID).count(),
        "open_payments": models.Payment.objects.filter(
            state__in=["open", "pending"], order__state=models.Order.State.AWAITING_PAYMENT
        ).count(),
        "paid_amount": str(_total(models.Payment.objects.filter(state=models.Payment.State.PAID))),
        "order_amount": str(paid.aggregate(total=Sum("total"))["total"]),
        "ledger": str(_total(models.LedgerEntry.objects.all())),
        "groups_not_zero": groups.exclude(total=0).count(),
        "undelivered": Delivery.objects.filter(state__in=["pending", "dead"]).count(),
    }


def _total(rows: Any) -> Any:
    return rows.aggregate(total=Sum("amount"))["total"]


if __name__ == "__main__":
    django.setup()
    from django.db.models import Sum
    from django.utils import timezone

    from outbox.models import Delivery
    from tests.ticketing import building, paying
    from ticketing import models

    json.dump({"prepare": prepare, "lapse": lapse, "audit": audit}[sys.argv[1]](), sys.stdout)
