"""The agenda: everything a house plays, by month, narrowed by words, genre, month and label in the address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ticketing.queries.houses import ShopHouse, shop_house
from ticketing.queries.programme import AgendaIndex, AgendaPage, AgendaWish, agenda_index, agenda_page
from ticketing.webshop.caching import FRESH, kept
from ticketing.webshop.cards import show_views
from ticketing.webshop.frame import Frame, framed

FILTERS = ("q", "genre", "month", "label")


@require_safe
def agenda(request: HttpRequest, house: str) -> HttpResponse:
    now = timezone.now()
    found = shop_house(house)
    asked = {name: request.GET.get(name, "").replace("\0", "")[:80].strip() for name in FILTERS}
    page = _page_number(request.GET.get("page", ""))
    content = kept(
        "agenda", found.id, found.programme_version, get_language(), asked, page,
        seconds=FRESH, build=lambda: _content(found, asked, page, now=now),
    )  # fmt: skip
    frame = Frame(request, found, now, section="agenda")
    context = frame.context(content=mark_safe(content))  # noqa: S308 - our template
    return HttpResponse(render_to_string("webshop/agenda.html", context))


def _content(house: ShopHouse, asked: dict[str, str], number: int, *, now: datetime) -> str:
    index = agenda_index([house.id], now=now)
    page = agenda_page([house.id], _wish(asked, number, index), now=now)
    view = framed(house)
    return render_to_string(
        "webshop/_partials/agenda_content.html",
        {
            "house": view,
            "chosen": asked,
            "choices": _choices(asked, index),
            "is_filtered": any(asked.values()),
            "months": _months(show_views(page.shows, now=now)),
            "page": _pager(page, asked, view.agenda_url),
        },
    )


def _wish(asked: dict[str, str], number: int, index: AgendaIndex) -> AgendaWish:
    return AgendaWish(
        productions=tuple(index.productions_with(asked["q"])) if asked["q"] else None,
        genre=asked["genre"],
        label=asked["label"],
        month=_month(asked["month"]),
        page=number,
    )


def _month(text: str) -> date | None:
    match = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text)
    return date(int(match[1]), int(match[2]), 1) if match else None


def _page_number(text: str) -> int:
    return int(text) if re.fullmatch(r"[1-9]\d{0,3}", text) else 1


def _choices(asked: dict[str, str], index: AgendaIndex) -> list[dict[str, Any]]:
    months = [(f"{month:%Y-%m}", date_format(month, "F Y")) for month in index.months]
    wanted = (
        ("genre", _("Genre"), _("All genres"), index.genres),
        ("month", _("Month"), _("All months"), months),
        ("label", _("Series"), _("All series"), index.labels),
    )
    return [
        {"name": name, "label": label, "all": everything, "options": _options(values, asked[name])}
        for name, label, everything, values in wanted
        if values
    ]


def _options(values: Iterable[tuple[str, object]], chosen: str) -> list[dict[str, Any]]:
    return [{"value": code, "label": str(label), "is_chosen": code == chosen} for code, label in values]


def _months(shows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_month = groupby(shows, key=lambda show: timezone.localtime(show["starts_at"]).date().replace(day=1))
    return [{"key": f"{first:%Y%m}", "starts_on": first, "shows": list(group)} for first, group in by_month]


def _pager(page: AgendaPage, asked: dict[str, str], url: str) -> dict[str, Any]:
    def to(number: int) -> str:
        query = {name: value for name, value in asked.items() if value} | ({"page": number} if number > 1 else {})
        return f"{url}?{urlencode(query)}" if query else url

    return {
        "total": page.total,
        "number": page.number,
        "pages": page.pages,
        "is_split": page.pages > 1,
        "before": to(page.number - 1) if page.number > 1 else "",
        "after": to(page.number + 1) if page.number < page.pages else "",
    }
