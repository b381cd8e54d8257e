"""Where it happens: venues and their halls."""

from django.db import models
from i18nfield.fields import I18nCharField, I18nTextField


class Venue(models.Model):
    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="venues")
    slug = models.SlugField()
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=12)
    city = models.CharField(max_length=100)
    country = models.CharField(max_length=2, default="BE")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    access = I18nTextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["house", "slug"], name="venue_once_per_house")]

    def __str__(self) -> str:
        return self.name


class Hall(models.Model):
    """`licensed_capacity` is the fire-safety ceiling: nothing ever sells past it."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="halls")
    code = models.SlugField(max_length=20)
    name = I18nCharField(max_length=120)
    licensed_capacity = models.PositiveIntegerField()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["venue", "code"], name="hall_once_per_venue")]

    def __str__(self) -> str:
        return f"{self.venue.name}, {self.name}"
