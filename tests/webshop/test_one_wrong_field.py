"""One forged field among right ones: what a form checks first must not hide what nobody checks."""

from __future__ import annotations

from datetime import datetime

import pytest

from payments.mollie.fake import FakeMollie
from tests.ticketing.paying import paid_order
from tests.webshop.conftest import Buyer
from ticketing.models import House
from ticketing.order_links import link_token

FORGED = ("\0", "x", "-1", "1e999", "9" * 400, "<script>alert(1)</script>", "\r\nX-Forged: yes", "\u202e")
PERSON = {"email": "an@example.org", "first_name": "An"}
INVOICEE = {"name": "An", "street": "Kaai 1", "postcode": "9000", "city": "Gent", "country": "BE", "vat_number": ""}


@pytest.fixture
def forms(buyer: Buyer, fan: Buyer, mollie: FakeMollie, now: datetime) -> dict[str, dict[str, str]]:
    """Every form of the shop with what a visitor fills in."""
    House.objects.update(cancel_until_hours=24)
    order = paid_order(buyer.performance, now, "A", "B")
    page, shop, code = buyer.page, buyer.shop, buyer.performance.code
    behind_link = f"{shop}order/{link_token(order)}/"
    shown = {"price-rank-1": "24.00"}
    return {
        f"{page}hold/": {"place": "0", "action": "hold", "price_type": "full", "shown": "24.00"},
        f"{page}best/": {"quantity": "2", "wheelchair": "", "rank": "rank-1", "may_split": "1", **shown},
        f"{fan.page}standing/": {"n-full": "1", "area": "", "price-full": "24.00"},
        f"{page}list/choose/": {"place": "0", "listed": "P", **shown},
        f"{shop}basket/code/": {"code": "X"},
        f"{shop}basket/code/remove/": {"code": "X"},
        f"{shop}basket/shift/{code}/": {"place": "2"},
        f"{shop}basket/lines/{code}-0/tariff/": {"price_type": "full", "price-full": "24.00"},
        f"{shop}gift-card/": {"amount": "50"},
        f"{shop}checkout/": {**PERSON, "last_name": "Peeters", "method": "", "shown": "24.00", "due": "24.00"},
        f"{page}waiting-list/": {**PERSON, "quantity": "1"},
        f"{behind_link}cancel/": {"line": "X"},
        f"{behind_link}invoice/": INVOICEE,
    }


def test_every_answer_is_a_page_and_leads_nowhere_else(buyer: Buyer, forms: dict[str, dict[str, str]]) -> None:
    answered = {200, 303, 404, 409, 422, 429}
    for path, right in forms.items():
        for name in right:
            for value in FORGED:
                answer = buyer.client.post(path, right | {name: value})
                assert answer.status_code in answered, (path, name, value)
                assert "X-Forged" not in answer.headers, (path, name)
                assert "<script>alert" not in answer.content.decode(), (path, name)
