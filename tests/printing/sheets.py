"""The ticket of the mock, whose words every kind of ticket must show."""

from __future__ import annotations

from typing import Any

from ticketing.barcodes import Barcode, KeyRing, SigningKey
from ticketing.printing.sheets import HouseStyle, TicketSheet

KEY = SigningKey.generate(key_id=1)
RING = KeyRing([KEY.public_key])
BARCODE = Barcode(performance="7KQ2M9XD", serial="4HTC7KQ2M9XD4HTC")


def a_sheet(**changes: Any) -> TicketSheet:
    words: dict[str, Any] = {
        "house": HouseStyle("de Kantelaar"),
        "production": "Nachtvlucht",
        "by_line": "Compagnie Zilvervos, dans",
        "weekday": "Vrijdag",
        "day": "12 maart",
        "moment": "vr 12 maart 2027, 20:00",
        "time": "20:00",
        "hall": "Grote zaal",
        "zone": "Parterre",
        "price_type": "Normaal",
        "price": "€ 28,00",
        "order_reference": "K7Q2M9XD",
        "code": "7KQ2M9XD4HTC",
        "barcode": KEY.sign(BARCODE),
        "door": "B",
        "row": "F",
        "seat": "11",
        "doors_open": "Zaal open om 19:30.",
        "address": "Grote Markt 4, Kantelare",
    }
    return TicketSheet(**{**words, **changes})
