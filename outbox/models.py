"""The truth about what happened and who still has to hear of it. The broker holds nothing that is not also here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outbox.facts import new_fact_id


class StoredFact(models.Model):
    id = models.UUIDField(primary_key=True, default=new_fact_id, editable=False)
    name = models.CharField(_("fact"), max_length=100)
    stream = models.CharField(_("stream"), max_length=200)
    payload = models.JSONField()
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        db_table = "outbox_fact"
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        indexes = [
            models.Index(fields=["stream", "id"], name="outbox_fact_stream"),
            models.Index(fields=["recorded_at"], name="outbox_fact_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.stream}"


class Delivery(models.Model):
    """One fact for one subscriber. `id` is the order within a stream; `due_at` is schedule, lease and back-off."""

    class State(models.TextChoices):
        PENDING = "pending", _("pending")
        DONE = "done", _("done")
        DEAD = "dead", _("needs attention")
        SUPERSEDED = "superseded", _("superseded by a later one")
        SKIPPED = "skipped", _("skipped by hand")

    fact = models.ForeignKey(StoredFact, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    subscriber = models.CharField(_("subscriber"), max_length=100)
    stream = models.CharField(_("stream"), max_length=200)
    due_at = models.DateTimeField(_("due at"))
    attempt = models.PositiveIntegerField(_("attempts"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["fact", "subscriber"], name="outbox_delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "done", "dead", "superseded", "skipped"]),
                name="outbox_delivery_state",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", finished_at=None) | (~Q(state="pending") & Q(finished_at__isnull=False)),
                name="outbox_delivery_finished",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="pending"), name="outbox_delivery_due"),
            models.Index(
                fields=["subscriber", "stream", "id"],
                condition=Q(state__in=["pending", "dead"]),
                name="outbox_delivery_stream",
            ),
            models.Index(
                fields=["subscriber", "stream"],
                condition=Q(state="pending", attempt__gt=0),
                name="outbox_delivery_begun",
            ),
            models.Index(
                fields=["finished_at"], condition=Q(state__in=["done", "superseded", "skipped"]), name="outbox_purge"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} {self.stream} {self.state}"


class Decision(models.Model):
    """What a person did about a delivery that could not go on by itself, and why."""

    class Action(models.TextChoices):
        RETRY = "retry", _("retry")
        SKIP = "skip", _("skip")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="decisions")
    action = models.CharField(_("decision"), max_length=10, choices=Action.choices)
    who = models.CharField(_("by"), max_length=100)
    reason = models.CharField(_("reason"), max_length=300)
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.action} {self.delivery_id}"


class Lease(models.Model):
    """Something one process at a time may do, on however many machines the installation runs."""

    name = models.CharField(max_length=100, primary_key=True)
    holder = models.CharField(max_length=100)
    taken_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")

    def __str__(self) -> str:
        return self.name
