"""What people named in the programme do, for their credit."""

from __future__ import annotations

from demo.content import Text

ROLES = {
    "regie": Text("regie", "mise en scène", "director"),
    "muziek": Text("muziek", "musique", "music"),
    "dirigent": Text("dirigent", "direction", "conductor"),
    "bariton": Text("bariton", "baryton", "baritone"),
    "contrabas": Text("contrabas", "contrebasse", "double bass"),
    "klavecimbel": Text("klavecimbel", "clavecin", "harpsichord"),
    "piano": Text("piano", "piano", "piano"),
    "traverso": Text("traverso", "traverso", "traverso"),
}


def name_and_role(credit: str) -> tuple[str, Text | None]:
    """`Judith Claes (dirigent)` is a name with a role; without parentheses there is only a name."""
    name, _, role = credit.removesuffix(")").partition(" (")
    return name, ROLES[role] if role else None
