"""What operators give out and take back: codes, gift cards, payment vouchers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from ticketing.admin.operating import OperationAdmin
from ticketing.models import GiftCard, GiftCardEntry, PriceVoucher
from ticketing.operations import cancellations, vouchers
from ticketing.queries.vouchers import with_uses
from ticketing.templatetags.shop import money


@admin.register(PriceVoucher)
class PriceVoucherAdmin(OperationAdmin):
    """Made and ended, never changed: what was sold with it keeps its reason."""

    fields = (
        "house",
        "code",
        "name",
        "effect",
        "value",
        "price_type",
        "production",
        "max_uses",
        "max_per_order",
        "valid_from",
        "valid_until",
    )
    raw_id_fields = ("production",)
    list_display = ("code", "name", "house", "effect", "value", "uses", "valid_from", "valid_until")
    list_filter = ("house", "effect")
    list_select_related = ("house",)
    search_fields = ("code", "name")
    actions = ("end",)

    def make(self, values: dict[str, Any], now: datetime) -> PriceVoucher:
        return vouchers.create_price_voucher(now=now, **values)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PriceVoucher]:
        return with_uses(super().get_queryset(request))

    @admin.display(description=_("Places"))
    def uses(self, voucher: Any) -> str:
        return f"{voucher.places_used} / {voucher.max_uses or '∞'}"

    @admin.action(description=_("End now"), permissions=["change"])
    def end(self, request: HttpRequest, chosen: QuerySet[PriceVoucher]) -> None:
        now = timezone.now()
        self.act(request, chosen, lambda row: vouchers.end_price_voucher(voucher_id=row.pk, now=now), gettext("Ended"))


class GiftCardForm(forms.ModelForm):
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=vouchers.LONGEST_CARD_CODE,
        help_text=_("Leave it empty for one nobody can guess."),
        widget=UnfoldAdminTextInputWidget,
    )

    class Meta:
        model = GiftCard
        fields = ("house", "kind", "value", "expires_on")


@admin.register(GiftCard)
class GiftCardAdmin(OperationAdmin):
    """A card given here is a discount of the house; one that was sold can be blocked, never emptied."""

    form = GiftCardForm
    list_display = ("__str__", "kind", "house", "value", "left", "issued_at", "expires_on", "blocked_at")
    list_filter = ("house", "kind")
    list_select_related = ("house",)
    search_fields = ("code", "line__order__reference", "line__order__email")
    readonly_fields = ("left", "sold_in", "history")
    actions = ("block", "unblock", "void", "withdraw")

    def get_queryset(self, request: HttpRequest) -> QuerySet[GiftCard]:
        return super().get_queryset(request).annotate(balance=Sum("entries__amount"))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        given = ("house", "kind", "code", "value", "expires_on")
        return (*given, "left", "issued_at", "blocked_at", "sold_in", "history") if obj else given

    def make(self, values: dict[str, Any], now: datetime) -> GiftCard:
        return vouchers.give_card(now=now, **values)

    @admin.display(description=_("Left"))
    def left(self, card: Any) -> str:
        return money(card.balance or Decimal("0.00"))

    @admin.display(description=_("Sold in order"))
    def sold_in(self, card: GiftCard) -> str:
        return card.line.order.reference if card.line else ""

    @admin.display(description=_("History"))
    def history(self, card: GiftCard) -> str:
        return format_html_join("", "<div>{}</div>", ((" · ".join(row),) for row in _history(card)))

    @admin.action(description=_("Block: lost or stolen"), permissions=["change"])
    def block(self, request: HttpRequest, chosen: QuerySet[GiftCard]) -> None:
        now = timezone.now()
        self.act(request, chosen, lambda row: vouchers.block_card(card_id=row.pk, now=now), gettext("Blocked"))

    @admin.action(description=_("Unblock"), permissions=["change"])
    def unblock(self, request: HttpRequest, chosen: QuerySet[GiftCard]) -> None:
        self.act(request, chosen, lambda row: vouchers.unblock_card(card_id=row.pk), gettext("Unblocked"))

    @admin.action(description=_("Cancel the sale and refund the buyer"), permissions=["change"])
    def withdraw(self, request: HttpRequest, chosen: QuerySet[GiftCard]) -> None:
        now = timezone.now()
        self.act(
            request, chosen, lambda row: cancellations.cancel_gift_card(card_id=row.pk, now=now), gettext("Cancelled")
        )

    @admin.action(description=_("Take back what is left"), permissions=["change"])
    def void(self, request: HttpRequest, chosen: QuerySet[GiftCard]) -> None:
        now = timezone.now()
        self.act(request, chosen, lambda row: vouchers.void_card(card_id=row.pk, now=now), gettext("Taken back"))


def _history(card: GiftCard) -> Iterable[tuple[str, ...]]:
    for entry in GiftCardEntry.objects.filter(card=card).select_related("payment__order").order_by("booked_at", "pk"):
        order = (entry.payment.order.reference,) if entry.payment else ()
        yield date_format(timezone.localtime(entry.booked_at), "DATETIME_FORMAT"), money(entry.amount), *order
