"""What no wheel brings: Pango for PDF tickets, a browser for its tests. Installed through apt where that is allowed."""

from __future__ import annotations

import ctypes.util
import functools
import os
import shutil
import subprocess
import sys

from devtools.console import step, warn

PANGO_LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
PANGO_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MACOS_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def ensure_pango() -> bool:
    missing = [name for name in PANGO_LIBRARIES if ctypes.util.find_library(name) is None]
    if not missing:
        return True
    if install(PANGO_PACKAGES):
        return True
    by_hand = "brew install pango" if sys.platform == "darwin" else f"apt-get install {' '.join(PANGO_PACKAGES)}"
    warn(f"PDF tickets are off: {', '.join(missing)} not found. Install it with: {by_hand}")
    return False


def ensure_browser() -> bool:
    if _browser_is_there() or install(["chromium"]):
        return True
    warn(
        "Browser tests cannot run: no Chromium found. Install it, or name one in CHROMIUM_BIN: apt-get install chromium"
    )
    return False


def _browser_is_there() -> bool:
    named = os.environ.get("CHROMIUM_BIN")
    found = [named, *map(shutil.which, BROWSERS), *MACOS_BROWSERS]
    return any(path and os.path.exists(path) for path in found)


def install(packages: list[str]) -> bool:
    """Asks nobody anything: root installs, others only where sudo needs no password."""
    prefix = _apt_prefix()
    if prefix is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [*prefix, "apt-get", "install", "-y", "--no-install-recommends", *packages]
    with step(f"apt-get install {' '.join(packages)}"):
        _refresh_lists()
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return done.returncode == 0


@functools.cache
def _apt_prefix() -> tuple[str, ...] | None:
    if os.environ.get("PARTERRE_NO_APT") == "1" or shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ()
    may = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ("sudo", "-n") if may and may.returncode == 0 else None


@functools.cache
def _refresh_lists() -> None:
    prefix = _apt_prefix() or ()
    subprocess.run([*prefix, "apt-get", "update"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
