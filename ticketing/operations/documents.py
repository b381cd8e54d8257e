"""Gapless numbers: taken as the last statement before commit, so a number exists exactly when its document does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from ticketing.models import Document, DocumentSeries


def number(documents: Sequence[Document], *, house_id: int, kind: DocumentSeries.Kind, now: datetime) -> None:
    """Write documents of one house and kind with the next numbers of its series of this year.

    The caller does nothing after this but commit: the row of the series stays locked until then.
    """
    if not documents:
        return
    prefix = f"{now:%Y}-"
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO ticketing_documentseries (house_id, kind, prefix, last_number) VALUES (%s, %s, %s, %s)
            ON CONFLICT (house_id, kind, prefix)
            DO UPDATE SET last_number = ticketing_documentseries.last_number + EXCLUDED.last_number
            RETURNING id, last_number
            """,
            [house_id, kind, prefix, len(documents)],
        )
        series_id, last = cursor.fetchone()
    for offset, document in enumerate(documents):
        document.series_id = series_id
        document.number = last - len(documents) + 1 + offset
        document.issued_at = now
    Document.objects.bulk_create(documents)
