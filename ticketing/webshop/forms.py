"""Three fields and two unticked questions: all a guest has to fill in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

# Kept with every answer: which wording somebody said yes or no to.
CONSENT_TEXT = "checkout-2026-11"


class CheckoutForm(forms.Form):
    PURPOSES: ClassVar[tuple[str, ...]] = ("newsletter", "partners")

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send the tickets there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    first_name = forms.CharField(
        label=_("First name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    newsletter = forms.BooleanField(label=_("Tell me about the programme by e-mail"), required=False)
    partners = forms.BooleanField(label=_("Pass my address on to the company that plays"), required=False)

    @property
    def is_blank(self) -> bool:
        """Looks the same for everybody."""
        return not self.is_bound and not any(self.initial.values())

    def consents(self) -> list[Any]:
        return [self[name] for name in self.PURPOSES]


class InvoiceForm(forms.Form):
    """The countries nearest first; whoever is from elsewhere asks the house."""

    COUNTRIES: ClassVar[tuple[tuple[str, str], ...]] = (
        ("BE", "België · Belgique"),
        ("NL", "Nederland"),
        ("FR", "France"),
        ("LU", "Luxembourg"),
        ("DE", "Deutschland"),
        ("GB", "United Kingdom"),
    )

    name = forms.CharField(
        label=_("Name or company"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    street = forms.CharField(
        label=_("Street and number"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    postcode = forms.CharField(
        label=_("Postcode"), max_length=12, widget=forms.TextInput(attrs={"autocomplete": "postal-code"})
    )
    city = forms.CharField(
        label=_("City"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES)
    vat_number = forms.CharField(
        label=_("VAT number"),
        help_text=_("For a company; leave it empty for yourself."),
        max_length=30,
        required=False,
        error_messages={"required": _("This is not a valid VAT number.")},
    )


class WaitingListForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})
    )
    first_name = forms.CharField(
        label=_("First name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    quantity = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=10, initial=2)


class DetailsForm(forms.Form):
    first_name = forms.CharField(
        label=_("First name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )
    street = forms.CharField(
        label=_("Street and number"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    city = forms.CharField(
        label=_("City"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
