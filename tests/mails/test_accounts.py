"""Signing up and forgetting a password write in our own words: a code to type, or a link that works."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from tests.ticketing.building import a_house

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("nl", "Bevestig je adres", "Typ deze code op de pagina waar je ze vroeg"),
        ("fr", "Confirmez votre adresse", "Saisissez ce code sur la page"),
        ("en", "Confirm your address", "Type this code on the page where you asked for it"),
    ],
)
def test_signing_up_brings_a_code_to_type(
    now: datetime, client: Client, language: str, subject: str, words: str
) -> None:
    a_house(now)
    client.post(f"/{language}/account/signup/", {"email": "an@example.org", "password1": "een-lang-wachtwoord-7"})
    [letter] = mail.outbox
    assert (letter.subject, letter.to, words in letter.body) == (subject, ["an@example.org"], True)


def test_the_code_stands_alone_in_both_forms_of_the_mail(now: datetime, client: Client) -> None:
    a_house(now)
    client.post("/nl/account/signup/", {"email": "an@example.org", "password1": "een-lang-wachtwoord-7"})
    [letter] = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    [code] = re.findall(r"^[A-Z]{4}-[A-Z]{4}$", str(letter.body), re.MULTILINE)
    [(page, _kind)] = letter.alternatives
    assert str(page).count(code) == 1


def test_the_link_for_a_forgotten_password_works(now: datetime, client: Client) -> None:
    a_house(now)
    User.objects.create_user("an", "an@example.org", "een-lang-wachtwoord-7")
    client.post("/nl/account/password/reset/", {"email": "an@example.org"})
    [path] = re.findall(r"https?://[^/]+(/\S+/password/\S+)", str(mail.outbox[0].body))
    assert client.get(path, follow=True).status_code == 200


def test_an_unknown_address_and_a_known_one_are_answered_by_mail_only(now: datetime, client: Client) -> None:
    a_house(now)
    answer = client.post("/nl/account/password/reset/", {"email": "nobody@example.org"})
    assert (answer.status_code, [letter.subject for letter in mail.outbox]) == (302, ["Geen account met dit adres"])
