"""Orders as operators look into them: what was sold, where the money is, and how some of it goes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from ticketing.admin.operating import NeverAdded, OperationAdmin
from ticketing.mails.addresses import document_address, order_address
from ticketing.mails.order_words import in_words
from ticketing.models import Chargeback, Document, DocumentSeries, LedgerEntry, Order, OrderLine, Refund, Ticket
from ticketing.operations import cancellations, invoices, orders, refunds
from ticketing.operations.invoices import Invoicee
from ticketing.queries.documents import invoices_and_credits
from ticketing.templatetags.shop import money

Rows = Iterable[tuple[str, ...]]


class OrderForm(forms.ModelForm):
    cancel = forms.MultipleChoiceField(
        label=_("Cancel these tickets"),
        required=False,
        help_text=_("Their places come free and the money goes back the way it came, at once."),
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    class Meta:
        model = Order
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        valid = Ticket.objects.filter(line__order=self.instance.pk, state=Ticket.State.VALID).select_related("line")
        choices = [(str(ticket.pk), f"{_what(ticket.line)} · {money(ticket.line.gross)}") for ticket in valid]
        self.fields["cancel"].choices = choices  # type: ignore[attr-defined]  # a field of choices


@admin.register(Order)
class OrderAdmin(NeverAdded):
    form = OrderForm
    list_display = ("reference", "house", "state", "total", "email", "placed_at", "paid_at")
    list_filter = ("house", "state")
    list_select_related = ("house",)
    search_fields = ("reference", "email", "last_name")
    told = ("page", "lines", "payments", "documents", "ledger")
    facts = ("reference", "house", "state", "total", "first_name", "last_name", "email", "placed_at", "paid_at")
    readonly_fields = (*facts, *told)
    fieldsets = ((None, {"fields": (*facts, *told)}), (_("Give back"), {"fields": ("cancel",)}))
    actions = ("revoke",)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Order:
        chosen = [int(ticket) for ticket in values["cancel"]]
        if chosen:
            cancellations.cancel_tickets(order_id=pk, ticket_ids=chosen, by_staff=True, reason="staff", now=now)
        return Order.objects.get(pk=pk)

    @admin.display(description=_("Page of the buyer"))
    def page(self, order: Order) -> str:
        return format_html('<a href="{0}">{0}</a>', order_address(order))

    @admin.display(description=_("Lines"))
    def lines(self, order: Order) -> str:
        return _table(
            (line.get_kind_display(), _what(line), in_words(line.description.get("price_type")), money(line.gross))
            for line in order.lines.all()
        )

    @admin.display(description=_("Payments"))
    def payments(self, order: Order) -> str:
        return _table(_money_rows(order))

    @admin.display(description=_("Documents"))
    def documents(self, order: Order) -> str:
        found = order.documents.select_related("series").order_by("issued_at", "pk")
        return _table((row.series.get_kind_display(), str(row), _moment(row.issued_at)) for row in found)

    @admin.display(description=_("Books"))
    def ledger(self, order: Order) -> str:
        entries = LedgerEntry.objects.filter(group__order=order).select_related("group", "house").order_by("pk")
        return _table(
            (_moment(e.booked_at), e.group.get_kind_display(), e.house.name, e.get_account_display(), money(e.amount))
            for e in entries
        )

    @admin.action(description=_("Make every link to the order void"), permissions=["change"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[Order]) -> None:
        self.act(request, chosen, lambda row: orders.revoke_links(order_id=row.pk), gettext("Void"))


class OfPayments(NeverAdded):
    """Money of an order that moved after it was paid."""

    list_select_related = ("payment__order__house",)
    search_fields = ("payment__order__reference", "provider_id")

    @admin.display(description=_("Order"))
    def reference(self, moved: Refund | Chargeback) -> str:
        return moved.payment.order.reference

    @admin.display(description=_("House"))
    def house(self, moved: Refund | Chargeback) -> str:
        return moved.payment.order.house.name


@admin.register(Refund)
class RefundAdmin(OfPayments):
    """Money on its way back. What the provider could not give back is asked for once more here."""

    list_display = ("reference", "house", "amount", "state", "reason", "requested_at", "finished_at")
    list_filter = ("state", "payment__order__house")
    actions = ("again",)

    @admin.action(description=_("Ask once more"), permissions=["change"])
    def again(self, request: HttpRequest, chosen: QuerySet[Refund]) -> None:
        now = timezone.now()
        self.act(request, chosen, lambda row: refunds.retry_refund(refund_id=row.pk, now=now), gettext("Asked"))


@admin.register(Chargeback)
class ChargebackAdmin(OfPayments):
    list_display = ("reference", "house", "amount", "reason", "charged_back_at", "reversed_at")
    list_filter = ("payment__order__house",)


class InvoiceForm(forms.ModelForm):
    """Whom an order is invoiced to. Every house with a part of it makes out its own."""

    reference = forms.CharField(label=_("Order"), widget=UnfoldAdminTextInputWidget)
    name = forms.CharField(label=_("Name or company"), max_length=160, widget=UnfoldAdminTextInputWidget)
    street = forms.CharField(label=_("Street and number"), max_length=160, widget=UnfoldAdminTextInputWidget)
    postcode = forms.CharField(label=_("Postcode"), max_length=12, widget=UnfoldAdminTextInputWidget)
    city = forms.CharField(label=_("City"), max_length=100, widget=UnfoldAdminTextInputWidget)
    country = forms.CharField(label=_("Country"), max_length=2, initial="BE", widget=UnfoldAdminTextInputWidget)
    vat_number = forms.CharField(
        label=_("VAT number"), max_length=30, required=False, widget=UnfoldAdminTextInputWidget
    )

    class Meta:
        model = Document
        fields: tuple[str, ...] = ()

    def clean_reference(self) -> Order:
        found = Order.objects.filter(reference=self.cleaned_data["reference"].strip().upper()).first()
        if found is None:
            raise forms.ValidationError(_("No order is called this."))
        return found


@admin.register(Document)
class DocumentAdmin(OperationAdmin):
    """Invoices, credit notes and coupons, as they were numbered; an invoice is credited, never changed."""

    form = InvoiceForm
    show_full_result_count = False
    list_display = ("__str__", "kind", "house", "reference", "total", "issued_at", "paper")
    list_filter = ("series__house", "series__kind")
    list_select_related = ("series__house", "order__house")
    search_fields = ("order__reference", "order__email")
    readonly_fields = ("kind", "house", "reference_of", "total", "issued_at", "paper")
    actions = ("credit",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        asked = ("reference", "name", "street", "postcode", "city", "country", "vat_number")
        return ("kind", "house", "reference_of", "total", "issued_at", "paper") if obj else asked

    def make(self, values: dict[str, Any], now: datetime) -> Document:
        order = values.pop("reference")
        return invoices.issue_invoices(order_id=order.pk, invoicee=Invoicee(**values), now=now)[0]

    @admin.display(description=_("Kind"))
    def kind(self, document: Document) -> str:
        return document.series.get_kind_display()

    @admin.display(description=_("House"))
    def house(self, document: Document) -> str:
        return document.series.house.name

    @admin.display(description=_("Order"))
    def reference(self, document: Document) -> str:
        return document.order.reference if document.order else ""

    @admin.display(description=_("Order"))
    def reference_of(self, document: Document) -> str:
        return self.reference(document)

    @admin.display(description=_("Total"))
    def total(self, document: Document) -> str:
        return str(document.content.get("total") or document.content.get("amount") or "")

    @admin.display(description=_("Paper"))
    def paper(self, document: Document) -> str:
        if document.order is None or document.series.kind == DocumentSeries.Kind.CANCELLATION_COUPON:
            return ""
        return format_html('<a href="{}">PDF</a>', document_address(document.order, document))

    @admin.action(description=_("Credit the whole invoice"), permissions=["change"])
    def credit(self, request: HttpRequest, chosen: QuerySet[Document]) -> None:
        now = timezone.now()
        known = invoices_and_credits().filter(pk__in=chosen, series__kind=DocumentSeries.Kind.INVOICE)
        self.act(request, known, lambda row: invoices.credit_invoice(document_id=row.pk, now=now), gettext("Credited"))


@admin.register(LedgerEntry)
class LedgerEntryAdmin(NeverAdded):
    """The books, entry by entry."""

    list_display = ("booked_at", "kind", "house", "account", "amount", "reference", "counterparty")
    list_filter = ("house", "account", "group__kind")
    list_select_related = ("group__order", "house", "counterparty")
    search_fields = ("group__order__reference",)

    @admin.display(description=_("Kind"))
    def kind(self, entry: LedgerEntry) -> str:
        return entry.group.get_kind_display()

    @admin.display(description=_("Order"))
    def reference(self, entry: LedgerEntry) -> str:
        return entry.group.order.reference if entry.group.order else ""


def _money_rows(order: Order) -> Rows:
    for leg in order.payments.select_related("gift_card").prefetch_related("refunds", "chargebacks"):
        name = str(leg.gift_card) if leg.gift_card else leg.method or leg.get_means_display()
        yield _moment(leg.paid_at or leg.created_at), name, leg.get_state_display(), money(leg.amount)
        for refund in leg.refunds.all():
            words = gettext("Refund: %(reason)s") % {"reason": refund.reason}
            yield _moment(refund.requested_at), words, refund.get_state_display(), money(-refund.amount)
        for taken in leg.chargebacks.all():
            state = gettext("Reversed") if taken.reversed_at else ""
            yield _moment(taken.charged_back_at), gettext("Charged back"), state, money(-taken.amount)


def _what(line: OrderLine) -> str:
    words = (in_words(line.description.get(part)) for part in ("title", "area", "row", "seat"))
    return ", ".join(word for word in words if word)


def _table(rows: Iterable[tuple[Any, ...]]) -> str:
    written = (format_html_join("", "<td>{}&emsp;</td>", ((str(cell),) for cell in row)) for row in rows)
    return format_html("<table>{}</table>", format_html_join("", "<tr>{}</tr>", ((cells,) for cells in written)))


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
