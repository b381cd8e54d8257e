"""The orphan rule at "Verder": the whole party of each performance is judged at once."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import Place
from ticketing.queries.baskets import BasketContents
from ticketing.queries.places import free_places
from ticketing.queries.terms import SaleTerms
from ticketing.seating.compiled import place_code
from ticketing.seating.orphans import orphan_refusal


class LeavesOneSeat(TicketingError):
    """`performance` and the codes of what stands alone and of the places offered instead."""

    code = "leaves_one_seat"
    message = _("Your choice leaves one seat alone that nobody else will want. Shift one seat; the party still fits.")
    status = 409

    def __init__(self, *, performance: str, orphans: tuple[str, ...], suggestion: tuple[str, ...]) -> None:
        super().__init__()
        self.performance, self.orphans, self.suggestion = performance, orphans, suggestion


def check_orphans(basket: BasketContents, *, now: datetime) -> None:
    """Raises LeavesOneSeat with the shift that solves it. Costs one statement per seated performance."""
    parties: defaultdict[int, list[int]] = defaultdict(list)
    terms_of: dict[int, SaleTerms] = {}
    for line in basket.place_lines:
        assert line.terms is not None and line.place is not None
        if line.place.kind != Place.Kind.STANDING and line.terms.refuse_orphans:
            parties[line.terms.performance_id].append(int(line.place.code, 36))
            terms_of[line.terms.performance_id] = line.terms
    for performance_id, chosen in parties.items():
        terms = terms_of[performance_id]
        plan = terms.plan
        free = free_places(performance_id, size=len(plan), now=now, channel_kind=basket.channel_kind)
        refusal = orphan_refusal(plan, free, chosen)
        if refusal is not None:
            raise LeavesOneSeat(
                performance=terms.code,
                orphans=tuple(place_code(index) for index in refusal.orphans),
                suggestion=tuple(place_code(index) for index in refusal.suggestion),
            )
