"""After a quiet night no basket is left, and the first hold of the morning must not be planned for that."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection

from tests.ticketing.building import on_sale

MANY = 1000


@pytest.mark.django_db(transaction=True)
def test_a_basket_is_still_found_by_its_key_after_all_were_swept(now: datetime) -> None:
    on_sale(now)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ticketing_basket (id, house_id, channel_id, language, state, created_at, expires_at,"
            " extensions, codes, first_name, last_name, email)"
            " SELECT gen_random_uuid(), house_id, id, 'nl', 'open', now(), now(), 0, '[]', '', '', ''"
            " FROM ticketing_saleschannel, generate_series(1, %s)",
            [MANY],
        )
        cursor.execute("DELETE FROM ticketing_basket")
        cursor.execute("VACUUM ticketing_basket")
        # The check of a reference, as PostgreSQL plans it for any basket.
        cursor.execute("EXPLAIN (GENERIC_PLAN) SELECT 1 FROM ticketing_basket WHERE id = $1 FOR KEY SHARE")
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using ticketing_basket_pkey" in plan
