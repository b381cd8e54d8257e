"""How far the demo has been loaded, and the keys it gave out, which nobody could read back otherwise."""

from __future__ import annotations

from django.db import models


class DemoStep(models.Model):
    """One part of the demo. `details` says how far an unfinished one got, and what a finished one left behind."""

    name = models.CharField(max_length=40, primary_key=True)
    details = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
