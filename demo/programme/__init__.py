"""The season of the four houses, by subject: who plays what, in three languages, on which nights."""

from __future__ import annotations

from demo.programme import comedy, concerts, dance, family, films, gigs, opera, talks, theatre

PRODUCTIONS = (
    *dance.PRODUCTIONS,
    *theatre.PRODUCTIONS,
    *opera.PRODUCTIONS,
    *comedy.PRODUCTIONS,
    *family.PRODUCTIONS,
    *concerts.PRODUCTIONS,
    *gigs.PRODUCTIONS,
    *films.PRODUCTIONS,
    *talks.PRODUCTIONS,
)
BY_SLUG = {production.slug: production for production in PRODUCTIONS}
