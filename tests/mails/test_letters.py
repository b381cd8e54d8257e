"""A mail reads well in every program: two forms, nothing loaded from elsewhere, nothing smuggled in."""

from __future__ import annotations

import re
import smtplib
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from outbox.errors import Rejected, Unavailable
from ticketing.mails.letters import Attachment, Envelope, Letter, compose, post
from ticketing.mails.order_words import Amount, Night
from ticketing.models import House

HOUSE = House(
    name="de Kantelaar",
    legal_name="de Kantelaar vzw",
    street="Grote Markt 4",
    postcode="2000",
    city="Kantelare",
    email="tickets@kantelaar.example",
    accent="#F2E205",
)
TEMPLATES = sorted(
    path.stem for path in (Path(settings.BASE_DIR) / "templates/mails").glob("*.mjml") if path.stem != "base"
)
WORDS: dict[str, Any] = {
    "greeting": "Tot vrijdag, Marie",
    "intro": "Je tickets zitten klaar.",
    "name": "Marie",
    "title": "Nachtvlucht",
    "amount": "€ 48,00",
    "amounts": [Amount("2 × Normaal", "€ 48,00"), Amount("Betaald met Bancontact", "€ 48,00", is_total=True)],
    "nights": [Night("Nachtvlucht", "Vrijdag 12 maart, 20:00", ("Grote zaal", "Parterre, rij F"), None)],  # type: ignore[arg-type]  # not read
    "cards": [{"code": "7KQ2-M9XD", "value": "€ 50,00", "until": None}],
    "reference": "K-ABC123",
    "until": "vrijdag 12 maart, 20:00",
    "quantity": 2,
    "paragraphs": ["Dag Marie"],
    "action": "Bevestig",
    "closing": "",
    "url": "https://example.org/url",
    "order_url": "https://example.org/order",
    "calendar_url": "https://example.org/order/calendar.ics",
    "shop_url": "https://example.org/shop",
    "confirm_url": "https://example.org/confirm",
    "offer_url": "https://example.org/offer",
    "leave_url": "https://example.org/leave",
}
WORDS["night"] = WORDS["nights"][0]


def a_mail(template: str = "order_paid", language: str = "nl", subject: str = "Je tickets", **changes: Any) -> Any:
    envelope = Envelope("order_paid:1", template, HOUSE, language, "marie@example.org")
    attachments = changes.pop("attachments", ())
    return compose(envelope, Letter(subject, {**WORDS, **changes}, attachments))


def html(mail: EmailMultiAlternatives) -> str:
    return str(mail.alternatives[0][0])


def test_headers_say_who_writes_and_where_answers_go() -> None:
    mail = a_mail(subject="Je tickets\r\nBcc: x@example.org")
    message = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    assert (
        message["From"].addresses[0].display_name,
        message["Reply-To"],
        message["To"],
        message["Subject"],
        message["Auto-Submitted"],
        message["Bcc"],
        message["Message-ID"] == a_mail().message()["Message-ID"],
    ) == (
        "de Kantelaar",
        "tickets@kantelaar.example",
        "marie@example.org",
        "Je tickets Bcc: x@example.org",
        "auto-generated",
        None,
        True,
    )


def test_a_mail_has_a_plain_form_a_rich_form_and_its_attachment() -> None:
    mail = a_mail(attachments=(Attachment("tickets.pdf", b"%PDF-1.7", "application/pdf"),))
    message = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/pdf"]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_link_of_the_rich_form_is_in_the_plain_form(template: str, language: str) -> None:
    mail = a_mail(template, language)
    links = set(re.findall(r'href="(https://[^"]+)"', html(mail)))
    assert {link for link in links if link not in mail.body} == set()


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_mail_loads_nothing_when_it_is_opened(template: str) -> None:
    loaded = re.findall(r"src=|url\(|@import|<link", html(a_mail(template)))
    assert loaded == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_mail_is_dark_safe_and_six_hundred_wide(template: str) -> None:
    text = html(a_mail(template))
    assert ('name="color-scheme" content="light dark"' in text, "max-width:600px" in text, 'lang="nl"' in text) == (
        True,
        True,
        True,
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_mjml_says_nothing_in_english_to_a_french_reader(template: str) -> None:
    english = {line for line in a_mail(template, "en").body.splitlines() if len(line.split()) > 3}
    french = set(a_mail(template, "fr").body.splitlines())
    assert english & french - {"de Kantelaar vzw, Grote Markt 4, 2000 Kantelare", WORDS["intro"]} <= {
        "Je tickets zitten klaar.",
        "2 × Normaal: € 48,00",
        "Betaald met Bancontact: € 48,00",
        "Vrijdag 12 maart, 20:00",
    }


def test_the_button_is_readable_on_any_colour_of_a_house() -> None:
    assert "color:#000000" in html(a_mail())


def test_script_in_a_name_stays_a_name() -> None:
    mail = a_mail(greeting='Tot vrijdag, <script>alert("x")</script>')
    assert ("<script>" in html(mail), '<script>alert("x")</script>' in mail.body) == (False, True)


def test_mjml_in_a_name_stays_a_name() -> None:
    assert "mj-raw" in html(a_mail(intro="</mj-text><mj-raw>x</mj-raw>"))


class Server:
    """A mail server that answers as told."""

    def __init__(self, answer: Exception) -> None:
        self.answer = answer

    def send_messages(self, messages: object) -> int:
        raise self.answer


@pytest.mark.parametrize(
    ("answer", "expected", "reason"),
    [
        (ConnectionRefusedError(), Unavailable, "mail_server_silent"),
        (smtplib.SMTPServerDisconnected(), Unavailable, "mail_server_silent"),
        (smtplib.SMTPDataError(451, b"later"), Unavailable, "mail_refused_451"),
        (smtplib.SMTPDataError(554, b"no"), Rejected, "mail_refused_554"),
        (smtplib.SMTPRecipientsRefused({"x@example.org": (550, b"nobody")}), Rejected, "mail_refused_550"),
    ],
)
def test_what_a_mail_server_answers_becomes_later_or_never(
    answer: Exception, expected: type[Unavailable] | type[Rejected], reason: str
) -> None:
    mail = a_mail()
    mail.connection = Server(answer)
    with pytest.raises(expected) as refused:
        post(mail)
    assert refused.value.reason == reason


def test_the_plain_form_needs_no_rich_form() -> None:
    text = render_to_string("mails/order_not_paid.txt", {**WORDS, "subject": "x", "sender_line": "y"})
    assert "&amp;" not in text
