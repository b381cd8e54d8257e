"""A request sent twice is done once: also when the first copy died on its way, or is still being handled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.ticketing.building import a_house
from ticketing.models import IdempotencyRecord
from ticketing.operations import api_keys, idempotency
from ticketing.operations.idempotency import Answered, IdempotencyKeyReused, RequestInProgress

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(now: datetime) -> dict[str, Any]:
    issued = api_keys.issue_api_key(house=a_house(now), name="Partner", scopes=["sell"], now=now)
    return {"api_key_id": issued.api_key.pk, "key": "a-1"}


def test_the_copy_of_a_request_under_way_waits(now: datetime, mine: dict[str, Any]) -> None:
    assert idempotency.claim(**mine, request_hash="x", now=now) is None
    almost = now + idempotency.LOST_AFTER - timedelta(seconds=1)
    with pytest.raises(RequestInProgress):
        idempotency.claim(**mine, request_hash="x", now=almost)


def test_a_request_lost_on_its_way_may_be_done_by_its_next_copy_only(now: datetime, mine: dict[str, Any]) -> None:
    idempotency.claim(**mine, request_hash="x", now=now)
    later = now + idempotency.LOST_AFTER
    assert idempotency.claim(**mine, request_hash="x", now=later) is None
    with pytest.raises(RequestInProgress):
        idempotency.claim(**mine, request_hash="x", now=later)


def test_another_request_with_the_key_of_one_under_way_is_refused(now: datetime, mine: dict[str, Any]) -> None:
    idempotency.claim(**mine, request_hash="x", now=now)
    with pytest.raises(IdempotencyKeyReused):
        idempotency.claim(**mine, request_hash="y", now=now + timedelta(minutes=5))


def test_answers_are_forgotten_after_a_day_and_claims_with_them(now: datetime, mine: dict[str, Any]) -> None:
    idempotency.claim(**mine, request_hash="x", now=now)
    idempotency.answer(**mine, status=201, body={"id": 1})
    almost = now + idempotency.KEPT_FOR - timedelta(seconds=1)
    assert idempotency.forget_old_answers(now=almost) == 0
    assert idempotency.claim(**mine, request_hash="x", now=almost) == Answered(201, {"id": 1})
    assert idempotency.forget_old_answers(now=now + idempotency.KEPT_FOR) == 1
    assert not IdempotencyRecord.objects.exists()


def test_the_same_words_of_two_keys_are_two_requests(now: datetime, mine: dict[str, Any]) -> None:
    other = api_keys.issue_api_key(house=a_house(now, "elders"), name="Partner", scopes=["sell"], now=now).api_key.pk
    idempotency.claim(**mine, request_hash="x", now=now)
    idempotency.answer(**mine, status=201, body={"email": "noor@example.org"})
    theirs = mine | {"api_key_id": other}
    assert idempotency.claim(**theirs, request_hash="x", now=now) is None
    idempotency.answer(**theirs, status=409, body={})
    idempotency.give_up(**theirs)
    assert idempotency.claim(**mine, request_hash="x", now=now) == Answered(201, {"email": "noor@example.org"})
