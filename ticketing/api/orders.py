"""Orders of the API: place one from a basket, start its payment, see how it stands, fetch its tickets."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ticketing.api.baskets import ComponentDocument, ContactFields, SellView, components
from ticketing.api.documents import PROBLEMS, Texts, euro, texts
from ticketing.api.once import ONCE, once
from ticketing.api.performances import CHANNEL, Money
from ticketing.errors import TicketingError
from ticketing.models import Order, OrderLine, Payment, Ticket
from ticketing.operations import orders, payments
from ticketing.operations.barcodes import barcode_of
from ticketing.operations.contacts import Contact


class OrderNotFound(TicketingError):
    code = "order_not_found"
    message = _("This house has no such order from the API.")
    status = 404


class OrderRequest(serializers.Serializer[Any]):
    basket = serializers.UUIDField()
    contact = ContactFields(required=False, help_text="Default: the contact of the basket.")
    shown_total = Money(required=False, help_text="The total your page shows; another total is a 409.")
    method = serializers.SlugField(max_length=40, required=False, default="")


class PaymentRequest(serializers.Serializer[Any]):
    return_url = serializers.CharField(
        max_length=500,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text="Where the buyer comes back to: an http or https address.",
    )


class PaymentStarted(serializers.Serializer[Any]):
    checkout_url = serializers.CharField(allow_blank=True, help_text="Send the buyer here; empty when nothing is due.")
    state = serializers.ChoiceField(Order.State.choices)


class OrderLineDocument(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(OrderLine.Kind.choices)
    title = Texts()
    starts_at = serializers.CharField(allow_null=True)
    area = Texts()
    row = Texts()
    seat = Texts()
    price_type = Texts()
    gross = Money()
    components = ComponentDocument(many=True)


class PaymentDocument(serializers.Serializer[Any]):
    means = serializers.ChoiceField(Payment.Means.choices)
    method = serializers.CharField(allow_blank=True)
    amount = Money()
    state = serializers.ChoiceField(Payment.State.choices)


class OrderDocument(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.ChoiceField(Order.State.choices)
    contact = ContactFields()
    total = Money()
    placed_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    paid_at = serializers.DateTimeField(allow_null=True)
    lines = OrderLineDocument(many=True)
    payments = PaymentDocument(many=True)


class TicketDocument(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="For typing at the door.")
    square = serializers.CharField(help_text="What the QR code says: digits, numeric mode.")
    state = serializers.ChoiceField(Ticket.State.choices)
    performance = serializers.CharField()
    starts_at = serializers.DateTimeField()
    area = Texts()
    row = Texts()
    seat = Texts()


class TicketsDocument(serializers.Serializer[Any]):
    items = TicketDocument(many=True)


class OrderSellView(SellView):
    def order(self, order_id: UUID) -> Order:
        """An order this key's house took through the API; everything else is not found."""
        found = Order.objects.filter(pk=order_id, house_id=self.api_key.house_id, channel__kind=CHANNEL).first()
        if found is None:
            raise OrderNotFound
        return found


class Orders(OrderSellView):
    @extend_schema(
        operation_id="orders_create",
        parameters=[ONCE],
        request=OrderRequest,
        responses={201: OrderDocument, **PROBLEMS},
    )
    @once
    def post(self, request: Request) -> Response:
        """The pay button: the basket becomes an order, its places stay reserved while it is paid."""
        asked = self.read(OrderRequest)
        basket = self.basket(asked["basket"])
        told = asked.get("contact") or {}
        contact = Contact(
            email=told.get("email", basket.email),
            first_name=told.get("first_name", basket.first_name),
            last_name=told.get("last_name", basket.last_name),
        )
        placed = orders.place_order(
            basket_id=basket.id,
            contact=contact,
            shown_total=asked.get("shown_total"),
            method=asked["method"],
            now=self.now,
        )
        return Response(_document(placed.order), status=201)


class OrderView(OrderSellView):
    @extend_schema(operation_id="orders_retrieve", responses={200: OrderDocument, **PROBLEMS})
    def get(self, request: Request, order: UUID) -> Response:
        """How it stands. When the way back from the provider was lost, this tells."""
        return Response(_document(self.order(order)))


class OrderPayment(OrderSellView):
    @extend_schema(
        operation_id="orders_pay",
        parameters=[ONCE],
        request=PaymentRequest,
        responses={200: PaymentStarted, **PROBLEMS},
    )
    @once
    def post(self, request: Request, order: UUID) -> Response:
        """Where the buyer pays. Asking twice gives the same payment."""
        return_url = self.read(PaymentRequest)["return_url"]
        found = self.order(order)
        checkout_url = payments.start(order_id=found.pk, return_url=lambda _order: return_url, now=self.now)
        found.refresh_from_db(fields=["state"])
        return Response({"checkout_url": checkout_url, "state": found.state})


class OrderTickets(OrderSellView):
    @extend_schema(operation_id="orders_tickets", responses={200: TicketsDocument, **PROBLEMS})
    def get(self, request: Request, order: UUID) -> Response:
        """The tickets of a paid order; empty before."""
        rows = Ticket.objects.filter(line__order=self.order(order)).select_related("line", "performance").order_by("pk")
        return Response({"items": [self._ticket(ticket) for ticket in rows]})

    def _ticket(self, ticket: Ticket) -> dict[str, Any]:
        code = ticket.performance.code
        return {
            "code": ticket.code,
            "square": barcode_of(performance=code, serial=ticket.serial, now=self.now),
            "state": ticket.state,
            "performance": code,
            "starts_at": ticket.performance.starts_at,
            **_where(ticket.line.description),
        }


def _document(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "reference": order.reference,
        "state": order.state,
        "contact": {"email": order.email, "first_name": order.first_name, "last_name": order.last_name},
        "total": euro(order.total),
        "placed_at": order.placed_at,
        "expires_at": order.expires_at,
        "paid_at": order.paid_at,
        "lines": [_line(line) for line in order.lines.all()],
        "payments": [
            {"means": leg.means, "method": leg.method, "amount": euro(leg.amount), "state": leg.state}
            for leg in order.payments.order_by("created_at", "id")
        ],
    }


def _line(line: OrderLine) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "title": texts(line.description.get("title", {})),
        "starts_at": line.description.get("starts_at"),
        **_where(line.description),
        "price_type": texts(line.description.get("price_type", {})),
        "gross": euro(line.gross),
        "components": components(line.components),
    }


def _where(description: dict[str, Any]) -> dict[str, Any]:
    return {name: texts(description.get(name, {})) for name in ("area", "row", "seat")}
