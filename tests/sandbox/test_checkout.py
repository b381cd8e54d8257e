"""The hosted checkout: the buyer chooses an outcome, the shop hears of it, and the buyer returns."""

from __future__ import annotations

import pytest

from sandbox.texts import TEXTS
from tests.sandbox.listening import listening
from tests.sandbox.running import RunningSandbox, eventually
from tests.sandbox.test_mollie_api import KEY, create


def status_of(sandbox: RunningSandbox, payment_id: str) -> str:
    return str(sandbox.get(f"/v2/payments/{payment_id}", key=KEY).json()["status"])


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [("nl_BE", "Betaal € 33,60"), ("fr_BE", "Payer € 33,60"), ("en_GB", "Pay €33.60"), ("de_DE", "Pay €33.60")],
)
def test_page_speaks_the_language_of_the_payment(sandbox: RunningSandbox, locale: str, sentence: str) -> None:
    page = sandbox.get(f"/checkout/{create(sandbox, locale=locale)['id']}")

    assert sentence in page.text
    assert "script" not in page.headers["Content-Security-Policy"]


def test_every_sentence_exists_in_three_languages() -> None:
    assert TEXTS["fr"].keys() == TEXTS["nl"].keys() == TEXTS["en"].keys()
    assert all(text for texts in TEXTS.values() for text in texts.values())


def test_description_is_shown_as_text(sandbox: RunningSandbox) -> None:
    page = sandbox.get(f"/checkout/{create(sandbox, description='<script>alert(1)</script>$id')['id']}")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;$id" in page.text
    assert "<script" not in page.text


def test_page_offers_only_the_method_the_shop_asked_for(sandbox: RunningSandbox) -> None:
    page = sandbox.get(f"/checkout/{create(sandbox, method='belfius')['id']}").text

    assert page.count('type="radio"') == 1
    assert 'value="belfius"' in page


@pytest.mark.parametrize("outcome", ["paid", "failed", "canceled", "expired"])
def test_choice_ends_the_payment_and_sends_the_buyer_back(sandbox: RunningSandbox, outcome: str) -> None:
    with listening() as shop:
        payment = create(sandbox, webhookUrl=shop.url)

        answer = sandbox.submit(f"/checkout/{payment['id']}", {"outcome": outcome, "method": "ideal"})

        assert (answer.status, answer.headers["Location"]) == (303, "https://shop.example/return")
        assert status_of(sandbox, payment["id"]) == outcome
        eventually(lambda: shop.heard == [payment["id"]])


def test_cancelling_goes_to_the_address_for_it(sandbox: RunningSandbox) -> None:
    payment = create(sandbox, cancelUrl="https://shop.example/basket")

    answer = sandbox.submit(f"/checkout/{payment['id']}", {"outcome": "canceled"})

    assert answer.headers["Location"] == "https://shop.example/basket"


def test_second_press_changes_nothing(sandbox: RunningSandbox) -> None:
    payment = create(sandbox)
    sandbox.submit(f"/checkout/{payment['id']}", {"outcome": "paid"})

    answer = sandbox.submit(f"/checkout/{payment['id']}", {"outcome": "canceled"})

    assert answer.status == 303
    assert status_of(sandbox, payment["id"]) == "paid"
    assert TEXTS["nl"]["ended_paid"] in sandbox.get(f"/checkout/{payment['id']}").text


def test_unknown_outcome_shows_the_page_again(sandbox: RunningSandbox) -> None:
    payment = create(sandbox)

    assert sandbox.submit(f"/checkout/{payment['id']}", {"outcome": "stolen"}).status == 422
    assert status_of(sandbox, payment["id"]) == "open"


def test_marks_of_the_methods_are_drawn(sandbox: RunningSandbox) -> None:
    assert sandbox.get("/sandbox/methods/bancontact.svg").headers["Content-Type"] == "image/svg+xml"
    assert sandbox.get("/sandbox/methods/cowries.svg").status == 404


def test_index_lists_the_payments(sandbox: RunningSandbox) -> None:
    payment = create(sandbox, description="Order LISTED")

    page = sandbox.get("/?lang=fr").text

    assert "Order LISTED" in page
    assert f"/checkout/{payment['id']}" in page
