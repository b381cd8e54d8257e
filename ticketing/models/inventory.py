"""The places of a performance, one row each, and what keeps them from being sold."""

import pgtrigger
from django.db import models
from django.db.models import Q
from i18nfield.fields import I18nCharField


class Place(models.Model):
    """A numbered seat or one standing place.

    `code` is the short id on the wire (base 36 of its index in the plan), `seat` the id in the seating plan.
    `holder` is the basket or the order that has it. A hold past `held_until` is free: readers and writers compare
    it with now, nobody waits for a sweep. `changed_xid` is stamped by a trigger at every write.
    """

    class Kind(models.TextChoices):
        SEAT = "seat", "Seat"
        STANDING = "standing", "Standing"
        WHEELCHAIR = "wheelchair", "Wheelchair"
        COMPANION = "companion", "Companion"
        TABLE = "table", "Table"

    class State(models.TextChoices):
        AVAILABLE = "available", "Available"
        HELD = "held", "In a basket"
        RESERVED = "reserved", "Reserved"
        BLOCKED_SOFT = "blocked_soft", "Blocked, may be released"
        BLOCKED_HARD = "blocked_hard", "Blocked, not in the inventory"
        SOLD = "sold", "Sold"

    performance = models.ForeignKey(
        "ticketing.Performance", on_delete=models.CASCADE, related_name="places", db_index=False
    )
    index = models.IntegerField()
    code = models.CharField(max_length=8)
    seat = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=40)
    rank = models.ForeignKey("ticketing.Rank", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SEAT)
    state = models.CharField(max_length=12, choices=State.choices, default=State.AVAILABLE)
    held_until = models.DateTimeField(null=True, blank=True)
    holder = models.UUIDField(null=True, blank=True)
    block = models.ForeignKey(
        "ticketing.Block", on_delete=models.SET_NULL, null=True, blank=True, related_name="places", db_index=False
    )
    changed_xid = models.BigIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["performance", "index"], name="place_once_per_performance"),
            models.CheckConstraint(
                condition=Q(state="held", held_until__isnull=False, holder__isnull=False)
                | (~Q(state="held") & Q(held_until__isnull=True)),
                name="held_place_has_holder_and_end",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["held", "reserved", "sold"], holder__isnull=False)
                | Q(state__in=["available", "blocked_soft", "blocked_hard"], holder__isnull=True),
                name="holder_only_when_taken",
            ),
        ]
        indexes = [
            models.Index(
                fields=["performance", "area", "index"],
                name="standing_place_to_pick",
                condition=Q(kind="standing", state="available"),
            ),
            models.Index(fields=["performance", "held_until"], name="place_held_until", condition=Q(state="held")),
            # Every place has a stamp. The condition keeps PostgreSQL from looking up a single seat by this index in a
            # hall too new for statistics, where it would read the whole hall for every hold.
            models.Index(fields=["performance", "changed_xid"], name="place_changes", condition=Q(changed_xid__gt=0)),
            models.Index(fields=["block"], name="place_of_block", condition=Q(block__isnull=False)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stamp_change",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=pgtrigger.Func("NEW.changed_xid = pg_current_xact_id()::text::bigint; RETURN NEW;"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.performance_id}/{self.code}"


class Block(models.Model):
    """Places staff keep back: soft ones may be released, hard ones are no inventory (technique, sight lines)."""

    class Kind(models.TextChoices):
        SOFT = "soft", "Soft"
        HARD = "hard", "Hard"

    performance = models.ForeignKey("ticketing.Performance", on_delete=models.CASCADE, related_name="blocks")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    owner = models.CharField(max_length=120)
    reason = models.CharField(max_length=200, blank=True)
    release_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.owner}"


class Contingent(models.Model):
    """Places set aside for a seller or a purpose until they are released: a rule over places, no second inventory.

    `rule` narrows by any of {"ranks": [codes], "areas": [codes], "places": [codes]}; an empty rule is every place.
    Only `channels` (kinds of sales channel, as "desk") may sell what the rule covers before `release_at`. `cap` limits
    how many they may take, counted in slot rows.
    """

    performance = models.ForeignKey("ticketing.Performance", on_delete=models.CASCADE, related_name="contingents")
    name = I18nCharField(max_length=120)
    rule = models.JSONField(default=dict)
    channels = models.JSONField(default=list)
    cap = models.PositiveIntegerField(null=True, blank=True)
    release_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.name)


class ContingentSlot(models.Model):
    """One place a capped contingent may still take; a row, never a counter."""

    contingent = models.ForeignKey(Contingent, on_delete=models.CASCADE, related_name="slots")
    place = models.OneToOneField(Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="slot")

    def __str__(self) -> str:
        return f"{self.contingent_id}"
