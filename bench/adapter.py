"""Parterre behind the interface that any ticketing system can be driven through (see `workloads.py` of the bench)."""

from __future__ import annotations

import json
import re
import threading
import time
import urllib.request
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import override

from bench import houses
from bench.installation import Running
from bench.orders import paid_order
from bench.statements import Statements
from outbox.models import Delivery
from ticketing.models import Performance, Place, Ticket, TicketDocument
from ticketing.order_links import link_token
from ticketing.seating.compiled import place_code


@cache
def _address(name: str, *args: str) -> str:
    """Worked out once: a buyer's browser has it from the page."""
    with override("nl"):
        return reverse(f"shop:{name}", args=args)


def make_adapter(workloads: Any, installation: Running) -> Any:
    """A class of the given workloads' `Adapter`, bound to a running installation."""

    class Parterre(workloads.Adapter):
        name = "parterre"
        base = installation.base
        gate = "gate"
        checkout_kinds = ("seated_paid",)
        counts_sandbox = False

        def __init__(self) -> None:
            self.house = houses.BenchHouse.found(houses.MAIN)
            self.statements = Statements()
            self.key = houses.scan_key()
            self.lock = threading.Lock()
            self.theatre = self.house.theatre()
            self.gate_performance = self.house.standing(2000, slug="gate")
            self._free_pairs = iter(self._pairs())

        # addresses

        def shop(self, name: str, performance: Performance | None = None, house: str = houses.MAIN) -> str:
            if performance is None:
                return _address(name, house)
            return _address(name, house, performance.production.slug, performance.code)

        def pages(self) -> dict[str, str]:
            for slug, number in houses.AGENDAS.items():
                houses.agenda(slug, number)
            return {
                "shop home": self.shop("house"),
                "agenda, 100 performances": self.shop("agenda", house="bench-100"),
                "agenda, 1000 performances": self.shop("agenda", house="bench-1000"),
                "production page, 976 seats": self.shop("performance", self.theatre),
            }

        def states_path(self) -> str:
            page = workloads.Client(self.base).get(self.shop("performance", self.theatre))
            since = re.search(r'data-since="([^"]*)"', page.text)
            assert since, "the page names no since token"
            return reverse("states", args=[self.theatre.code]) + "?since=" + since[1]

        def api_headers(self, path: str | None = None) -> dict[str, str]:
            return {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}

        # holding

        def hot_targets(self, capacity: int) -> Iterator[Performance]:
            return houses.fresh_standing(capacity)

        def add_to_cart(self, c: Any, target: Performance) -> str:
            answer = c.post(self.shop("standing", target), {"n-normal": "1"}, headers={"HX-Request": "true"})
            return self._held(answer, 200)

        def held_or_sold(self, target: Performance) -> int:
            return Place.objects.filter(performance=target).exclude(state=Place.State.AVAILABLE).count()

        def seat_targets(self, n: int) -> Iterator[tuple[Performance, list[str]]]:
            while True:
                performance = self.house.large_hall(slug=f"large-{uuid4().hex[:6]}")
                self.warm(performance)
                yield performance, [place_code(index) for index in range(1000, 1000 + n)]

        def hall_of_one_rank(self) -> Performance:
            return self.house.hall_of_one_rank(slug=f"floor-{uuid4().hex[:6]}")

        def warm(self, performance: Performance) -> None:
            """Every process has seen the hall before it is measured, as on any evening that sells out."""
            for index in range(40):
                self.hold_seat(self.buyer(), performance, place_code(index))

        def hold_seat(self, c: Any, target: Performance, seat: str) -> str:
            answer = c.post(self.shop("hold", target), {"place": seat}, headers={"HX-Request": "true"})
            return self._held(answer, 200)

        def _held(self, answer: Any, wanted: int) -> str:
            if answer.status == wanted:
                return "ok"
            if answer.status == 409:
                return "soldout"
            return "busy" if answer.status in (429, 503) else f"error:{answer.status}"

        # buying

        def _pairs(self) -> Iterator[tuple[str, str]]:
            while True:
                performance = self.theatre
                codes = list(
                    Place.objects.filter(performance=performance, kind="seat", state="available")
                    .order_by("index")
                    .values_list("code", flat=True)
                )
                yield from zip(codes[::2], codes[1::2], strict=False)
                self.theatre = self.house.theatre(slug=f"theatre-{uuid4().hex[:6]}")

        def warm_checkout(self) -> None:
            """Every process has sold before, as on any evening; and the mails of it are out."""
            for _purchase in range(8):
                self.checkout(self.buyer())
            self.settle()

        def checkout(self, c: Any, kind: str = "manual") -> bool:
            with self.lock:
                pair = next(self._free_pairs)
                show = self.theatre
            c.get(self.shop("performance", show))
            for place in pair:
                c.post(self.shop("hold", show), {"place": place}, headers={"HX-Request": "true"})
            details = c.get(self.shop("checkout"))
            fields = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', details.text))
            person = {"email": "bench@example.org", "first_name": "Bench", "last_name": "Buyer", "terms": "on"}
            paying = c.post(self.shop("checkout"), {**fields, **person})
            if paying.status not in (302, 303):
                return False
            address = paying.headers["Location"]
            payment = re.search(r"(tr_\w+)", address)
            assert payment, address
            back = self._pay(payment[1])
            done = c.get(back[len(self.base) :], follow=2)
            return done.status == 200 and "ticket" in done.text

        def _pay(self, payment: str) -> str:
            """What the buyer does at the stand-in; returns the address it sends the buyer back to."""
            request = urllib.request.Request(
                f"{installation.sandbox}/sandbox/payments/{payment}/paid", data=b"{}", method="POST",
                headers={"Content-Type": "application/json"},
            )  # fmt: skip
            with urllib.request.urlopen(request, timeout=20) as answer:
                return str(json.load(answer)["redirectUrl"])

        # tickets

        def api_order(self, c: Any, event: str = "shop", positions: int = 1) -> list[tuple[str, str]]:
            tickets = houses_orders(self.gate_performance, positions)
            self.settle()
            return tickets

        def settle(self, seconds: float = 120) -> None:
            """Until the worker has nothing left to do: mails and their papers are not what is measured next."""
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                waiting = Delivery.objects.filter(state=Delivery.State.PENDING).exists()
                if not waiting and not TicketDocument.objects.filter(rendered_at__isnull=True).exists():
                    return
                time.sleep(0.2)

        def ticket_pdf(self, c: Any, position: str) -> bytes:
            path = position
            for _poll in range(200):
                answer = workloads.Client(self.base).get(path, headers={"Accept": "application/pdf"})
                if answer.status == 200:
                    return bytes(answer.body)
                time.sleep(0.25)
            return b""

        def redeem(self, c: Any, secret: str) -> str:
            body = {"payload": secret, "performance": self.gate_performance.code, "nonce": str(uuid4())}
            answer = c.post("/api/v1/scans", body, headers=self.api_headers())
            if answer.status not in (200, 201):
                return f"error:{answer.status}"
            result = answer.json()["result"]
            return {"accepted": "ok", "already_used": "already"}.get(result, f"error:{result}")

        # accounting

        def pids(self) -> dict[str, list[int]]:
            """The stand-ins cost the installation memory, but their work is not ours."""
            kinds = installation.pids if self.counts_sandbox else set(installation.pids) - {"sandbox"}
            return {kind: installation.pids[kind] for kind in kinds}

        def sql_calls(self) -> int:
            return self.statements.total()

    return Parterre()


def houses_orders(performance: Performance, positions: int) -> list[tuple[str, str]]:
    """A paid order, made directly: what is measured afterwards is its PDF and its scan."""
    order = paid_order(performance, positions)
    codes = Ticket.objects.filter(line__order=order).order_by("id").values_list("code", flat=True)
    with override("nl"):
        return [(reverse("shop:ticket_pdf", args=[houses.MAIN, link_token(order), code]), code) for code in codes]
