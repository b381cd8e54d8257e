"""The keys that sign tickets: one at work, older ones kept as long as their tickets can still be shown."""

from django.db import models
from django.db.models import Q


class TicketKey(models.Model):
    """`sealed` is the private key encrypted with SECRET_KEY; empty when the key comes from the environment."""

    key_id = models.PositiveSmallIntegerField(primary_key=True)
    public_point = models.BinaryField()
    sealed = models.TextField(blank=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["key_id"]
        constraints = [models.CheckConstraint(condition=Q(key_id__gte=1, key_id__lte=255), name="key_id_is_a_byte")]

    def __str__(self) -> str:
        return str(self.key_id)
