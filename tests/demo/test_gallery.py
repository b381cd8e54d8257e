"""The page of all components: complete, and only where somebody builds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import datetime

import pytest
from django.test import Client

from demo.gallery.samples import BASKETS
from demo.gallery.specimens import specimens
from devtools.paths import ROOT
from tests.config.test_production import COMPLETE

COMPONENTS = {f"components/{path.name}" for path in (ROOT / "templates/components").glob("*.html")}


def test_every_component_is_in_the_gallery(now: datetime) -> None:
    shown = {specimen.template for specimen in specimens("kept", language="nl", now=now)}
    assert COMPONENTS - shown == set()


@pytest.mark.parametrize("basket", BASKETS)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_gallery_draws_every_state_with_ids_of_its_own(client: Client, language: str, basket: str) -> None:
    answer = client.get(f"/{language}/components/?basket={basket}")
    page = answer.content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert answer.status_code == 200
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'data-template="([^"]+)"', page)) >= COMPONENTS


def test_an_installation_that_sells_has_no_gallery() -> None:
    asked = """import django; django.setup()
from django.urls import NoReverseMatch, reverse
try: print(reverse("gallery:gallery"))
except NoReverseMatch: print("nowhere")"""
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT, env={**os.environ, **COMPLETE}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "nowhere\n", done.stderr
