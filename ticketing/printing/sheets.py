"""What is written on one ticket, whatever it is printed on: texts ready for the reader, no model behind them.

Everything that needs the database is asked for once, by `ticketing.queries.printing`; paper, ticket printer and wallet
then show the same words. The labels follow the active language, so a sheet is laid out inside `override(language)`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from ticketing.printing.squares import square_uri

LONG_TITLE = 22
LONG_PLACE = 8


@dataclass(frozen=True)
class HouseStyle:
    """How a house looks on paper. Colours are `#RRGGBB`, already checked for contrast by the house theme."""

    name: str
    accent: str = "#8A1538"
    accent_ink: str = "#FFFFFF"
    logo: str = ""  # a data URI, so that printing never fetches anything


@dataclass(frozen=True)
class Facts:
    name: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TicketSheet:
    house: HouseStyle
    production: str
    by_line: str  # performer and genre: "Compagnie Zilvervos, dans"
    weekday: str  # "Vrijdag"
    day: str  # "12 maart"
    moment: str  # "vr 12 maart 2027, 20:00"
    time: str  # "20:00"
    hall: str
    zone: str
    price_type: str
    price: str  # "€ 28,00"
    order_reference: str
    code: str  # the twelve characters a person types when the square cannot be read
    barcode: str = field(repr=False)
    performance: str = ""  # its public code
    starts_at: datetime | None = None
    door: str = ""
    row: str = ""  # "F"; empty for a standing place
    seat: str = ""  # "11"
    row_term: str = ""  # what the hall calls it, when not a row ("Loge") or not a seat ("Rolstoelplaats")
    seat_term: str = ""
    doors_open: str = ""  # "Zaal open om 19:30."
    address: str = ""  # "Grote Markt 4, Kantelare"
    practical: str = ""
    holder: str = ""  # the person a personal ticket is for
    desk: str = ""  # where and by whom a ticket printer was asked: "kassa 1 · Lotte · 12/03 19:42"

    @property
    def place(self) -> str:
        """The place in the fewest characters, big on the stub; row 3 and seat 32 are not one number."""
        both_numbers = self.row[-1:].isdigit() and self.seat[:1].isdigit()
        return (" · " if both_numbers else " ").join(filter(None, (self.row, self.seat))) or self.zone

    @property
    def is_long(self) -> bool:
        return len(self.production) > LONG_TITLE or len(self.place) > LONG_PLACE

    @property
    def typed_code(self) -> str:
        return grouped(self.code)

    @property
    def square(self) -> str:
        return square_uri(self.barcode)

    @property
    def square_text(self) -> str:
        return _("QR code of ticket %(code)s") % {"code": self.typed_code}

    @property
    def facts(self) -> tuple[Facts, ...]:
        when = ((self.weekday, self.day), (_("Starts at"), self.time), (_("Door"), self.door))
        price = ((_("Price type"), self.price_type), (_("Final price"), self.price))
        whose = ((_("Order"), self.order_reference), (_("Name"), self.holder))
        return (
            Facts("when", _filled(when)),
            Facts("place-facts", self.place_facts),
            Facts("what", _filled((*price, *whose))),
        )

    @property
    def place_facts(self) -> tuple[tuple[str, str], ...]:
        row, seat = (self.row_term or _("Row"), self.row), (self.seat_term or _("Seat"), self.seat)
        return _filled(((_("Zone"), self.zone), row, seat))

    @property
    def price_line(self) -> str:
        return _("final price %(price)s") % {"price": self.price}

    @property
    def hall_and_door(self) -> str:
        return _("%(hall)s, door %(door)s") % {"hall": self.hall, "door": self.door} if self.door else self.hall

    @property
    def address_line(self) -> str:
        return " · ".join(filter(None, (self.moment, self.hall, self.address)))

    @property
    def cut_line(self) -> str:
        return " · ".join(filter(None, (self.order_reference, self.desk)))


def _filled(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((term, text) for term, text in pairs if text)


def grouped(code: str) -> str:
    """Twelve characters as three groups of four, the way people read a code aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
