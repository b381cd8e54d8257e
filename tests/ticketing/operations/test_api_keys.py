from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.ticketing.building import a_hall, a_house, a_performance, a_production
from ticketing.models import ApiKey
from ticketing.operations import api_keys
from ticketing.queries.api_keys import api_key_of

pytestmark = pytest.mark.django_db


def test_a_key_is_shown_once_and_kept_as_a_hash(now: datetime) -> None:
    house = a_house(now)
    issued = api_keys.issue_api_key(house=house, name="Website", scopes=["read", "sell"], now=now)
    assert api_key_of(issued.secret, now=now) == issued.api_key
    stored = ApiKey.objects.values_list().get()
    assert issued.secret not in [str(value) for value in stored]


def test_a_door_key_may_be_typed_in_any_case_and_in_groups(now: datetime) -> None:
    issued = api_keys.issue_api_key(house=a_house(now), name="Deur", scopes=["scan"], now=now)
    typed = "-".join(issued.secret[i : i + 4] for i in range(0, 16, 4)).lower()
    assert api_key_of(f" {typed} ", now=now) == issued.api_key


def test_revoked_and_expired_keys_open_nothing(now: datetime) -> None:
    house = a_house(now)
    revoked = api_keys.issue_api_key(house=house, name="Oud", scopes=["read"], now=now)
    api_keys.revoke_api_key(api_key_id=revoked.api_key.pk, now=now)
    expired = api_keys.issue_api_key(house=house, name="Op", scopes=["read"], now=now, expires_at=now)
    found = [api_key_of(key, now=now) for key in (revoked.secret, expired.secret, "", "\0", "x" * 10_000)]
    assert found == [None] * 5


def test_a_key_may_only_read_sell_or_scan(now: datetime) -> None:
    house = a_house(now)
    for scopes in (["admin"], []):
        with pytest.raises(api_keys.UnknownScope):
            api_keys.issue_api_key(house=house, name="Alles", scopes=scopes, now=now)


def test_a_door_key_is_for_a_performance_of_its_own_house(now: datetime) -> None:
    house, other = a_house(now), a_house(now, "winterhof")
    performance = a_performance(now, a_production(now, other), a_hall(now, other), starts_at=now + timedelta(days=1))
    with pytest.raises(api_keys.PerformanceOfOtherHouse):
        api_keys.issue_api_key(house=house, name="Deur", scopes=["scan"], now=now, performance=performance)
