"""Files that are not what they say: refused whole, in a sentence, with nothing in a table or on the disk."""

from __future__ import annotations

import io
import json
import struct
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from pytest_django import Settings

from tests.ticketing.building import a_hall, a_house, a_plan_document, a_rank, text
from tests.ticketing.untouched import nothing_stored
from ticketing.errors import TicketingError
from ticketing.operations import houses, media, seating
from ticketing.operations.logos import LogoUnfit
from ticketing.seating.faults import PlanRefused

pytestmark = pytest.mark.django_db


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100))


def drawn(kind: str, side: int) -> bytes:
    content = io.BytesIO()
    Image.new("L", (side, side)).save(content, kind)
    return content.getvalue()


NO_PICTURES = {
    "empty": b"",
    "half a gif": b"GIF89a",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "pdf": b"%PDF-1.7 not a picture",
    "program": b"<?php system($_GET['c']);",
    "half a jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 2000,
    "half a png": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "half a webp": b"RIFF\0\0\0\0WEBP",
    "bomb": png_header(60_000, 60_000),
    "too large": b"A" * (16 * 1024 * 1024),
    "archive": b"PK\x03\x04" + b"\0" * 100,
    "format nobody sends": drawn("BMP", 8),
    "program that draws": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 8 8\n" + b"0" * 100,
}


@pytest.mark.parametrize("content", NO_PICTURES.values(), ids=NO_PICTURES.keys())
def test_what_is_no_picture_leaves_nothing_behind(
    now: datetime, settings: Settings, tmp_path: Path, content: bytes
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    house = a_house(now)
    with nothing_stored(), pytest.raises(TicketingError) as refused:
        media.upload_picture(house=house, file=io.BytesIO(content), alt=text("x"), now=now)
    assert str(refused.value)
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def _broken(change: Any) -> bytes:
    document = a_plan_document(rows=2, seats=4)
    change(document)
    return json.dumps(document).encode()


def _seats(document: dict[str, Any]) -> list[dict[str, Any]]:
    return document["areas"][0]["rows"][0]["seats"]


NO_PLANS = {
    "double seats": _broken(lambda document: _seats(document)[1].update(id=_seats(document)[0]["id"])),
    "unknown rank": _broken(lambda document: _seats(document)[1].update(rank="no-such-rank")),
    "no number": _broken(lambda document: _seats(document)[1].update(x="NaN")),
    "no areas": _broken(lambda document: document.update(areas=[])),
    "version": _broken(lambda document: document.update(version=99)),
    "50 MB": b"[" * 25_000_000 + b"]" * 25_000_000,
    "nested": b'{"a":' * 1_000_000,
    "empty": b"",
    "null": b"null",
    "list": b"[]",
    "object": b"{}",
    "bytes": b"\x00\x01\x02",
    "infinite": b'{"format": "parterre.seatingplan", "version": 1e999}',
    "unknown category": json.dumps(
        {"name": "x", "categories": [], "zones": [{"rows": [{"seats": [{"category": "none"}]}]}]}
    ).encode(),
}


@pytest.mark.parametrize("data", NO_PLANS.values(), ids=NO_PLANS.keys())
def test_a_plan_with_faults_is_refused_and_not_stored(now: datetime, data: bytes) -> None:
    house = a_house(now)
    a_rank(house)
    plan = seating.create_plan(hall=a_hall(now, house), name="Zaal")
    with nothing_stored(), pytest.raises(PlanRefused) as refused:
        seating.import_plan_file(plan=plan, data=data, now=now)
    assert str(refused.value)


DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3"/></svg>'
BOMB = b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + DRAWING


@pytest.mark.parametrize(("name", "content"), [
    ("mark.svg", DRAWING.replace(b"<circle", b"<script>alert(1)</script><circle")),
    ("mark.svg", DRAWING.replace(b"<circle", b"<circle onload='alert(1)'")),
    ("mark.svg", DRAWING.replace(b"<circle", b"<s:script xmlns:s='http://www.w3.org/2000/svg'>x</s:script><circle")),
    ("mark.svg", DRAWING.replace(b"<circle", b"<a href='&#106;ava\nscript:x'><circle r='1'/></a><circle")),
    ("mark.svg", DRAWING.replace(b"<circle", b"<foreignObject/><circle")),
    ("mark.svg", b"<?xml-stylesheet href='x.css'?>" + DRAWING),
    ("mark.svg", DRAWING.decode().encode("utf-16")),
    ("mark.svg", BOMB),
    ("mark.svg", b"<html><body>hello</body></html>"),
    ("mark.svg", b"not a drawing"),
    ("mark.svg", DRAWING + b" " * 600_000),
    ("mark.html", DRAWING),
    ("mark", DRAWING),
    ("mark.png", b"<script>alert(1)</script>"),
    ("mark.png", png_header(60_000, 60_000)),
    ("mark.png", drawn("PNG", 2_001)),
])  # fmt: skip
def test_a_logo_that_is_none_is_not_stored(
    now: datetime, settings: Settings, tmp_path: Path, name: str, content: bytes
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    house = a_house(now)
    with nothing_stored(), pytest.raises(LogoUnfit):
        houses.update_house(house_id=house.pk, logo_light=ContentFile(content, name), now=now)
    assert list(tmp_path.rglob("*.*")) == []


def test_a_drawing_is_a_logo_and_stays_one(now: datetime, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    house = houses.update_house(house_id=a_house(now).pk, logo_light=ContentFile(DRAWING, "mark.svg"), now=now)
    assert house.logo_light.read() == DRAWING
    assert houses.update_house(house_id=house.pk, logo_light=house.logo_light, now=now).logo_light.name
