"""What it costs: ranks, tariffs with their conditions, grids in immutable versions, fees and VAT."""

import pgtrigger
from django.db import models
from django.db.models import Q
from i18nfield.fields import I18nCharField


class Rank(models.Model):
    """A quality of place ("Rang I"). `tone` picks one of the four rank colours."""

    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="ranks")
    code = models.SlugField(max_length=40)
    name = I18nCharField(max_length=80)
    tone = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["house", "code"], name="rank_once_per_house"),
            models.CheckConstraint(condition=Q(tone__gte=1, tone__lte=4), name="rank_tone_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class TariffFamily(models.TextChoices):
    """What declarations and statistics group by; every price type is in exactly one."""

    FULL = "full", "Full"
    REDUCED = "reduced", "Reduced"
    SUBSCRIPTION = "subscription", "Subscription"
    FREE = "free", "Free"
    OTHER = "other", "Other"


class PriceType(models.Model):
    """A named tariff. `letter` is its key at the desk."""

    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="price_types")
    code = models.SlugField(max_length=40)
    letter = models.CharField(max_length=1)
    name = I18nCharField(max_length=80)
    explanation = I18nCharField(max_length=200, blank=True)
    family = models.CharField(max_length=12, choices=TariffFamily.choices)
    position = models.PositiveSmallIntegerField(default=0)
    is_archived = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["house", "code"], name="price_type_once_per_house"),
            models.UniqueConstraint(
                fields=["house", "letter"], condition=Q(is_archived=False), name="price_type_letter_once_per_house"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class PriceCondition(models.Model):
    """When a price type may be had. Every condition of a price type must hold.

    Shapes of `value`: channel {"kinds": ["web"]}; minimum {"count": 10} and maximum {"count": 2} places at this
    price in one basket for one performance; label {"code": "abonnee"}; code {} (a price voucher must name the type);
    period {"from": iso, "until": iso}; proof {} (shown, checked at the door).
    """

    class Kind(models.TextChoices):
        CHANNEL = "channel", "Sales channel"
        MINIMUM = "minimum", "At least so many"
        MAXIMUM = "maximum", "At most so many"
        LABEL = "label", "Label of the customer"
        CODE = "code", "Code"
        PERIOD = "period", "Period"
        PROOF = "proof", "Proof at the door"

    price_type = models.ForeignKey(PriceType, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["price_type", "kind"], name="condition_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class PriceGrid(models.Model):
    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="price_grids")
    name = models.CharField(max_length=120)
    is_archived = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class PriceGridVersion(models.Model):
    """Rank × price type → price, never changed: a new price is a new version."""

    grid = models.ForeignKey(PriceGrid, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grid", "number"], name="grid_version_once")]

    def __str__(self) -> str:
        return f"{self.grid} v{self.number}"


class PriceGridCell(models.Model):
    version = models.ForeignKey(PriceGridVersion, on_delete=models.CASCADE, related_name="cells")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    price_type = models.ForeignKey(PriceType, on_delete=models.PROTECT, related_name="+")
    price = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "rank", "price_type"], name="grid_cell_once"),
            models.CheckConstraint(condition=Q(price__gte=0), name="grid_price_not_negative"),
        ]
        triggers = [pgtrigger.Protect(name="grid_cells_stay", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.rank_id}/{self.price_type_id} {self.price}"


class PerformancePriceGrid(models.Model):
    """Which grid version a performance was sold at, and since when: the price history starts here."""

    performance = models.ForeignKey("ticketing.Performance", on_delete=models.CASCADE, related_name="price_history")
    version = models.ForeignKey(PriceGridVersion, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateTimeField()

    class Meta:
        ordering = ["valid_from", "id"]
        triggers = [pgtrigger.Protect(name="price_history_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.performance_id} from {self.valid_from}"


class PriceOverride(models.Model):
    """An exception for one performance; `channel_kind` empty: in every channel."""

    performance = models.ForeignKey("ticketing.Performance", on_delete=models.CASCADE, related_name="price_overrides")
    rank = models.ForeignKey(Rank, on_delete=models.PROTECT, related_name="+")
    price_type = models.ForeignKey(PriceType, on_delete=models.PROTECT, related_name="+")
    channel_kind = models.CharField(max_length=10, blank=True)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(price__gte=0), name="override_price_not_negative")]

    def __str__(self) -> str:
        return f"{self.performance_id} {self.price}"


class Fee(models.Model):
    """An unavoidable cost inside the price of a line, with its own VAT."""

    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="fees")
    name = I18nCharField(max_length=80)
    amount = models.DecimalField(max_digits=6, decimal_places=2)
    activity_class = models.CharField(max_length=20, default="service")
    channel_kinds = models.JSONField(default=list)
    families = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="fee_not_negative")]

    def __str__(self) -> str:
        return f"{self.name} {self.amount}"


class VatRule(models.Model):
    """A rate with its dates and its source; the date of the performance decides."""

    country = models.CharField(max_length=2)
    activity_class = models.CharField(max_length=20)
    rate = models.DecimalField(max_digits=4, decimal_places=2)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "activity_class", "valid_from"], name="vat_rule_once"),
            models.CheckConstraint(condition=Q(rate__gte=0, rate__lt=100), name="vat_rate_is_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.activity_class} {self.rate} %"
