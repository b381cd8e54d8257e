"""What is on: seasons, productions and their performances, with everything said about them."""

from django.db import models
from django.db.models import F, Q
from i18nfield.fields import I18nCharField, I18nTextField

from ticketing.identifiers import random_code


def performance_code() -> str:
    return random_code(8)


class Season(models.Model):
    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="seasons")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["house", "name"], name="season_once_per_house"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="season_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class Genre(models.Model):
    """Shared by all houses, so that their agendas and reports mean the same."""

    code = models.SlugField(max_length=30, unique=True)
    name = I18nCharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return str(self.name)


class Label(models.Model):
    house = models.ForeignKey("ticketing.House", on_delete=models.CASCADE, related_name="labels")
    code = models.SlugField(max_length=40)
    name = I18nCharField(max_length=80)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["house", "code"], name="label_once_per_house")]

    def __str__(self) -> str:
        return str(self.name)


class Performer(models.Model):
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=160, unique=True)
    website = models.URLField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Production(models.Model):
    """A title. What is sold are its performances."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ONLINE = "online", "Online"
        ARCHIVED = "archived", "Archived"

    class ActivityClass(models.TextChoices):
        """Decides the VAT rule; never a percentage."""

        PERFORMING_ARTS = "performing_arts", "Performing arts"
        CONCERT = "concert", "Concert"
        CINEMA = "cinema", "Cinema"
        EXHIBITION = "exhibition", "Exhibition"
        COURSE = "course", "Course"

    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="productions")
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="productions", null=True, blank=True)
    slug = models.SlugField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    online_at = models.DateTimeField(null=True, blank=True)
    title = I18nCharField(max_length=200)
    subtitle = I18nCharField(max_length=200, blank=True)
    teaser = I18nCharField(max_length=400, blank=True)
    description = I18nTextField(blank=True)
    genre = models.ForeignKey(Genre, on_delete=models.PROTECT, related_name="productions")
    labels = models.ManyToManyField(Label, related_name="productions", blank=True)
    performers = models.ManyToManyField(Performer, through="ticketing.Credit", related_name="productions")
    image = models.ForeignKey("ticketing.MediaAsset", on_delete=models.SET_NULL, null=True, blank=True)
    activity_class = models.CharField(
        max_length=20, choices=ActivityClass.choices, default=ActivityClass.PERFORMING_ARTS
    )
    duration_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    has_interval = models.BooleanField(default=False)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    spoken_language = models.CharField(max_length=60, blank=True)
    surtitles = models.CharField(max_length=60, blank=True)
    access = I18nTextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["house", "slug"], name="production_once_per_house")]
        indexes = [models.Index(fields=["house", "state"], name="production_by_house")]

    def __str__(self) -> str:
        return str(self.title)


class Credit(models.Model):
    production = models.ForeignKey(Production, on_delete=models.CASCADE, related_name="credits")
    performer = models.ForeignKey(Performer, on_delete=models.PROTECT, related_name="credits")
    role = I18nCharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["production", "performer"], name="credit_once")]

    def __str__(self) -> str:
        return f"{self.performer} in {self.production_id}"


class Performance(models.Model):
    """One date of a production. `code` is its public name; `plan_version` is empty for standing only."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ON_SALE = "on_sale", "On sale"
        CANCELLED = "cancelled", "Cancelled"
        POSTPONED = "postponed", "Postponed"

    production = models.ForeignKey(Production, on_delete=models.PROTECT, related_name="performances")
    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="performances")
    hall = models.ForeignKey("ticketing.Hall", on_delete=models.PROTECT, related_name="performances")
    plan_version = models.ForeignKey("ticketing.SeatingPlanVersion", on_delete=models.PROTECT, null=True, blank=True)
    plan_variant = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=8, unique=True, default=performance_code, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    starts_at = models.DateTimeField()
    doors_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    sales_from = models.DateTimeField(null=True, blank=True)
    sales_until = models.DateTimeField(null=True, blank=True)
    price_grid_version = models.ForeignKey(
        "ticketing.PriceGridVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="performances"
    )
    refuse_orphans = models.BooleanField(default=True)
    max_places_per_order = models.PositiveSmallIntegerField(null=True, blank=True)
    note = I18nCharField(max_length=200, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["house", "state", "starts_at"], name="performance_agenda"),
            models.Index(fields=["production", "starts_at"], name="performance_of_production"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="on_sale") | Q(price_grid_version__isnull=False), name="on_sale_has_prices"
            )
        ]

    def __str__(self) -> str:
        return f"{self.production} {self.starts_at:%Y-%m-%d %H:%M}"
