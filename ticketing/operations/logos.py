"""Judges the mark of a house before it is stored: a small drawing or picture, and nothing that only says so."""

from __future__ import annotations

import io
import re
from pathlib import PurePath
from typing import IO
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _
from PIL import Image

from ticketing.errors import TicketingError

LARGEST = 512 * 1024
MOST_PIXELS = 4_000_000
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
SVG = "{http://www.w3.org/2000/svg}svg"
# Entities can grow without an end before anything is drawn.
UNREAD = re.compile(rb"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet", re.IGNORECASE)
# Shown as a picture a drawing runs nothing; looked at by itself it should have nothing to run either.
ACTIVE = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler", "listener"})


class LogoUnfit(TicketingError):
    code = "logo_unfit"
    message = _("A logo is a drawing (SVG, without scripts) or a picture (PNG, JPEG or WebP) of at most 512 kB.")


def check_logo(name: str, file: IO[bytes]) -> None:
    """Raises LogoUnfit; the file is left at its beginning."""
    content = file.read(LARGEST + 1)
    file.seek(0)
    ending = PurePath(name).suffix.lower()
    is_fit = _is_drawing(content) if ending == ".svg" else ending in FORMATS and _is_picture(content, FORMATS[ending])
    if len(content) > LARGEST or not is_fit:
        raise LogoUnfit


def _is_drawing(content: bytes) -> bool:
    # Only in this encoding is what we look for written as we look for it.
    try:
        content.decode("utf-8")
        if UNREAD.search(content):
            return False
        drawing = ElementTree.fromstring(content)  # noqa: S314 - no entities
        return drawing.tag == SVG and not any(_is_active(element) for element in drawing.iter())
    except (UnicodeDecodeError, ElementTree.ParseError):
        return False


def _is_active(element: ElementTree.Element) -> bool:
    """By its own name, whatever prefix stands before it."""
    return _own(element.tag) in ACTIVE or any(
        _own(name).startswith("on") or "javascript:" in "".join(value.split()).lower()
        for name, value in element.attrib.items()
    )


def _own(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _is_picture(content: bytes, wanted: str) -> bool:
    try:
        picture = Image.open(io.BytesIO(content), formats=[wanted])
        if picture.width * picture.height > MOST_PIXELS:
            return False
        picture.load()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return False
    return True
