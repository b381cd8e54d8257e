"""Whose key is this? One statement, by hash: a key has 78 bits or more, so a plain hash cannot be guessed back."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime

from django.db import connection

from ticketing.models import ApiKey

_TYPED = re.compile(r"[\s-]")
_TYPED_KEY = re.compile(r"[2-9A-HJKMNP-Z]{16}", re.IGNORECASE)


def hash_of(secret: str) -> str:
    """Door keys are typed: spaces, dashes and lower case do not matter for them."""
    typed = _TYPED.sub("", secret)
    return hashlib.sha256((typed.upper() if _TYPED_KEY.fullmatch(typed) else secret).encode()).hexdigest()


_COLUMNS = [field.attname for field in ApiKey._meta.concrete_fields]
# By hand, because every request of the API begins with it.
_SQL = f"""
SELECT {", ".join(_COLUMNS)} FROM ticketing_apikey
WHERE key_hash = %s AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > %s)
"""


def api_key_of(secret: str, *, now: datetime) -> ApiKey | None:
    """The living key with this secret; its house is fetched when somebody asks for it."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [hash_of(secret), now])
        row = cursor.fetchone()
    if row is None:
        return None
    found = ApiKey.from_db("default", _COLUMNS, row)
    found.scopes = json.loads(found.scopes) if isinstance(found.scopes, str) else found.scopes
    return found
