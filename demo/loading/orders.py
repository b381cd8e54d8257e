"""Past orders, made by the operations a buyer uses, with the moment of the past passed in as now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from demo.halls import standing_room
from demo.history import House, PlannedOrder, Share, nights, plan_orders
from demo.houses import HOUSES
from demo.loading.foundation import PLANS, words
from demo.loading.people import VISITOR
from demo.loading.steps import Loading, Progress
from demo.paid_at_once import PROVIDER, paid
from demo.people import Person, people
from demo.programme import PRODUCTIONS
from demo.schedule import season
from ticketing.models import Customer, Order, Payment, PaymentAccount, Performance, Ticket
from ticketing.operations import abandonments, cancellations, holds, orders, payments
from ticketing.operations.contacts import Contact
from ticketing.operations.wishes import Wish
from ticketing.seating.compiled import CompiledPlan, compile_plan
from ticketing.seating.format import plan_from_document

BATCH = 25
ANALYZE_BEFORE = (0, 1, 3, 9, 27)
# Orders of the visitor who can sign in: every so many.
VISITORS_SHARE = 190


def hall_plans() -> dict[tuple[str, str], CompiledPlan]:
    plans = {}
    for house in HOUSES:
        for hall in house.halls:
            draw = PLANS.get(hall.plan)
            document = draw() if draw else standing_room(words(hall.name), hall.capacity)
            plans[house.slug, hall.slug] = compile_plan(plan_from_document(document))
    return plans


def made_up_history(loading: Loading) -> tuple[list[House], list[PlannedOrder]]:
    """The same halls and orders whenever it is asked: what is left in a house after its orders can be kept back."""
    houses = nights(season(PRODUCTIONS, today=loading.today), hall_plans())
    everybody = list(people(loading.customers))
    return houses, plan_orders(houses, everybody, count=loading.orders, now=loading.now)


def load_orders(loading: Loading, progress: Progress) -> None:
    _houses, planned = made_up_history(loading)
    buyers = _Buyers(loading)
    for start in range(progress.done, len(planned), BATCH):
        if start // BATCH in ANALYZE_BEFORE:
            _look_at_tables()
        batch = planned[start : start + BATCH]
        with transaction.atomic():
            for number, order in enumerate(batch, start):
                buyers.place(number, order)
            progress.keep(done=start + len(batch))
        progress.tell(f"{start + len(batch)} of {len(planned)} orders")


def _look_at_tables() -> None:
    """Tables that were empty a moment ago have no statistics yet, and plans made for empty tables read all of them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Buyers:
    """Places planned orders; knows the customers, performances and accounts so that each is looked up once."""

    def __init__(self, loading: Loading) -> None:
        self.people: Sequence[Person] = list(people(loading.customers))
        self.customers = dict(Customer.objects.values_list("email", "pk"))
        self.codes = {
            (slug, starts_at): code
            for slug, starts_at, code in Performance.objects.values_list("production__slug", "starts_at", "code")
        }
        self.accounts = dict(PaymentAccount.objects.filter(provider=PROVIDER).values_list("house_id", "pk"))

    def place(self, number: int, planned: PlannedOrder) -> None:
        person = self.people[planned.person]
        contact = Contact(email=person.email, first_name=person.first_name, last_name=person.last_name)
        if number % VISITORS_SHARE == VISITORS_SHARE - 1:
            contact = Contact(email=VISITOR, first_name="Noor", last_name="Vandeput")
        basket_id = self._fill_basket(planned, language=person.language)
        placed = orders.place_order(
            basket_id=basket_id,
            contact=contact,
            customer_id=self.customers[contact.email],
            now=planned.at + timedelta(minutes=4),
            method=planned.method,
            is_historical=True,
        )
        if planned.fate == "abandoned":
            abandonments.abandon(order_id=placed.order.id, reason="expired", now=planned.at + timedelta(minutes=20))
            return
        self._pay(placed.order, planned)
        if planned.fate == "cancelled":
            self._cancel(placed.order, planned)

    def _fill_basket(self, planned: PlannedOrder, *, language: str) -> UUID:
        basket_id: UUID | None = None
        for share in planned.shares:
            held = holds.hold(
                performance=self.codes[share.slot.production.slug, share.slot.starts_at],
                wish=_wish(share),
                basket_id=basket_id,
                language=language,
                now=planned.at,
            )
            basket_id = held.basket_id
        assert basket_id is not None
        return basket_id

    def _pay(self, order: Order, planned: PlannedOrder) -> None:
        """The account of the shop is Mollie's; what was paid in the past was paid through the demo's own."""
        at = planned.at + timedelta(minutes=6)
        provider_id = f"demo_{order.id.hex}"
        legs = Payment.objects.filter(order=order, means=Payment.Means.PROVIDER)
        legs.update(account_id=self.accounts[order.house_id], provider_id=provider_id, state=Payment.State.OPEN)
        state = paid(provider_id, order.total, method=planned.method)
        payments.apply_provider_state(provider=PROVIDER, provider_id=provider_id, state=state, now=at)

    def _cancel(self, order: Order, planned: PlannedOrder) -> None:
        tickets = Ticket.objects.filter(line__order=order).values_list("pk", flat=True)
        moment: datetime = planned.at + timedelta(minutes=50)
        cancellations.cancel_tickets(order_id=order.id, ticket_ids=tickets, now=moment, by_staff=True)


def _wish(share: Share) -> Wish:
    if share.standing:
        return Wish(standing={share.tariff: share.standing})
    return Wish(places=share.seats, price_type=share.tariff)
