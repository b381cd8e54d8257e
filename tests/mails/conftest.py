from __future__ import annotations

from tests.printing.conftest import _fresh_keys

__all__ = ["_fresh_keys"]
