"""The first who asks a new process must not wait for it to load what answers."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings

LOADED = "import sys, config.wsgi; from django.conf import settings; print(settings.ROOT_URLCONF in sys.modules)"


def test_all_that_answers_is_loaded_before_the_processes_part() -> None:
    found = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert found.stdout.splitlines()[-1:] == ["True"]
