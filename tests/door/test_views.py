from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from ticketing.door.views import FILES


@pytest.mark.parametrize(
    ("path", "title"), [("nl", "Scannen aan de deur"), ("fr", "Contrôle des billets"), ("en", "Scan")]
)
def test_the_page_comes_in_three_languages(client: Client, path: str, title: str) -> None:
    answer = client.get(f"/door/{path}/")
    assert f"<title>{title}" in answer.content.decode()
    assert f'<html lang="{path}"' in answer.content.decode()


def test_the_page_follows_the_browser_where_no_language_is_named(client: Client) -> None:
    assert '<html lang="fr"' in client.get("/door/", headers={"accept-language": "fr-BE"}).content.decode()
    assert '<html lang="nl"' in client.get("/door/", headers={"accept-language": "de"}).content.decode()


def test_only_the_door_may_run_web_assembly_and_open_the_camera(client: Client) -> None:
    door, other = client.get("/door/"), client.get("/healthz")
    assert "'wasm-unsafe-eval'" in door["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" not in other["Content-Security-Policy"]
    assert "camera=(self)" in door["Permissions-Policy"]
    assert "camera=()" in other["Permissions-Policy"]
    assert door["Referrer-Policy"] == "no-referrer"


def test_the_page_has_no_inline_script_or_style(client: Client) -> None:
    page = client.get("/door/nl/").content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", page) == []


def test_the_worker_keeps_every_file_of_the_page(client: Client) -> None:
    body = client.get("/door/worker.js").content.decode()
    told = json.loads(re.findall(r"self\.door = (.*);", body)[0])
    page = client.get("/door/").content.decode()
    named = set(re.findall(r'(?:src|href|data-reader|data-reader-wasm)="(/static/[^"#]+)', page))
    assert named - set(told["files"]) == set()
    assert told["pages"] == ["/door/", "/door/nl/", "/door/fr/", "/door/en/"]
    assert [name for name in FILES if finders.find(name) is None] == []
    assert 'importScripts("/static/js/door/worker.js")' in body


def test_the_page_asks_nothing_of_the_database(client: Client) -> None:
    """No fixture gives this test a database: reaching for one would fail it."""
    assert client.get("/door/nl/").status_code == 200
