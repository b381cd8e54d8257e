"""An account: signing up with proof of the address, then orders, own data, and an end."""

from __future__ import annotations

import json
import re
import time
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from tests.ticketing import paying
from ticketing.models import Customer, Order, Performance

pytestmark = pytest.mark.scope("PR5-05")


@pytest.fixture
def guest_order(show: Performance, now: datetime) -> Order:
    return paying.paid_order(show, now, "3")


@pytest.fixture
def an(guest_order: Order) -> Client:
    """Signed in, with the address of the guest order proved."""
    user = User.objects.create_user("an", guest_order.email, "een-lang-wachtwoord")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


PASSWORD, CODE_PAGE = "een-lang-wachtwoord", "/en/account/confirm-email/"
CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)


def signed_up(email: str) -> Client:
    client = Client()
    answer = client.post("/en/account/signup/", {"email": email, "password1": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, CODE_PAGE)
    return client


def code_of_mail() -> str:
    """Of the last one."""
    [code] = CODE.findall(str(mail.outbox[-1].body))
    return str(code)


def proved() -> list[str]:
    return list(EmailAddress.objects.filter(verified=True).values_list("email", flat=True))


def later(seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """For allauth, which reads the clock itself."""
    then = time.time() + seconds
    monkeypatch.setattr(time, "time", lambda: then)


def test_signing_up_asks_for_the_code_of_the_mail_and_then_shows_the_account(db: None) -> None:
    client = signed_up("noor@example.org")
    assert not client.get("/en/account/").context
    page = client.get(CODE_PAGE).content.decode()
    assert ("noor@example.org" in page, 'autocomplete="one-time-code"' in page) == (True, True)
    answer = client.post(CODE_PAGE, {"code": code_of_mail().lower().replace("-", " ")})
    assert (answer["Location"], proved()) == ("/en/account/", ["noor@example.org"])
    assert client.get("/en/account/").status_code == 200


def test_a_wrong_code_is_told_at_its_field_and_five_of_them_are_the_end(db: None) -> None:
    client, code = signed_up("noor@example.org"), code_of_mail()
    pages = [client.post(CODE_PAGE, {"code": "BBBB-BBBB"}) for _time in range(5)]
    assert "This is not the code of our last mail." in pages[0].content.decode()
    assert [page.status_code for page in pages] == [200] * 4 + [302]
    client.post(CODE_PAGE, {"code": code})
    assert proved() == []
    assert "the code is void" in client.get("/en/account/login/").content.decode()


def test_a_code_works_for_a_quarter_of_an_hour(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_up("noor@example.org")
    later(16 * 60, monkeypatch)
    answer = client.post(CODE_PAGE, {"code": code_of_mail()})
    assert (answer["Location"], proved()) == ("/en/account/login/", [])


def test_whoever_closed_the_page_signs_in_and_is_sent_a_new_code(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_up("noor@example.org")
    old = code_of_mail()
    later(60, monkeypatch)
    client = Client()
    answer = client.post("/en/account/login/", {"login": "noor@example.org", "password": PASSWORD})
    assert (answer["Location"], len(mail.outbox), code_of_mail() == old) == (CODE_PAGE, 2, False)
    client.post(CODE_PAGE, {"code": old})
    assert proved() == []
    client.post(CODE_PAGE, {"code": code_of_mail()})
    assert proved() == ["noor@example.org"]


def test_a_new_code_can_be_asked_for_on_the_page(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_up("noor@example.org")
    later(60, monkeypatch)
    assert 'value="resend"' in client.get(CODE_PAGE).content.decode()
    assert client.post(CODE_PAGE, {"action": "resend"})["Location"] == CODE_PAGE
    assert len(mail.outbox) == 2
    client.post(CODE_PAGE, {"code": code_of_mail()})
    assert proved() == ["noor@example.org"]


def test_an_address_that_has_an_account_is_asked_for_a_code_all_the_same(an: Client, guest_order: Order) -> None:
    """Nobody learns here who has an account; its owner is told by mail."""
    client = signed_up(guest_order.email)
    assert [letter.subject for letter in mail.outbox] == ["You have an account already"]
    page = client.get(CODE_PAGE).content.decode()
    assert (guest_order.email in page, 'value="resend"' in page) == (True, True)
    assert client.post(CODE_PAGE, {"code": "BBBB-BBBB"}).status_code == 200


def test_a_stranger_with_the_address_of_a_guest_order_never_gets_it(guest_order: Order) -> None:
    """Whatever its owner presses in our mail, and wherever: the code is typed by whoever asked for it, or by nobody."""
    stranger, owner = signed_up(guest_order.email), Client()
    [letter] = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    told = f"{letter.subject} {letter.body} {letter.alternatives[0][0]}"
    code = "".join(CODE.findall(str(letter.body)))
    for link in [*re.findall(r"https?://[^/\s\"<]+(/[^\s\"<]*)", told), CODE_PAGE, f"{CODE_PAGE}{code}/"]:
        owner.get(link, follow=True)
        owner.post(link, {"code": code}, follow=True)
    stranger.post(CODE_PAGE, {"code": "BBBB-BBBB"})
    stranger.post("/en/account/login/", {"login": guest_order.email, "password": PASSWORD})
    page = stranger.get("/en/account/", follow=True).content.decode()
    guest_order.refresh_from_db()
    assert (guest_order.reference in page, proved(), guest_order.customer) == (False, [], None)
    assert not Customer.objects.filter(email_proved_at__isnull=False).exists()


def test_a_stranger_does_not_add_the_address_of_a_guest_order_to_an_account(an: Client, guest_order: Order) -> None:
    victim = "slachtoffer@example.org"
    an.post("/en/account/email/", {"action_add": "", "email": victim})
    assert mail.outbox[-1].to == [victim]
    Client().post(CODE_PAGE, {"code": code_of_mail()})
    an.post(CODE_PAGE, {"code": "BBBB-BBBB"})
    assert proved() == [guest_order.email]


def test_another_address_of_the_account_is_proved_by_its_code(an: Client, guest_order: Order) -> None:
    answer = an.post("/en/account/email/", {"action_add": "", "email": "nieuw@example.org"})
    assert (answer["Location"], "Keep the address I have" in an.get(CODE_PAGE).content.decode()) == (CODE_PAGE, True)
    an.post(CODE_PAGE, {"code": code_of_mail()})
    assert sorted(proved()) == sorted([guest_order.email, "nieuw@example.org"])
    an.post("/en/account/email/", {"action_primary": "", "email": "nieuw@example.org"})
    assert User.objects.get().email == "nieuw@example.org"


@pytest.mark.parametrize(("method", "page"), [("get", ""), ("post", ""), ("get", "export/"), ("post", "erase/")])
def test_a_visitor_is_asked_to_sign_in(db: None, method: str, page: str) -> None:
    answer = getattr(Client(), method)(f"/nl/account/{page}", {"sure": "1"})
    assert (answer.status_code, "login" in answer["Location"]) == (302, True)


def test_orders_of_the_proved_address_appear_by_themselves(an: Client, guest_order: Order) -> None:
    assert guest_order.reference in an.get("/nl/account/").content.decode()
    guest_order.refresh_from_db()
    assert guest_order.customer == Customer.objects.get()


def test_an_order_tells_the_evening_once_with_its_places(an: Client, show: Performance, now: datetime) -> None:
    paying.paid_order(show, now, "4", "5")
    orders = {
        order["reference"]: [(entry["title"], entry["starts_at"], entry["places"]) for entry in order["entries"]]
        for order in an.get("/nl/account/").context["orders"]
    }
    [pair] = [entries for entries in orders.values() if len(entries[0][2]) == 2]
    assert pair == [("De meeuw", show.starts_at, ["Parterre, rij A, stoel 5", "Parterre, rij A, stoel 6"])]


def test_details_are_kept_and_used_at_the_next_purchase(an: Client) -> None:
    an.post("/nl/account/", {"first_name": "An", "last_name": "Peeters", "city": "Gent"})
    customer = Customer.objects.get()
    assert (customer.first_name, customer.city) == ("An", "Gent")


def test_a_national_number_is_refused_at_its_field(an: Client) -> None:
    answer = an.post("/nl/account/", {"city": "Gent", "street": "85.07.30-033 28"})
    page = answer.content.decode()
    assert (answer.status_code, "Laat het rijksregisternummer weg" in page, 'value="Gent"' in page) == (422, True, True)
    assert Customer.objects.get().city == ""


def test_everything_known_can_be_taken_along(an: Client) -> None:
    answer = an.get("/nl/account/export/")
    assert "an.peeters@example.org" in json.dumps(json.loads(answer.content))


def test_erasing_needs_a_yes_and_leaves_no_name(an: Client, guest_order: Order) -> None:
    an.get("/nl/account/")
    an.post("/nl/account/erase/")
    assert User.objects.exists()
    an.post("/nl/account/erase/", {"sure": "1"})
    assert not User.objects.exists()
    assert not Customer.objects.filter(email__icontains="peeters").exists()


def test_what_is_ordered_later_without_signing_in_appears_too(an: Client, show: Performance, now: datetime) -> None:
    an.get("/nl/account/")
    later = paying.paid_order(show, now, "4")
    assert later.reference in an.get("/nl/account/").content.decode()


def test_orders_of_an_address_the_account_had_before_stay_with_whoever_has_it_now(
    an: Client, show: Performance, now: datetime
) -> None:
    an.get("/nl/account/")
    User.objects.update(email="nieuw@example.org")
    Customer.objects.create(email="nieuw@example.org", created_at=now)
    later = paying.paid_order(show, now, "4")
    assert later.reference not in an.get("/nl/account/").content.decode()
