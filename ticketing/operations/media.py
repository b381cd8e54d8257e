"""Takes in pictures: checks them, forgets where and with what they were taken, and cuts every size a screen asks for.

Decoding is done on bytes of a stranger, so size and pixel count are judged from the header, before any pixel is read.
Files are written before the transaction: a failed upload leaves at most a file nobody points at, never a row without.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from ticketing.errors import TicketingError
from ticketing.identifiers import random_code
from ticketing.models import House, MediaAsset, MediaRendition
from ticketing.operations.fields import Text, write_fields
from ticketing.operations.houses import programme_changed

LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2560
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")


@dataclass(frozen=True)
class Spec:
    name: str
    width: int
    height: int


# 16:10 for cards and rows, 16:9 for the picture on top of a page, a square for mails and the basket.
SPECS = (
    Spec("card-480", 480, 300),
    Spec("card-960", 960, 600),
    Spec("hero-1600", 1600, 900),
    Spec("square-480", 480, 480),
)


class NotAPicture(TicketingError):
    code = "not_a_picture"
    message = _("This file is not a picture we can read. Use JPEG, PNG or WebP.")


class PictureTooLarge(TicketingError):
    code = "picture_too_large"
    message = _("This picture is too large: at most 15 MB and 40 megapixels.")
    status = 413


class FocalPointOutside(TicketingError):
    code = "focal_point_outside"
    message = _("The focal point must lie inside the picture, from 0 to 1.")


def upload_picture(
    *,
    house: House,
    file: IO[bytes],
    alt: Text,
    focal_x: float = 0.5,
    focal_y: float = 0.5,
    now: datetime,
    credit: str = "",
    licence_until: date | None = None,
) -> MediaAsset:
    _check_focal_point(focal_x, focal_y)
    picture = _open(file)
    asset = MediaAsset(house=house, focal_x=focal_x, focal_y=focal_y, created_at=now)
    asset.file.save(f"{random_code(16)}.webp", ContentFile(_encoded(picture, quality=90)), save=False)
    renditions = [_rendition(picture, spec, focal_x, focal_y) for spec in SPECS]
    with transaction.atomic():
        write_fields(asset, {"alt": alt, "credit": credit, "licence_until": licence_until})
        for rendition in renditions:
            rendition.asset = asset
        MediaRendition.objects.bulk_create(renditions)
        programme_changed(house.pk)
    return asset


def set_focal_point(*, asset_id: int, focal_x: float, focal_y: float, now: datetime) -> MediaAsset:
    """Cuts every size again, under new names, so that no cache keeps the old cut."""
    _check_focal_point(focal_x, focal_y)
    asset = MediaAsset.objects.get(pk=asset_id)
    with asset.file.open("rb") as stored:
        picture = _open(stored)
    renditions = [_rendition(picture, spec, focal_x, focal_y) for spec in SPECS]
    with transaction.atomic():
        asset = MediaAsset.objects.select_for_update().get(pk=asset_id)
        write_fields(asset, {"focal_x": focal_x, "focal_y": focal_y})
        asset.renditions.all().delete()
        for rendition in renditions:
            rendition.asset = asset
        MediaRendition.objects.bulk_create(renditions)
        programme_changed(asset.house_id)
    return asset


@transaction.atomic
def describe_picture(*, asset_id: int, alt: Text, credit: str, licence_until: date | None = None) -> MediaAsset:
    asset = MediaAsset.objects.select_for_update().get(pk=asset_id)
    write_fields(asset, {"alt": alt, "credit": credit, "licence_until": licence_until})
    programme_changed(asset.house_id)
    return asset


def _check_focal_point(x: float, y: float) -> None:
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise FocalPointOutside


def _open(file: IO[bytes]) -> Image.Image:
    """The upright picture in plain colours, without a word of what the camera wrote beside it."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise PictureTooLarge
    try:
        # Pillow's own limit lies higher than ours and only warns at first.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise PictureTooLarge
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    except Image.DecompressionBombError:
        raise PictureTooLarge from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise NotAPicture from None
    return _plain(upright)


def _plain(picture: Image.Image) -> Image.Image:
    has_holes = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    plain = picture.convert("RGBA" if has_holes else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    plain.info = {}
    return plain


def _rendition(picture: Image.Image, spec: Spec, focal_x: float, focal_y: float) -> MediaRendition:
    cut = ImageOps.fit(
        picture,
        (spec.width, spec.height),
        Image.Resampling.LANCZOS,
        centering=_centering(picture, spec, focal_x, focal_y),
    )
    rendition = MediaRendition(spec=spec.name, width=spec.width, height=spec.height)
    content: Any = ContentFile(_encoded(cut, quality=80))
    rendition.file.save(f"{random_code(16)}-{spec.name}.webp", content, save=False)
    return rendition


def _centering(picture: Image.Image, spec: Spec, focal_x: float, focal_y: float) -> tuple[float, float]:
    """Where the slack goes, so that the focal point comes as near the middle of the cut as the edges allow."""
    scale = min(picture.width / spec.width, picture.height / spec.height)
    return (
        _slack_before(focal_x, picture.width, spec.width * scale),
        _slack_before(focal_y, picture.height, spec.height * scale),
    )


def _slack_before(focal: float, side: float, cut: float) -> float:
    slack = side - cut
    return 0.5 if slack < 1 else min(max((focal * side - cut / 2) / slack, 0.0), 1.0)


def _encoded(picture: Image.Image, *, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, method=4)
    return buffer.getvalue()
