"""Buyers who do what people do when a page does not come: they try again, and do not pay twice for it."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

HX = {"HX-Request": "true"}
PAUSE = 0.4
UNAVAILABLE = frozenset({429, 500, 502, 503, 504})


class GaveUp(Exception):
    """The shop did not come back before everybody's patience was over."""


# Not the number of a payment: the page of the order shows its tickets.
ALREADY_PAID = "paid"


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str


class Browser:
    """Cookies, one connection, and the patience to ask again; every answer of the shop itself comes back."""

    def __init__(self, port: int, give_up_at: float) -> None:
        self.port = port
        self.give_up_at = give_up_at
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str], headers: dict[str, str] | None = None) -> Answer:
        return self._ask("POST", path, urlencode(fields), headers or {})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        while True:
            try:
                answer = self._once(method, path, body, headers)
            except (OSError, http.client.HTTPException):
                answer = None
            if answer is not None and answer.status not in UNAVAILABLE:
                return answer
            if time.monotonic() > self.give_up_at:
                raise GaveUp(f"{method} {path}: {answer.status if answer else 'no answer'}")
            time.sleep(PAUSE)

    def _once(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
            for cookie in response.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(response.status, text, response.headers.get("Location", ""))
        finally:
            connection.close()


@dataclass
class Shop:
    """One running installation as its buyers see it, and what it told them."""

    port: int
    sandbox: str
    give_up_at: float
    house: str = "/nl/crash/"
    acknowledged: list[str] = field(default_factory=list)
    counting: threading.Lock = field(default_factory=threading.Lock)

    def buy(self, performance: str, hold: str, wish: dict[str, str]) -> bool:
        """From the first click to the tickets on the screen; False when somebody else was quicker."""
        browser = Browser(self.port, self.give_up_at)
        if not _held(browser.post(f"{performance}{hold}/", wish, HX)):
            return False
        email = f"{uuid4().hex}@example.org"
        while True:
            payment = self._press_pay(browser, email)
            if payment is None:
                return False
            if payment == ALREADY_PAID or _shows_tickets(self._pay(browser, payment)):
                with self.counting:
                    self.acknowledged.append(email)
                return True
            time.sleep(PAUSE)

    def _press_pay(self, browser: Browser, email: str) -> str | None:
        """The number of the payment. An answer that got lost is looked for on the order's page."""
        person = {"email": email, "first_name": "An", "last_name": "Peeters", "terms": "on"}
        while time.monotonic() < self.give_up_at:
            page = browser.get(f"{self.house}checkout/")
            if page.status == 200:
                page = browser.post(f"{self.house}checkout/", {**_hidden(page.text), **person})
            if page.status == 409:
                return None
            payment = _payment(page.location) or self._payment_of_order(browser, page.location)
            if payment:
                return payment
            time.sleep(PAUSE)
        raise GaveUp("no payment was ever opened")

    def _payment_of_order(self, browser: Browser, address: str) -> str:
        """Where the pay button leads that the page of an unpaid order shows; without one the basket is reopened.

        Who comes back from paying in a crowd sees that we wait, and the tickets a moment later.
        """
        if "/order/" not in address:
            return ""
        page = browser.get(urlsplit(address).path)
        if _shows_tickets(page):
            return ALREADY_PAID
        if not _payment(page.text):
            browser.post(f"{urlsplit(address).path}reopen/", {})
        return _payment(page.text)

    def _pay(self, browser: Browser, payment: str) -> Answer:
        """At the stand-in, which nobody kills; then back along the address it names."""
        at_bank = urlsplit(self.sandbox)
        bank = http.client.HTTPConnection(at_bank.hostname or "", at_bank.port, timeout=30)
        bank.request("POST", f"/sandbox/payments/{payment}/paid", "{}", {"Content-Type": "application/json"})
        told = json.load(bank.getresponse())
        bank.close()
        if "redirectUrl" not in told:
            # Paid a moment ago, in a crowd: the order's page waits for the word of the bank.
            return browser.get(urlsplit(browser.get(f"{self.house}checkout/").location).path)
        returned = browser.get(urlsplit(told["redirectUrl"]).path)
        return browser.get(urlsplit(returned.location).path)


def _held(answer: Answer) -> bool:
    if answer.status not in (200, 409):
        raise AssertionError(f"hold answered {answer.status}: {answer.text[:500]}")
    return answer.status == 200


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))


def _payment(text: str) -> str:
    found = re.search(r"\btr_\w+", text)
    return found[0] if found else ""


def _shows_tickets(page: Answer) -> bool:
    return page.status == 200 and 'aria-labelledby="tickets"' in page.text
