"""The containers run what `./dev run` runs, and nothing of the demo."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from devtools.paths import ROOT
from devtools.programs import BEAT, WEB, WORKER


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"])


def test_every_process_is_called_as_on_one_machine(services: dict[str, Any]) -> None:
    called = {name: tuple(services[name]["command"]) for name in ("web", "worker", "beat")}
    assert called == {"web": WEB, "worker": WORKER, "beat": BEAT}


def test_the_image_starts_a_web_process_by_itself() -> None:
    command = (ROOT / "Dockerfile").read_text().rstrip().rpartition("\nCMD ")[2]
    assert tuple(yaml.safe_load(command)) == WEB


def test_there_are_two_web_processes_behind_the_proxy(services: dict[str, Any]) -> None:
    assert services["web"]["deploy"]["replicas"] == 2
    assert set(services) == {"postgres", "valkey", "migrate", "web", "worker", "beat", "proxy"}
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_nothing_starts_before_the_tables_are_there(services: dict[str, Any]) -> None:
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_no_secret_has_a_value_of_its_own(services: dict[str, Any]) -> None:
    secrets = {
        name: str(value) for name, value in services["web"]["environment"].items() if "KEY" in name or "TOKEN" in name
    }
    assert secrets
    assert all(value.startswith("${") for value in secrets.values())


def test_every_variable_is_named_in_the_example() -> None:
    example = (ROOT / "deploy/environment.example").read_text()
    text = (ROOT / "docker-compose.yml").read_text()
    required = {part.split(":?")[0] for part in text.split("${")[1:] if ":?" in part.split("}")[0]}
    assert required
    assert all(f"{name}=" in example for name in required)
