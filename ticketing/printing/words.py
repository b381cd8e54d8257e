"""From a ticket in the database to the words on its sheet."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.core.files.storage import default_storage
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from i18nfield.strings import LazyI18nString

from ticketing.barcodes import Barcode, SigningKey
from ticketing.models import Credit, House, Performance, SeatingPlanVersion
from ticketing.money import written
from ticketing.printing.colours import ink_on
from ticketing.printing.sheets import HouseStyle, TicketSheet
from ticketing.queries.printing import PrintableTicket


@dataclass(frozen=True)
class NightWords:
    """What all tickets of a performance say in one language."""

    house: HouseStyle
    house_id: int
    performance: str
    production: str
    by_line: str
    starts_at: datetime
    weekday: str
    day: str
    moment: str
    time: str
    hall: str
    doors_open: str
    address: str
    practical: str
    plan_version_id: int | None


def ticket_sheets(tickets: Sequence[PrintableTicket], *, key: SigningKey, language: str) -> list[TicketSheet]:
    return [_sheet(ticket, key, language) for ticket in tickets]


def night_words(ticket: PrintableTicket, *, language: str) -> NightWords:
    return _night_words(ticket.performance_id, ticket.programme_version, language)


def _sheet(ticket: PrintableTicket, key: SigningKey, language: str) -> TicketSheet:
    night = night_words(ticket, language=language)
    row_term, row = term_and_code(_in(language, ticket.sold.get("row")))
    seat_term, _number = term_and_code(_in(language, ticket.sold.get("seat")))
    return TicketSheet(
        house=night.house,
        production=night.production,
        by_line=night.by_line,
        weekday=night.weekday,
        day=night.day,
        moment=night.moment,
        time=night.time,
        hall=night.hall,
        zone=_in(language, ticket.sold.get("area")),
        price_type=_in(language, ticket.sold.get("price_type")),
        price=written(ticket.gross, language),
        order_reference=ticket.order_reference,
        code=ticket.code,
        barcode=key.sign(Barcode(performance=night.performance, serial=ticket.serial)),
        performance=night.performance,
        starts_at=night.starts_at,
        door=_in(language, _door(night.plan_version_id, ticket)),
        row=row,
        seat=str(ticket.sold.get("number") or ""),
        row_term=row_term,
        seat_term=seat_term,
        doors_open=night.doors_open,
        address=night.address,
        practical=night.practical,
        holder=ticket.holder,
    )


@lru_cache(maxsize=256)
def _night_words(performance_id: int, programme_version: int, language: str) -> NightWords:
    """Kept, like the terms of a sale: whatever changes the words of a night moves the version of its house on."""
    performance = Performance.objects.select_related("production__genre", "hall__venue", "house").get(pk=performance_id)
    production, venue, house = performance.production, performance.hall.venue, performance.house
    names = Credit.objects.filter(production=production).values_list("performer__name", flat=True)
    starts_at = localtime(performance.starts_at)
    with override(language):
        return NightWords(
            house=house_style(house),
            house_id=house.pk,
            performance=performance.code,
            production=_in(language, production.title),
            by_line=by_line(list(names), _in(language, production.genre.name)),
            starts_at=starts_at,
            weekday=date_format(starts_at, "l").capitalize(),
            day=date_format(starts_at, "j F"),
            moment=short_moment(starts_at),
            time=time_format(starts_at, "H:i"),
            hall=_in(language, performance.hall.name),
            doors_open=_doors_open(performance),
            address=f"{venue.street}, {venue.postcode} {venue.city}",
            practical=_in(language, house.practical),
            plan_version_id=performance.plan_version_id,
        )


def by_line(performers: Sequence[str], genre: str) -> str:
    """Who and what, as a programme would say it: "Compagnie Zilvervos, dans"."""
    return ", ".join(filter(None, (*performers[:2], genre.lower())))


def term_and_code(words: str) -> tuple[str, str]:
    """ "rij F" as ("Rij", "F"), to stand above each other; a bare "F" has no term of its own."""
    term, _gap, code = words.rpartition(" ")
    return term[:1].upper() + term[1:], code


def short_moment(starts_at: datetime) -> str:
    """With the year, because a ticket on a fridge outlives the season."""
    return f"{date_format(starts_at, 'D j F Y')}, {time_format(starts_at, 'H:i')}".lower()


def house_style(house: House) -> HouseStyle:
    logo = _data_uri(house.logo_light.name) if house.logo_light else ""
    return HouseStyle(name=house.name, accent=house.accent, accent_ink=ink_on(house.accent), logo=logo)


def _in(language: str, text: LazyI18nString | Mapping[str, str] | str | None) -> str:
    """Stored words as the reader's language has them, else as the house wrote them first."""
    if isinstance(text, LazyI18nString):
        return text.localize(language)
    return str(LazyI18nString(dict(text)).localize(language)) if isinstance(text, Mapping) else (text or "")


def _doors_open(performance: Performance) -> str:
    if performance.doors_at is None:
        return ""
    return _("Doors open at %(time)s.") % {"time": time_format(localtime(performance.doors_at), "H:i")}


def _door(plan_version_id: int | None, ticket: PrintableTicket) -> Mapping[str, str]:
    if plan_version_id is None:
        return {}
    doors = _doors(plan_version_id)
    return doors.get((ticket.area, ticket.seat)) or doors.get((ticket.area, ""), {})


@lru_cache(maxsize=64)
def _doors(plan_version_id: int) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Which entrance leads to an area, or to a seat of its own. Kept, for the plan of a ticket is frozen."""
    document: dict[str, Any] = SeatingPlanVersion.objects.values_list("document", flat=True).get(pk=plan_version_id)
    names = {entrance["code"]: entrance["name"] for entrance in document.get("entrances", ())}
    doors = {(area["code"], ""): names.get(area.get("entrance"), {}) for area in document["areas"]}
    for area in document["areas"]:
        for row in area.get("rows", ()):
            doors |= {
                (area["code"], seat["id"]): names[seat["entrance"]] for seat in row["seats"] if "entrance" in seat
            }
    return doors


@lru_cache(maxsize=64)
def _data_uri(name: str) -> str:
    """A logo inside the document itself; a new logo gets a new name from the storage."""
    with default_storage.open(name) as file:
        content = base64.b64encode(file.read()).decode()
    return f"data:{mimetypes.guess_type(name)[0] or 'image/png'};base64,{content}"
