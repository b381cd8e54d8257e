"""The provider's hosted checkout, where the buyer of the sandbox also chooses how it ends."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.mollie.account import OUTCOMES, Account, Entity, Unprocessable, WebhookWish
from sandbox.mollie.methods import METHODS, Method, mark_svg
from sandbox.pages import Markup, fill, page
from sandbox.store import Store
from sandbox.texts import TEXTS, language_of_locale, money, preferred_language
from sandbox.web import Request, Response, Route, not_found, redirect, route

ZONE = ZoneInfo("Europe/Brussels")
DELAYS = (0, 5, 30, 120)
COPIES = (1, 2, 5)
LONGEST_DELAY = 3600.0


class CheckoutPages:
    def __init__(self, store: Store, account: Account) -> None:
        self.store = store
        self.account = account

    def routes(self) -> list[Route]:
        return [
            route("GET", "/", self.index),
            route("GET", "/checkout/{payment_id}", self.show),
            route("POST", "/checkout/{payment_id}", self.choose),
            route("GET", "/sandbox/methods/{file}", self.mark),
        ]

    def index(self, request: Request) -> Response:
        language = _language(request)
        rows = [_row(payment, language) for payment in self.store.latest("payment", 30)]
        table = f'<div class="scroller"><table>{"".join(rows)}</table></div>'
        listing = Markup(
            table if rows else fill("message.html", language, {"sentence": TEXTS[language]["no_payments"]})
        )
        return page(language, TEXTS[language]["index_title"], fill("index.html", language, {"payments": listing}))

    def show(self, request: Request, payment_id: str) -> Response:
        payment = self.account.payment(payment_id)
        if payment is None:
            return _message(_language(request), "unknown", 404)
        return _ended(payment) if payment["status"] not in ("open", "pending") else _choices(payment)

    def choose(self, request: Request, payment_id: str) -> Response:
        form = request.form()
        payment = self.account.payment(payment_id)
        if payment is None:
            return _message(_language(request), "unknown", 404)
        status = OUTCOMES.get(form.get("outcome", ""))
        if status is None:
            return _choices(payment, status=422)
        try:
            method = form.get("method", "")
            method = method if method in METHODS else ""
            payment = self.account.end_payment(payment_id, status, method=method, webhook=read_wish(form))
        except Unprocessable:
            # A second press of the button: the first one counts.
            pass
        return redirect(_way_back(payment))

    def mark(self, request: Request, file: str) -> Response:
        method = METHODS.get(file.removesuffix(".svg"))
        if method is None:
            return not_found()
        return Response(mark_svg(method).encode(), 200, "image/svg+xml", {"Cache-Control": "max-age=3600"})


def read_wish(form: dict[str, str]) -> WebhookWish:
    """Bounded, so that a slip in a script does not fill the disk."""
    try:
        delay = min(max(float(form.get("delay") or 0), 0), LONGEST_DELAY)
        copies = min(max(int(form.get("copies") or 1), 1), 20)
    except ValueError:
        raise Unprocessable("delay and copies are numbers", "delay") from None
    return WebhookWish(delay=delay, copies=copies, lost=form.get("lost", "") not in ("", "0", "false"))


def _language(request: Request) -> str:
    return preferred_language(request.query.get("lang") or request.headers.get("accept-language", ""))


def _message(language: str, text: str, status: int) -> Response:
    sentence = TEXTS[language][text]
    return page(language, sentence, fill("message.html", language, {"sentence": sentence}), status)


def _way_back(payment: Entity) -> str:
    return str((payment["status"] == "canceled" and payment["cancelUrl"]) or payment["redirectUrl"])


def _ended(payment: Entity) -> Response:
    language = language_of_locale(payment["locale"])
    sentence = TEXTS[language]["ended_" + payment["status"]]
    values = {"sentence": sentence, "description": payment["description"], "address": _way_back(payment)}
    return page(language, sentence, fill("ended.html", language, values))


def _choices(payment: Entity, status: int = 200) -> Response:
    language = language_of_locale(payment["locale"])
    texts = TEXTS[language]
    offered = [METHODS[payment["method"]]] if payment["method"] else list(METHODS.values())
    methods = [_method_choice(method, language, checked=place == 0) for place, method in enumerate(offered)]
    total = money(payment["amount"], language)
    values = {
        "id": payment["id"],
        "amount": total,
        "description": payment["description"],
        "until": texts["before_until"].format(time=_clock(payment["expiresAt"])),
        "pay": texts["pay"].format(amount=total),
        "methods": Markup("".join(methods)),
        "delays": _options({seconds: texts["delay_n" if seconds else "delay_0"] for seconds in DELAYS}),
        "copies": _options({copies: texts["copies_n" if copies > 1 else "copies_1"] for copies in COPIES}),
    }
    return page(language, texts["pay_title"], fill("checkout.html", language, values), status)


def _method_choice(method: Method, language: str, *, checked: bool) -> Markup:
    values = {"code": method.code, "title": method.title, "checked": Markup("checked" if checked else "")}
    return fill("method.html", language, values)


def _options(choices: dict[int, str]) -> Markup:
    return Markup(
        "".join(
            f'<option value="{number}">{text.format(seconds=number, copies=number)}</option>'
            for number, text in choices.items()
        )
    )


def _row(payment: Entity, language: str) -> Markup:
    values = {
        "id": payment["id"],
        "description": payment["description"],
        "amount": money(payment["amount"], language),
        "status": TEXTS[language]["status_" + payment["status"]],
        "created": _clock(payment["createdAt"]),
    }
    return fill("payment_row.html", language, values)


def _clock(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(ZONE).strftime("%H:%M")
