"""Houses with everything that must be there before a programme: channels, accounts, prices, halls and their plans."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction

from demo import halls
from demo import houses as content
from demo.content import Hall as HallContent
from demo.content import House as HouseContent
from demo.content import Text
from demo.loading.steps import Loading, Progress
from demo.logos import ON_DARK, logo
from demo.paid_at_once import PROVIDER
from demo.pricing import FEE_NAME, FEES, GRIDS, RANKS, TARIFFS
from ticketing.models import Cluster, Hall, House, PriceType, Rank, SalesChannel
from ticketing.operations import houses, prices, reference, seating, venues

# The whole season was put on sale long enough ago for every past order.
OPENED_DAYS_AGO = 200
METHODS = ("bancontact", "ideal", "creditcard", "kbc", "belfius")
PLANS = {
    "schouwburg": halls.theatre,
    "zwarte-doos": halls.black_box,
    "cinema": halls.cinema,
    "concertzaal": halls.concert_hall,
}
# Country, activity class, rate, since, until, source.
VAT_RULES = (
    ("BE", "performing_arts", "6.00", date(1992, 1, 1), None, "KB nr. 20, tabel A, rubriek XXVIII"),
    ("BE", "concert", "6.00", date(1992, 1, 1), None, "KB nr. 20, tabel A, rubriek XXVIII"),
    ("BE", "cinema", "6.00", date(1992, 1, 1), None, "KB nr. 20, tabel A, rubriek XXVIII"),
    ("BE", "exhibition", "6.00", date(1992, 1, 1), None, "KB nr. 20, tabel A, rubriek XXVIII"),
    ("BE", "course", "21.00", date(1992, 1, 1), None, "KB nr. 20"),
    ("BE", "service", "21.00", date(1992, 1, 1), None, "KB nr. 20"),
)


def words(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "fr": text.fr, "en": text.en}


def opened_at(loading: Loading) -> datetime:
    return loading.now - timedelta(days=OPENED_DAYS_AGO)


def load_foundation(loading: Loading, progress: Progress) -> None:
    with transaction.atomic():
        for country, activity_class, rate, since, until, source in VAT_RULES:
            reference.add_vat_rule(
                country=country, activity_class=activity_class, rate=Decimal(rate), valid_from=since,
                valid_until=until, source=source,
            )  # fmt: skip
        for position, (code, name) in enumerate(content.GENRES.items()):
            reference.create_genre(code=code, name=words(name), position=position)
        cluster = houses.create_cluster(slug="vier-huizen", name=content.CLUSTER_NAME.nl)
        for house in content.HOUSES:
            _load_house(house, cluster, loading)


def _load_house(content_of: HouseContent, cluster: Cluster, loading: Loading) -> None:
    now = opened_at(loading)
    house = houses.create_house(
        now=now,
        cluster=cluster,
        slug=content_of.slug,
        name=content_of.name,
        legal_name=f"{content_of.name} vzw",
        tagline=words(content_of.tagline),
        about=words(content_of.about),
        languages=["nl", "fr", "en"],
        default_language=content_of.languages[0],
        email=content_of.email,
        phone=content_of.phone,
        street=content_of.street,
        postcode=content_of.postcode,
        city=content_of.city.nl,
        enterprise_number=content_of.company_number,
        vat_number=f"BE {content_of.company_number}",
        accent=content_of.accent,
        display_font=content_of.display_font,
        cancel_until_hours=content_of.cancel_until_hours,
        terms=words(content_of.terms),
        privacy_notice=words(content.PRIVACY),
        practical=_practical(content_of),
        order_prefix=content_of.order_prefix,
        logo_light=ContentFile(logo(content_of.slug, content_of.accent).encode(), f"{content_of.slug}.svg"),
        logo_dark=ContentFile(logo(content_of.slug, ON_DARK).encode(), f"{content_of.slug}-dark.svg"),
    )
    houses.create_channel(house=house, code="desk", kind=SalesChannel.Kind.DESK, name="Balie")
    _open_accounts(house)
    _load_prices(house, now=now)
    for code, name in content.LABELS.items():
        reference.create_label(house=house, code=code, name=words(name))
    first = loading.today - timedelta(days=150)
    reference.create_season(
        house=house, name=f"{first.year}-{first.year + 1}", starts_on=first, ends_on=first + timedelta(days=380)
    )
    _load_halls(house, content_of, now=now)


def _practical(house: HouseContent) -> dict[str, str]:
    parts = (house.doors, house.access, house.transport, house.cancel_rule)
    return {language: "\n\n".join(getattr(part, language) for part in parts) for language in ("nl", "fr", "en")}


def _open_accounts(house: House) -> None:
    """The houses of the cluster have agreed to be paid together: every account can route to the others."""
    routing = {other.slug: f"org_{other.slug}" for other in content.HOUSES if other.slug != house.slug}
    houses.open_payment_account(
        house=house, provider="mollie", name="Mollie", settings={"routing": routing}, methods=METHODS
    )
    # Never active in the shop: only past orders were paid through it.
    past = houses.open_payment_account(house=house, provider=PROVIDER, name="Vroeger", settings={"routing": routing})
    houses.close_payment_account(account_id=past.pk)


def _load_prices(house: House, *, now: datetime) -> None:
    ranks = {
        code: prices.create_rank(house=house, code=code, name=words(name), tone=position, position=position)
        for position, (code, name) in enumerate(RANKS.items(), 1)
    }
    tariffs = {
        tariff.slug: prices.create_price_type(
            house=house, code=tariff.slug, letter=tariff.letter, name=words(tariff.name), family=tariff.family,
            explanation=words(tariff.explanation), position=position, conditions=tariff.conditions,
        )
        for position, tariff in enumerate(TARIFFS)
    }  # fmt: skip
    fee = FEES[house.slug]
    prices.create_fee(
        house=house, name=words(FEE_NAME), amount=fee, activity_class="service", channel_kinds=[], families=[],
        is_active=True,
    )  # fmt: skip
    for grid in GRIDS:
        _publish_grid(house, grid.slug, grid.prices, ranks=ranks, tariffs=tariffs, fee=fee, now=now)


def _publish_grid(
    house: House,
    name: str,
    rows: dict[str, dict[str, Decimal]],
    *,
    ranks: dict[str, Rank],
    tariffs: dict[str, PriceType],
    fee: Decimal,
    now: datetime,
) -> None:
    """The grids of the demo are written as the buyer sees them: the fee is taken out of each price again."""
    grid = prices.create_price_grid(house=house, name=name)
    cells = [
        prices.Cell(ranks[rank], tariffs[tariff], price - fee if price else price)
        for rank, row in rows.items()
        for tariff, price in row.items()
    ]
    prices.publish_price_grid_version(grid=grid, cells=cells, now=now)


def _load_halls(house: House, content_of: HouseContent, *, now: datetime) -> None:
    venue = venues.create_venue(
        house=house, now=now, slug=content_of.slug, name=content_of.name, street=content_of.street,
        postcode=content_of.postcode, city=content_of.city.nl, country="BE", access=words(content_of.access),
    )  # fmt: skip
    for hall_content in content_of.halls:
        hall = venues.create_hall(
            venue=venue, now=now, code=hall_content.slug, name=words(hall_content.name),
            licensed_capacity=hall_content.capacity,
        )  # fmt: skip
        _load_plan(hall, hall_content, now=now)


def _load_plan(hall: Hall, hall_content: HallContent, *, now: datetime) -> None:
    draw = PLANS.get(hall_content.plan)
    document = draw() if draw else halls.standing_room(words(hall_content.name), hall_content.capacity)
    plan = seating.create_plan(hall=hall, name=hall_content.name.nl)
    seating.store_plan_version(plan=plan, document=document, now=now)
