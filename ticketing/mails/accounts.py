"""The mails of signing up and in, which allauth sends, in the same dress and words as all others."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ticketing.mails.letters import Envelope, Letter, compose
from ticketing.models import House


@dataclass(frozen=True)
class Words:
    subject: Promise
    paragraph: Promise
    action: Promise
    closing: Promise
    link: str  # which of allauth's values holds the address of the button


IGNORE = _("Was it not you? Then do nothing; nothing changes.")
CONFIRM = Words(
    _("Confirm your address"),
    _("One press and this address is yours here. Orders you made with it as a guest then come to your account too."),
    _("Confirm my address"),
    IGNORE,
    "activate_url",
)
LETTERS = {
    "email_confirmation": CONFIRM,
    "email_confirmation_signup": CONFIRM,
    "password_reset_key": Words(
        _("Choose a new password"),
        _("You, or somebody who knows your address, asked for a new password."),
        _("Choose a new password"),
        IGNORE,
        "password_reset_url",
    ),
    "account_already_exists": Words(
        _("You have an account already"),
        _("You, or somebody who knows your address, wanted to make an account with it. There is one already."),
        _("Choose a new password"),
        IGNORE,
        "password_reset_url",
    ),
    "unknown_account": Words(
        _("No account with this address"),
        _("You, or somebody else, asked for a new password for this address, but there is no account with it."),
        _("Make an account"),
        IGNORE,
        "signup_url",
    ),
}


class AccountAdapter(DefaultAccountAdapter):
    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        words = LETTERS.get(template_prefix.rpartition("/")[2])
        if words is None or not isinstance(email, str):
            return super().render_mail(template_prefix, email, context, headers)
        letter = Letter(
            str(words.subject),
            {
                "paragraphs": [words.paragraph],
                "action": words.action,
                "url": context.get(words.link, ""),
                "code": context.get("code", ""),
                "closing": words.closing,
            },
        )
        return compose(Envelope(f"account:{uuid4()}", "account", _sender(), str(get_language()), email), letter)


def _sender() -> House:
    """An account is of the whole cluster, so no single house signs."""
    house = House.objects.filter(is_active=True).select_related("cluster").order_by("id").first()
    name = house.cluster.name if house and house.cluster else (house.name if house else "Parterre")
    return House(name=name, email=parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
