"""A Django with nothing in it but one view around the SQL of a hold: what any Django shop pays at the least."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

from django.conf import settings

if not settings.configured:
    import environ

    database = environ.Env().db("DATABASE_URL")
    options = {"server_side_binding": True, "prepare_threshold": 5}
    settings.configure(
        SECRET_KEY="floor",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        DATABASES={"default": {**database, "CONN_MAX_AGE": None, "OPTIONS": options}},
        USE_TZ=True,
    )

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.floor.statements import kept, send

STATEMENTS = kept(Path(os.environ["FLOOR_STATEMENTS"]))
FIRST = int(os.environ.get("FLOOR_FIRST_SEAT", "0"))


@cache
def _seats(process: int) -> Iterator[int]:
    """Each process goes its own way, so that what is measured is a hold and not a refusal. Made after the fork."""
    return count(FIRST + process * 1_009 % 8_000)


@csrf_exempt
def hold(request: HttpRequest) -> HttpResponse:
    return HttpResponse("held" if send(STATEMENTS, seat=next(_seats(os.getpid())) % 9_000) else "taken")


urlpatterns = [path("hold", hold)]
application = get_wsgi_application()
