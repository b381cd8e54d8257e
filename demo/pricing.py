"""Tariffs and price grids of the four houses. Amounts are final prices; the fee is inside them."""

from __future__ import annotations

from decimal import Decimal

from demo.content import Grid, Tariff, Text

# What a customer must carry to be offered the subscriber tariff.
SUBSCRIBER_LABEL = "abonnee"
# Booking costs per place, by house.
FEES = {
    "kantelaar": Decimal("1.50"),
    "loods-negen": Decimal("1.00"),
    "cinema-pavane": Decimal("0.50"),
    "quatre-vents": Decimal("1.50"),
}
FEE_NAME = Text("Reservatiekost", "Frais de réservation", "Booking fee")

RANKS = {
    "1": Text("Rang I", "Catégorie 1", "Band A"),
    "2": Text("Rang II", "Catégorie 2", "Band B"),
    "3": Text("Rang III", "Catégorie 3", "Band C"),
    "4": Text("Rang IV", "Catégorie 4", "Band D"),
}

PROOF = Text("Toon je identiteitskaart aan de deur.", "Carte d’identité à l’entrée.", "Bring your ID to the door.")

TARIFFS = (
    Tariff("normal", "N", "full", Text("Normaal", "Plein tarif", "Full price"), Text("", "", "")),
    Tariff("youth", "J", "reduced", Text("Jonger dan 26", "Moins de 26 ans", "Under 26"), PROOF, {"proof": {}}),
    Tariff("senior", "S", "reduced", Text("65 en ouder", "65 ans et plus", "65 and over"), PROOF, {"proof": {}}),
    Tariff(
        "group",
        "G",
        "reduced",
        Text("Groep", "Groupe", "Group"),
        Text("Vanaf 10 personen.", "À partir de 10 personnes.", "Ten people or more."),
        {"minimum": {"count": 10}},
    ),
    Tariff(
        "subscriber",
        "A",
        "subscription",
        Text("Abonnee", "Abonné", "Subscriber"),
        Text("Voor wie een abonnement heeft.", "Pour les abonnés de la saison.", "For season subscribers."),
        {"label": {"code": SUBSCRIBER_LABEL}},
    ),
    Tariff(
        "companion",
        "B",
        "free",
        Text("Begeleider", "Accompagnant", "Companion"),
        Text(
            "Gratis naast een rolstoelplaats, met de code van het huis.",
            "Gratuit à côté d’un emplacement pour fauteuil roulant, avec le code de la maison.",
            "Free beside a wheelchair bay, with the code of the house.",
        ),
        {"code": {}, "maximum": {"count": 2}},
    ),
)
TARIFF_SLUGS = tuple(tariff.slug for tariff in TARIFFS)


def _row(normal: str, youth: str, senior: str, group: str, subscriber: str) -> dict[str, Decimal]:
    amounts = (normal, youth, senior, group, subscriber, "0.00")
    return {slug: Decimal(amount) for slug, amount in zip(TARIFF_SLUGS, amounts, strict=True)}


GRIDS = (
    Grid(
        "groot",
        Text("Grote producties", "Grandes formes", "Large scale"),
        {
            "1": _row("42.00", "24.00", "38.00", "36.00", "34.00"),
            "2": _row("34.00", "19.00", "31.00", "29.00", "28.00"),
            "3": _row("24.00", "14.00", "22.00", "20.00", "19.00"),
        },
    ),
    Grid(
        "avond",
        Text("Avondvoorstelling", "Soirée", "Evening"),
        {
            "1": _row("28.00", "16.00", "25.00", "24.00", "22.00"),
            "2": _row("22.00", "13.00", "20.00", "18.00", "18.00"),
            "3": _row("16.00", "10.00", "14.00", "13.00", "12.00"),
        },
    ),
    Grid(
        "familie",
        Text("Familie", "Jeune public", "Family"),
        {
            "1": _row("15.00", "11.00", "14.00", "10.00", "12.00"),
            "2": _row("13.00", "9.00", "12.00", "8.50", "10.00"),
            "3": _row("10.00", "7.00", "9.00", "6.50", "8.00"),
        },
    ),
    Grid(
        "tribune",
        Text("Zwarte doos, zittend", "Boîte noire, assis", "Black box, seated"),
        {"1": _row("18.00", "11.00", "16.00", "14.00", "14.00"), "2": _row("15.00", "9.00", "13.00", "11.00", "11.00")},
    ),
    Grid(
        "staand",
        Text("Staand concert", "Concert debout", "Standing gig"),
        {"1": _row("21.00", "15.00", "19.00", "17.00", "17.00")},
    ),
    Grid(
        "club",
        Text("Club", "Club", "Club night"),
        {rank: _row("12.00", "8.00", "12.00", "10.00", "9.00") for rank in ("1", "2")},
    ),
    Grid(
        "film",
        Text("Film", "Séance", "Screening"),
        {"1": _row("10.50", "8.00", "9.00", "7.00", "7.50")},
    ),
    Grid(
        "matinee",
        Text("Matinee", "Matinée", "Matinee"),
        {"1": _row("7.50", "6.00", "6.50", "5.50", "6.00")},
    ),
    Grid(
        "concert",
        Text("Concert", "Concert", "Concert"),
        {
            "1": _row("32.00", "15.00", "29.00", "27.00", "26.00"),
            "2": _row("24.00", "12.00", "22.00", "20.00", "19.00"),
            "3": _row("16.00", "9.00", "14.00", "13.00", "12.00"),
        },
    ),
    Grid(
        "gesprek",
        Text("Gesprek", "Rencontre", "Talk"),
        {"1": _row("9.00", "5.00", "8.00", "7.00", "7.00")},
    ),
)
GRIDS_BY_SLUG = {grid.slug: grid for grid in GRIDS}
