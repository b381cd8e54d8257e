"""Names of models, fields and choices in the operator's language.

Models say them in English, mostly from their own names; here they are said to be translatable, so that no model and no
migration knows of languages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_noop as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NAMES = {
    # Houses
    _("house"), _("houses"), _("cluster"), _("clusters"), _("house domain"), _("house domains"), _("sales channel"),
    _("sales channels"), _("membership"), _("memberships"), _("payment account"), _("payment accounts"), _("api key"),
    _("api keys"), _("about"), _("accent"), _("cancel until hours"), _("city"), _("code"), _("country"),
    _("default image"), _("default language"), _("display font"), _("email"), _("enterprise number"), _("expires at"),
    _("hint"), _("hold minutes"), _("host"), _("is active"), _("key hash"), _("kind"), _("languages"),
    _("legal name"), _("logo dark"), _("logo light"), _("max places per order"), _("methods"), _("name"),
    _("order prefix"), _("payment minutes"), _("phone"), _("postcode"), _("practical"), _("privacy notice"),
    _("programme version"), _("provider"), _("revoked at"), _("role"), _("scopes"), _("settings"), _("slug"),
    _("street"), _("tagline"), _("terms"), _("user"), _("valid from"), _("valid until"), _("vat number"),
    _("website"), _("A door key may be limited to one performance."),
    _("Customers may cancel until so many hours before the start; empty: never."), _("API"), _("Box office"),
    _("Desk"), _("Finance"), _("Manager"), _("Partner"), _("Programme"), _("Webshop"), _("Read the programme"),
    _("Hold and order"), _("Scan tickets"),
    # Halls and their plans
    _("venue"), _("venues"), _("hall"), _("halls"), _("seating plan"), _("seating plans"), _("seating plan version"),
    _("seating plan versions"), _("access"), _("checksum"), _("compiled"), _("created at"), _("document"),
    _("frozen at"), _("is archived"), _("latitude"), _("licensed capacity"), _("longitude"), _("number"),
    _("place count"),
    # The programme
    _("production"), _("productions"), _("performance"), _("performances"), _("performer"), _("performers"),
    _("credit"), _("credits"), _("genre"), _("genres"), _("label"), _("labels"), _("season"), _("seasons"),
    _("media asset"), _("media assets"), _("activity class"), _("age from"), _("alt"), _("description"),
    _("doors at"), _("duration minutes"), _("ends at"), _("ends on"), _("file"), _("focal x"), _("focal y"),
    _("has interval"), _("height"), _("image"), _("licence until"), _("note"), _("online at"), _("plan variant"),
    _("plan version"), _("position"), _("public id"), _("refuse orphans"), _("sales from"), _("sales until"),
    _("spoken language"), _("starts at"), _("starts on"), _("subtitle"), _("surtitles"), _("teaser"), _("title"),
    _("width"), _("Cancelled"), _("Archived"), _("On sale"), _("Draft"), _("Postponed"), _("Cinema"), _("Concert"),
    _("Course"), _("Exhibition"), _("Other"), _("Performing arts"),
    # Prices
    _("rank"), _("ranks"), _("price type"), _("price types"), _("price grid"), _("price grids"),
    _("price grid version"), _("price grid versions"), _("price override"), _("price overrides"), _("fee"), _("fees"),
    _("vat rule"), _("vat rules"), _("amount"), _("channel kind"), _("channel kinds"), _("explanation"),
    _("families"), _("family"), _("grid"), _("letter"), _("price"), _("rate"), _("source"), _("tone"), _("Full"),
    _("Reduced"), _("Subscription"),
    # Places kept back
    _("block"), _("blocks"), _("contingent"), _("contingents"), _("cap"), _("channels"), _("owner"), _("release at"),
    _("rule"), _("Hard"), _("Soft"),
    # Customers and their rights
    _("customer label"), _("customer labels"), _("entitlement"), _("entitlements"), _("house relation"),
    _("house relations"), _("customer"), _("relation"), _("since"), _("slots"),
    # Vouchers
    _("price voucher"), _("price vouchers"), _("gift card"), _("gift cards"), _("blocked at"), _("effect"),
    _("expires on"), _("issued at"), _("max per order"), _("max uses"), _("value"),
    _("Places in all; empty: no limit."), _("Amount off"), _("Percentage off"), _("Opens a price type"),
    _("Gift card"), _("Payment voucher"),
    # Orders and money
    _("order"), _("orders"), _("refund"), _("refunds"), _("chargeback"), _("chargebacks"), _("documents"),
    _("ledger entry"), _("ledger entries"), _("abandon reason"), _("abandoned at"), _("account"), _("basket"),
    _("booked at"), _("channel"), _("charged back at"), _("content"), _("counterparty"), _("finished at"),
    _("first name"), _("group"), _("idempotency key"), _("is historical"), _("language"), _("last name"), _("line"),
    _("link secret"), _("paid at"), _("payment"), _("placed at"), _("provider id"), _("reason"), _("reference"),
    _("refers to"), _("requested at"), _("reversed at"), _("series"), _("state"), _("ticket"), _("till session"),
    _("total"), _("value date"), _("vat rate"), _("Abandoned"), _("Asked for at the provider"),
    _("At the payment provider"), _("Awaiting payment"), _("Between houses"), _("Cash"), _("Cash rounding"),
    _("Charged back"), _("Discounts"), _("Failed"), _("Fees"), _("Gift cards outstanding"), _("Owed by customers"),
    _("Paid"), _("Pending"), _("Preparing"), _("Refunded"), _("Refunds under way"), _("Requested"), _("Tickets"),
    _("VAT"), _("Cancellation"), _("Cancellation coupon"), _("Chargeback"), _("Chargeback reversed"), _("Created"),
    _("Credit note"), _("Expired"), _("Invoice"), _("Open"), _("Payment"), _("Payment provider"), _("Refund"),
    _("Sale"), _("Voucher given"),
}  # fmt: skip
# These mean something else on another surface.
MEANT_OTHERWISE = {
    "Free": pgettext_lazy("tariff family", "Free"),
    "Online": pgettext_lazy("production", "Online"),
    "Place": pgettext_lazy("order line", "Place"),
}


def translatable(words: str | _StrPromise) -> str | _StrPromise:
    """In the language of who reads them, where they are known here; nothing is looked up before it is read."""
    if not isinstance(words, str):
        return words
    if words in MEANT_OTHERWISE:
        return MEANT_OTHERWISE[words]
    return gettext_lazy(words) if words in NAMES else words


def speak_languages() -> None:
    """Migrations are made with translations off, and then all of these are the English words again."""
    for model in apps.get_app_config("ticketing").get_models():
        options = model._meta
        options.verbose_name = translatable(options.verbose_name or "")
        # Where a model says none, Django puts an s behind the name, lazily.
        options.verbose_name_plural = translatable(str(options.verbose_name_plural))
        for field in (*options.local_fields, *options.local_many_to_many):
            field.verbose_name = translatable(field.verbose_name)
            field.help_text = translatable(field.help_text)
            if field.choices:
                field.choices = [(value, translatable(words)) for value, words in field.flatchoices]
