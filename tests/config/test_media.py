"""Uploaded files are looked at, and never run."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings


def test_a_picture_may_be_kept_and_may_not_run(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "stage.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    answer = client.get("/media/stage.svg")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@pytest.mark.django_db
def test_a_name_longer_than_any_is_no_picture(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert client.get(f"/media/{'x' * 300}.webp").status_code == 404


def test_nothing_outside_the_folder_is_served(client: Client, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{}")
    settings.MEDIA_ROOT = tmp_path / "media"
    assert client.get("/media/%2e%2e/secrets.json").status_code == 400
