"""The mails of signing up and in, which allauth sends, in the same dress and words as all others."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any, ClassVar
from uuid import uuid4

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ticketing.attempts import ACCOUNT_MAILS_OF_RECIPIENT, client_address, count, is_spent
from ticketing.mails.letters import Envelope, Letter, compose
from ticketing.models import House

log = structlog.get_logger()


@dataclass(frozen=True)
class Words:
    subject: Promise
    paragraph: Promise
    closing: Promise
    action: Promise | str = ""
    link: str = ""  # which of allauth's values holds the address of the button


IGNORE = _("Was it not you? Then do nothing; nothing changes.")
# Without a link: who presses one would prove the account of whoever typed their address.
CONFIRM = Words(
    _("Confirm your address"),
    _(
        "Type this code on the page where you asked for it, and this address is yours here. Orders you made with it as "
        "a guest then come to your account too."
    ),
    _(
        "The code works for fifteen minutes. Give it to nobody. Was it not you? Then do nothing; without the code "
        "nobody gets further."
    ),
)
LETTERS = {
    "email_confirmation": CONFIRM,
    "email_confirmation_signup": CONFIRM,
    "password_reset_key": Words(
        _("Choose a new password"),
        _("You, or somebody who knows your address, asked for a new password."),
        IGNORE,
        _("Choose a new password"),
        "password_reset_url",
    ),
    "account_already_exists": Words(
        _("You have an account already"),
        _("You, or somebody who knows your address, wanted to make an account with it. There is one already."),
        IGNORE,
        _("Choose a new password"),
        "password_reset_url",
    ),
    "unknown_account": Words(
        _("No account with this address"),
        _("You, or somebody else, asked for a new password for this address, but there is no account with it."),
        IGNORE,
        _("Make an account"),
        "signup_url",
    ),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code of our last mail."),
        # Only said of codes: passwords tried too often get a page of their own, see `pre_authenticate`.
        "too_many_login_attempts": _(
            "That was tried too often, and the code is void. Sign in, or give the address again, for a new one."
        ),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as too_often:
            raise ImmediateHttpResponse(respond_429(request)) from too_often

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Anybody may type anybody's address. Whoever did is told the same, whether or not a mail leaves."""
        counted = (ACCOUNT_MAILS_OF_RECIPIENT, email.casefold())
        if is_spent(*counted):
            log.warning("no more account mails for this recipient", template=template_prefix)
            return
        count(counted)
        super().send_mail(template_prefix, email, context)

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
