"""What a house knows of its customers and gives them: labels, and memberships that open a price."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminSelectWidget

from ticketing.admin.operating import NeverAdded, OperationAdmin
from ticketing.models import Customer, CustomerLabel, Entitlement, House, HouseRelation
from ticketing.operations import customers, entitlements
from ticketing.queries.customers import addressed


class OfCustomerForm(forms.ModelForm):
    """A customer is named by their e-mail address."""

    email = forms.EmailField(label=_("E-mail address of the customer"), widget=UnfoldAdminEmailInputWidget)

    def clean_email(self) -> Customer:
        found = Customer.objects.filter(addressed(self.cleaned_data["email"])).first()
        if found is None:
            raise forms.ValidationError(_("No customer has this address."))
        return found


class LabelForm(OfCustomerForm):
    house = forms.ModelChoiceField(House.objects.all(), label=_("House"), widget=UnfoldAdminSelectWidget)

    class Meta:
        model = CustomerLabel
        fields = ("code", "source", "valid_until")


class Given(OperationAdmin):
    """Given and ended, never changed."""

    actions = ("end",)

    def last_day(self, pk: Any, now: datetime) -> object:
        raise NotImplementedError

    @admin.action(description=_("End today"), permissions=["change"])
    def end(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        now = timezone.now()
        self.act(request, chosen, lambda row: self.last_day(row.pk, now), gettext("Ended"))


@admin.register(CustomerLabel)
class CustomerLabelAdmin(Given):
    form = LabelForm
    list_display = ("code", "customer", "house", "source", "valid_from", "valid_until")
    list_filter = ("relation__house", "code")
    list_select_related = ("relation__customer", "relation__house")
    search_fields = ("relation__customer__email", "code")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj:
            return ("relation", "code", "source", "valid_from", "valid_until")
        return ("house", "email", "code", "source", "valid_until")

    def make(self, values: dict[str, Any], now: datetime) -> CustomerLabel:
        customer = values.pop("email")
        return customers.give_label(customer_id=customer.pk, now=now, **values)

    def last_day(self, pk: Any, now: datetime) -> CustomerLabel:
        return customers.end_label(label_id=pk, last_day=timezone.localdate(now))

    @admin.display(description=_("Customer"))
    def customer(self, label: CustomerLabel) -> str:
        return label.relation.customer.email

    @admin.display(description=_("House"))
    def house(self, label: CustomerLabel) -> str:
        return label.relation.house.name


class EntitlementForm(OfCustomerForm):
    class Meta:
        model = Entitlement
        fields = ("price_type", "source", "slots", "valid_from", "valid_until")


@admin.register(Entitlement)
class EntitlementAdmin(Given):
    form = EntitlementForm
    list_display = ("customer_email", "price_type", "house", "source", "slots", "used", "valid_from", "valid_until")
    list_filter = ("price_type__house",)
    list_select_related = ("customer", "price_type__house")
    search_fields = ("customer__email", "source")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        right = ("price_type", "source", "slots", "valid_from", "valid_until")
        return ("customer_email", *right, "used") if obj else ("email", *right)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["customer_email", "used"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entitlement]:
        return super().get_queryset(request).annotate(places_taken=Count("uses"))

    def make(self, values: dict[str, Any], now: datetime) -> Entitlement:
        customer = values.pop("email")
        return entitlements.grant(customer_id=customer.pk, **values)

    def last_day(self, pk: Any, now: datetime) -> Entitlement:
        return entitlements.end(entitlement_id=pk, last_day=timezone.localdate(now))

    @admin.display(description=_("Customer"))
    def customer_email(self, right: Entitlement) -> str:
        return right.customer.email

    @admin.display(description=_("House"))
    def house(self, right: Entitlement) -> str:
        return right.price_type.house.name

    @admin.display(description=_("Places taken"))
    def used(self, right: Any) -> int:
        return int(right.places_taken)


@admin.register(HouseRelation)
class HouseRelationAdmin(NeverAdded):
    """The customers of a house, with the note it keeps about them."""

    fields = ("customer", "house", "since", "note")
    list_display = ("customer_email", "house", "since")
    list_filter = ("house",)
    list_select_related = ("customer", "house")
    search_fields = ("customer__email", "customer__last_name")
    readonly_fields = ("customer", "house", "since")

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> HouseRelation:
        return customers.write_note(relation_id=pk, note=values["note"])

    @admin.display(description=_("Customer"))
    def customer_email(self, relation: HouseRelation) -> str:
        return relation.customer.email
