"""The least data a hold can be made of: ten thousand seats, a row per hold, and the four statements between them."""

from __future__ import annotations

from django.db import connection

SEATS = 10_000

_SCHEMA = f"""
DROP SCHEMA IF EXISTS floor CASCADE;
CREATE SCHEMA floor;
CREATE TABLE floor.seat (
    id int PRIMARY KEY, state text NOT NULL DEFAULT 'free', held_until timestamptz, holder bigint
) WITH (fillfactor = 70);
INSERT INTO floor.seat SELECT n FROM generate_series(1, {SEATS}) n;
CREATE INDEX ON floor.seat (id) WHERE state = 'free';
CREATE TABLE floor.hold (
    id bigserial PRIMARY KEY, seat_id int NOT NULL, buyer bigint NOT NULL, expires timestamptz NOT NULL
);
"""

UPDATE = """
UPDATE floor.seat SET state = 'held', held_until = now(), holder = %s
WHERE id = %s AND (state = 'free' OR held_until <= now()) RETURNING id
"""
INSERT = "INSERT INTO floor.hold (seat_id, buyer, expires) VALUES (%s, %s, now() + interval '15 minutes')"


def make() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SCHEMA)
        cursor.execute("ANALYZE floor.seat")
