"""`record(fact)`: the change and its fact commit together or not at all.

Facts of one stream are delivered in the order they were recorded, which is the order of commit as long as the
operation holds the lock of the thing the stream is named after. Operations lock before they write, so they do.
"""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.db import connection

from outbox import doorbell
from outbox.errors import OutsideTransaction
from outbox.facts import Fact, encode, new_fact_id
from outbox.subscribing import subscribers_of
from outbox.transactions import transaction_is_open

# One statement for the fact and all its deliveries: a purchase counts its round trips.
INSERT = """
WITH fact AS (
    INSERT INTO outbox_fact (id, name, stream, payload, recorded_at)
    VALUES (%(id)s, %(name)s, %(stream)s, %(payload)s::jsonb, %(now)s)
    RETURNING id, stream
)
INSERT INTO outbox_delivery (fact_id, subscriber, stream, due_at, attempt, state, reason)
SELECT fact.id, subscriber, fact.stream, %(due_at)s, 0, 'pending', ''
FROM fact, unnest(%(subscribers)s::text[]) AS subscriber
RETURNING id
"""


def record(fact: Fact, *, now: datetime, due_at: datetime | None = None) -> UUID:
    """Store the fact with one delivery per subscriber, to be made at once or from `due_at` on."""
    if not transaction_is_open():
        raise OutsideTransaction(f"{fact.fact_name} must be recorded in the transaction of the change it tells of")
    fact_id = new_fact_id()
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            {
                "id": fact_id,
                "name": fact.fact_name,
                "stream": fact.stream,
                "payload": json.dumps(encode(fact)),
                "now": now,
                "due_at": due_at or now,
                "subscribers": subscribers_of(type(fact)),
            },
        )
        deliveries = [delivery_id for (delivery_id,) in cursor.fetchall()]
    if deliveries and (due_at is None or due_at <= now):
        doorbell.ring_on_commit(deliveries)
    return fact_id
