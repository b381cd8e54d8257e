from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from tests.ticketing.building import a_house, text
from ticketing.models import MediaAsset
from ticketing.operations import media

pytestmark = pytest.mark.django_db

RED, BLUE = (200, 30, 30), (30, 30, 200)


@pytest.fixture(autouse=True)
def _media_root(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def picture(width: int = 1000, height: int = 800, *, image_format: str = "JPEG", exif: bytes = b"") -> io.BytesIO:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    buffer = io.BytesIO()
    image.save(buffer, image_format, exif=exif)
    buffer.seek(0)
    return buffer


def png_header(width: int, height: int) -> io.BytesIO:
    """A few bytes that claim to be an enormous picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)))


def nearest(asset: MediaAsset, spec: str) -> str:
    with asset.renditions.get(spec=spec).file.open() as stored:
        image = Image.open(stored).convert("RGB")
        red, _green, blue = image.getpixel((image.width // 2, image.height // 2))
    return "red" if red > blue else "blue"


def test_a_picture_comes_in_every_size(now: datetime) -> None:
    asset = media.upload_picture(house=a_house(now), file=picture(), alt=text("Een duin"), now=now)
    sizes = {}
    for rendition in asset.renditions.all():
        with rendition.file.open() as stored:
            sizes[rendition.spec] = (Image.open(stored).size, Image.open(stored).format)
    assert sizes == {
        "card-480": ((480, 300), "WEBP"),
        "card-960": ((960, 600), "WEBP"),
        "hero-1600": ((1600, 900), "WEBP"),
        "square-480": ((480, 480), "WEBP"),
    }
    assert (asset.width, asset.height, asset.alt.localize("nl")) == (1000, 800, "Een duin")


def test_the_focal_point_stays_in_view(now: datetime) -> None:
    house = a_house(now)
    asset = media.upload_picture(house=house, file=picture(2000, 500), alt="", focal_x=0.1, focal_y=0.5, now=now)
    assert nearest(asset, "square-480") == "red"
    old = asset.renditions.get(spec="square-480").file.name
    asset = media.set_focal_point(asset_id=asset.pk, focal_x=0.9, focal_y=0.5, now=now)
    assert nearest(asset, "square-480") == "blue"
    assert asset.renditions.get(spec="square-480").file.name != old


def test_a_picture_is_turned_upright_and_forgets_its_camera(now: datetime) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F] = "Secret Camera"
    asset = media.upload_picture(house=a_house(now), file=picture(1000, 800, exif=exif.tobytes()), alt="", now=now)
    with asset.file.open() as stored:
        content = stored.read()
    assert (asset.width, asset.height) == (800, 1000)
    assert b"Secret Camera" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"%PDF-1.7", b"\xff\xd8\xff\xe0 no"]
)
def test_what_is_no_picture_is_refused(now: datetime, content: bytes) -> None:
    with pytest.raises(media.NotAPicture):
        media.upload_picture(house=a_house(now), file=io.BytesIO(content), alt="", now=now)
    assert not MediaAsset.objects.exists()


def test_a_decompression_bomb_is_refused_by_its_header(now: datetime) -> None:
    house = a_house(now)
    for bomb in (png_header(20_000, 2_001), png_header(60_000, 60_000)):
        with pytest.raises(media.PictureTooLarge):
            media.upload_picture(house=house, file=bomb, alt="", now=now)


def test_a_file_over_fifteen_megabytes_is_refused_unread(now: datetime) -> None:
    file = io.BytesIO(picture().getvalue() + b"\0" * media.LARGEST_FILE)
    with pytest.raises(media.PictureTooLarge):
        media.upload_picture(house=a_house(now), file=file, alt="", now=now)


@pytest.mark.parametrize("point", [(-0.1, 0.5), (0.5, 1.1), (float("nan"), 0.5)])
def test_a_focal_point_outside_the_picture_is_refused(now: datetime, point: tuple[float, float]) -> None:
    with pytest.raises(media.FocalPointOutside):
        media.upload_picture(house=a_house(now), file=picture(), alt="", focal_x=point[0], focal_y=point[1], now=now)
