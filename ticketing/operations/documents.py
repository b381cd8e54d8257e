"""Gapless numbers: taken as the last statement before commit, so a number exists exactly when its document does."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from celery import current_app
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from ticketing.models import Document, DocumentSeries

logger = logging.getLogger(__name__)

RENDER_TASK = "ticketing.render_document"
BELL_RINGS_EVERY = 20  # seconds


def number(documents: Sequence[Document], *, house_id: int, kind: DocumentSeries.Kind, now: datetime) -> None:
    """Write documents of one house and kind with the next numbers of its series of this year.

    The caller does nothing after this but commit: the row of the series stays locked until then.
    """
    if not documents:
        return
    prefix = f"{timezone.localdate(now):%Y}-"
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


def keep_paper(*, document_id: UUID, content: bytes) -> None:
    """The PDF of a document, for whoever asks next."""
    document = Document.objects.get(pk=document_id)
    document.file.save(f"{document.pk}.pdf", ContentFile(content), save=False)
    document.save(update_fields=["file"])


def paper_of(document: Document) -> bytes | None:
    """The PDF; None while it is being made, or made again because the storage lost it: then a worker is told."""
    if document.file:
        try:
            with document.file.open() as file:
                return bytes(file.read())
        except FileNotFoundError:
            logger.warning("the paper of a document is gone from the storage")
    if cache.add(f"document-asked:{document.pk}", 1, BELL_RINGS_EVERY):
        _ring(document)
    return None


def _ring(document: Document) -> None:
    """A broker that is away costs time, not documents: whoever asks after a while rings again."""
    try:
        current_app.send_task(RENDER_TASK, [str(document.pk)], retry=False, ignore_result=True)
    except Exception as error:
        logger.warning("bell for a document lost", extra={"error": type(error).__name__})
