"""Signing up and forgetting a password write in our own words, with a link that works."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client

from tests.ticketing.building import a_house

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "subject", "button"),
    [
        ("nl", "Bevestig je adres", "Bevestig mijn adres: http"),
        ("fr", "Confirmez votre adresse", "Confirmer mon adresse: http"),
        ("en", "Confirm your address", "Confirm my address: http"),
    ],
)
def test_signing_up_asks_to_confirm_the_address(
    now: datetime, client: Client, language: str, subject: str, button: str
) -> None:
    a_house(now)
    client.post(f"/{language}/account/signup/", {"email": "an@example.org", "password1": "een-lang-wachtwoord-7"})
    [letter] = mail.outbox
    assert (letter.subject, letter.to, button in letter.body) == (subject, ["an@example.org"], True)


def test_the_link_of_the_mail_confirms(now: datetime, client: Client) -> None:
    a_house(now)
    client.post("/nl/account/signup/", {"email": "an@example.org", "password1": "een-lang-wachtwoord-7"})
    [path] = re.findall(r"https?://[^/]+(/\S+)", mail.outbox[0].body)
    assert client.get(path).status_code in (200, 302)


def test_an_unknown_address_and_a_known_one_are_answered_by_mail_only(now: datetime, client: Client) -> None:
    a_house(now)
    answer = client.post("/nl/account/password/reset/", {"email": "nobody@example.org"})
    assert (answer.status_code, [letter.subject for letter in mail.outbox]) == (302, ["Geen account met dit adres"])
