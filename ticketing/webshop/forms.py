"""What visitors fill in: little at checkout, more only where a paper or an account asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.forms import ConfirmEmailVerificationCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Kept with every answer: which wording somebody said yes or no to.
CONSENT_TEXT = "checkout-2026-11"


def _text(
    label: _StrPromise, autocomplete: str, *, longest: int, required: bool = True, missing: _StrPromise | None = None
) -> forms.CharField:
    """`autocomplete` is what browsers call it, so that they can fill it in."""
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    errors = {"required": missing} if missing else None
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, error_messages=errors)


def _email(**more: Any) -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})
    errors = {"required": _("Fill in your e-mail address.")}
    return forms.EmailField(label=_("E-mail address"), widget=widget, error_messages=errors, **more)


class CheckoutForm(forms.Form):
    """Three fields and two unticked questions: all a guest has to fill in."""

    PURPOSES: ClassVar[tuple[str, ...]] = ("newsletter", "partners")

    email = _email(help_text=_("We send the tickets there."))
    first_name = _text(_("First name"), "given-name", longest=80, missing=_("Fill in your first name."))
    last_name = _text(_("Last name"), "family-name", longest=80, missing=_("Fill in your last name."))
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

    name = _text(_("Name or company"), "organization", longest=160)
    street = _text(_("Street and number"), "street-address", longest=160)
    postcode = _text(_("Postcode"), "postal-code", longest=12)
    city = _text(_("City"), "address-level2", longest=100)
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES)
    vat_number = forms.CharField(
        label=_("VAT number"),
        help_text=_("For a company; leave it empty for yourself."),
        max_length=30,
        required=False,
        error_messages={"required": _("This is not a valid VAT number.")},
    )


class WaitingListForm(forms.Form):
    email = _email()
    first_name = _text(_("First name"), "given-name", longest=80, required=False)
    quantity = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=10, initial=2)


class DetailsForm(forms.Form):
    first_name = _text(_("First name"), "given-name", longest=80, required=False)
    last_name = _text(_("Last name"), "family-name", longest=80, required=False)
    phone = _text(_("Phone"), "tel", longest=40, required=False)
    street = _text(_("Street and number"), "street-address", longest=200, required=False)
    postcode = _text(_("Postcode"), "postal-code", longest=12, required=False)
    city = _text(_("City"), "address-level2", longest=100, required=False)


class CodeOfMailForm(ConfirmEmailVerificationCodeForm):
    """Letters, which a phone should neither correct nor translate; dashes and spaces do not matter."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "inputmode": "text",
                "spellcheck": "false",
                "translate": "no",
            }
        ),
        error_messages={"required": _("Fill in the code of our mail.")},
    )
