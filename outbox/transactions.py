"""Tells whether somebody holds a transaction open, not counting the one a test case wraps around everything."""

from __future__ import annotations

from django.db import connection


def transaction_is_open() -> bool:
    if not connection.in_atomic_block:
        return False
    # Django marks the blocks of its own test cases; a transaction opened by hand (no blocks) counts as open.
    blocks = connection.atomic_blocks
    return not blocks or any(not getattr(block, "_from_testcase", False) for block in blocks)
