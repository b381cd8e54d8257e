"""A letter becomes a mail: MJML for who wants it pretty, plain text for everybody else, in one language."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import mrml
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from outbox.errors import Rejected, Unavailable
from ticketing.models import House, Order
from ticketing.printing.words import house_style

PERMANENT_REFUSAL = 500
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    kind: str


@dataclass(frozen=True)
class Envelope:
    """Who writes to whom, and why: `occasion` is unique ("order_paid:<order>"), `template` names the pair of files."""

    occasion: str
    template: str
    house: House
    language: str
    to: str
    order: Order | None = None


@dataclass(frozen=True)
class Letter:
    subject: str
    words: Mapping[str, Any]
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)


def compose(envelope: Envelope, letter: Letter) -> EmailMultiAlternatives:
    """Loads nothing from anywhere when it is opened: no picture, no font, nothing that tells it was read."""
    subject = " ".join(letter.subject.split())
    context = {
        **letter.words,
        "language": envelope.language,
        "subject": subject,
        "house": house_style(envelope.house),
        "sender_line": sender_line(envelope.house),
    }
    with override(envelope.language):
        text = render_to_string(f"mails/{envelope.template}.txt", context)
        markup = render_to_string(f"mails/{envelope.template}.mjml", context)
    mail = EmailMultiAlternatives(
        subject,
        _BLANK_LINES.sub("\n\n", text).strip() + "\n",
        formataddr((envelope.house.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        [envelope.to],
        reply_to=[envelope.house.email],
        headers={"Message-ID": message_id(envelope.occasion), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(mrml.to_html(markup).content, "text/html")
    for attachment in letter.attachments:
        mail.attach(attachment.name, attachment.content, attachment.kind)
    return mail


def sender_line(house: House) -> str:
    place = " ".join(filter(None, (house.postcode, house.city)))
    return ", ".join(filter(None, (house.legal_name, house.street, place)))


def message_id(occasion: str) -> str:
    """The same for every try at the same occasion, so that a mail program shows a repeat once."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{sha256(occasion.encode()).hexdigest()[:32]}@{host}>"


def post(mail: EmailMultiAlternatives) -> None:
    """Hands it to the mail server, or says in the words of the outbox why not."""
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = sorted({code for code, _answer in refused.recipients.values()})
        raise _refusal(codes[0]) from refused
    except smtplib.SMTPResponseException as refused:
        raise _refusal(refused.smtp_code) from refused
    except (smtplib.SMTPException, OSError) as silent:
        raise Unavailable("mail_server_silent") from silent


def _refusal(code: int) -> Exception:
    """SMTP says 4xx for "not now" and 5xx for "never"."""
    reason = f"mail_refused_{code}"
    return Rejected(reason) if code >= PERMANENT_REFUSAL else Unavailable(reason)
