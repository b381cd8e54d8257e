"""Pictures: uploaded once, shown in every size a screen asks for."""

from django.db import models
from django.db.models import Q
from i18nfield.fields import I18nCharField

from ticketing.identifiers import random_code


def media_id() -> str:
    return random_code(10)


class MediaAsset(models.Model):
    """A picture with the point that must stay in view and the words for who cannot see it."""

    house = models.ForeignKey("ticketing.House", on_delete=models.CASCADE, related_name="media")
    public_id = models.CharField(max_length=12, unique=True, default=media_id, editable=False)
    file = models.ImageField(upload_to="media/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    focal_x = models.FloatField(default=0.5)
    focal_y = models.FloatField(default=0.5)
    alt = I18nCharField(max_length=300, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    licence_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="focal_point_inside_picture",
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class MediaRendition(models.Model):
    """One size of a picture (e.g. `card-480`), cropped round its focal point."""

    asset = models.ForeignKey(MediaAsset, on_delete=models.CASCADE, related_name="renditions")
    spec = models.CharField(max_length=20)
    file = models.FileField(upload_to="renditions/")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "spec"], name="rendition_once")]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.spec}"
