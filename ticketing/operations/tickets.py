"""Issuing tickets: one for each place of a paid line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ticketing.identifiers import random_code
from ticketing.models import OrderLine, Ticket
from ticketing.operations.rows import insert_rows

SERIAL_LENGTH = 16  # what a barcode has room for
CODE_LENGTH = 12


def issue(lines: Sequence[OrderLine], *, now: datetime) -> list[Ticket]:
    """For a caller in the transaction that makes the order paid; one statement."""
    issued = [
        Ticket(
            line=line,
            performance=line.performance,
            place_id=line.place_id,  # type: ignore[misc]  # never empty: a constraint of place lines
            serial=random_code(SERIAL_LENGTH),
            code=random_code(CODE_LENGTH),
            issued_at=now,
        )
        for line in lines
        if line.kind == OrderLine.Kind.PLACE
    ]
    insert_rows(issued)
    return issued
