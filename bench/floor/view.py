"""A Django with nothing in it but one view that holds a seat: what any Django shop pays at the least."""

from __future__ import annotations

import random

from django.conf import settings

if not settings.configured:
    import environ

    settings.configure(
        SECRET_KEY="floor",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        DATABASES={"default": {**environ.Env().db("DATABASE_URL"), "CONN_MAX_AGE": None}},
        USE_TZ=True,
    )

from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.floor.tables import INSERT, SEATS, UPDATE


@csrf_exempt
def hold(request: HttpRequest) -> HttpResponse:
    seat, buyer = random.randint(1, SEATS), random.randint(1, 10**9)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UPDATE, [buyer, seat])
        cursor.execute(INSERT, [seat, buyer])
    return HttpResponse(f"held {seat}")


urlpatterns = [path("hold", hold)]
application = get_wsgi_application()
