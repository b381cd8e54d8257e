"""Seating plans: the geometry of a hall in numbered versions, frozen once a performance uses one."""

import pgtrigger
from django.db import models


class SeatingPlan(models.Model):
    hall = models.ForeignKey("ticketing.Hall", on_delete=models.PROTECT, related_name="plans")
    name = models.CharField(max_length=120)
    is_archived = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class SeatingPlanVersion(models.Model):
    """`document` is the plan in our own format; `compiled` is what selling needs of it, made once."""

    plan = models.ForeignKey(SeatingPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    compiled = models.JSONField()
    checksum = models.CharField(max_length=64)
    place_count = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_plan_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__frozen_at__isnull=False),
                func=pgtrigger.Func("RAISE EXCEPTION 'a frozen seating plan version never changes';"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"
