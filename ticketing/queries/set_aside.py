"""Places set aside for other sellers: the rule of every contingent that is not released and leaves a channel out.

Two pieces of SQL for whoever reads places: `RULES` stands in the WITH clause, `IS_SET_ASIDE` speaks of the place `p`.
Without contingents, as for most performances, both cost next to nothing.
"""

from __future__ import annotations

RULES = """
rules AS MATERIALIZED (
    SELECT c.performance_id, c.rule FROM ticketing_contingent c
    WHERE c.performance_id = ANY(%(performances)s) AND (c.release_at IS NULL OR c.release_at > %(now)s)
      AND NOT c.channels ? %(channel)s
)
"""


def _names(key: str, value: str) -> str:
    listed = f"r.rule->'{key}'"
    return f"(coalesce(jsonb_array_length({listed}), 0) = 0 OR {listed} ? {value})"


# Whether there is any rule at all is asked once, not for every place.
IS_SET_ASIDE = f"""
((SELECT count(*) > 0 FROM rules) AND EXISTS (
    SELECT 1 FROM rules r WHERE r.performance_id = p.performance_id AND {_names("areas", "p.area")}
        AND {_names("places", "p.code")}
        AND {_names("ranks", "(SELECT k.code FROM ticketing_rank k WHERE k.id = p.rank_id)")}))
"""
