"""What is for sale in the browser tests: two houses of one cluster, a small theatre, standing rooms and codes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image, ImageFilter

from demo import halls
from tests.ticketing import building, paying
from ticketing.models import Cluster, House, Performance, PriceVoucher, Production, SeatingPlanVersion
from ticketing.operations import gift_cards, houses, inventory, media, prices, programme, reference, seating
from ticketing.operations.prices import Cell

VOUCHER, CARD_VALUE = "LENTE10", Decimal("20.00")
PRICES = {"1": Decimal("28.00"), "2": Decimal("22.00"), "3": Decimal("16.00")}
LANGUAGES = ("nl", "fr", "en")


def text(nl: str, fr: str, en: str) -> dict[str, str]:
    return {"nl": nl, "fr": fr, "en": en}


def small_theatre() -> dict[str, Any]:
    """Stalls of eight rows in two ranks with an aisle and wheelchair places, and a balcony."""

    def middle(count: int) -> Sequence[int]:
        return (count // 2,)

    fan = halls.Fan(300, -330, 470)
    stalls = halls.rows("P", "ABCDEFGH", fan, lambda row: 12, middle, lambda row: "1" if row < 5 else "2")
    balcony = halls.rows("B", ["1", "2"], halls.Fan(300, -330, 740), lambda row: 16, middle, halls.always("3"))
    halls.make_wheelchair_pairs(stalls[-1], [(0, 1), (-1, -2)])
    halls.mark_restricted(balcony[0], [0, -1])
    return halls.plan(
        text("Kleine zaal", "Petite salle", "Small house"),
        [
            halls.area("P", text("Parterre", "Parterre", "Stalls"), 0, stalls),
            halls.area("B", text("Balkon", "Balcon", "Balcony"), 1, balcony),
        ],
        [halls.stage(300, 40, 300, 50)],
        (300, 60),
    )


def two_seats(*aisles: int) -> dict[str, Any]:
    row = halls.rows("L", ["1"], halls.Block(300, 160), lambda row: 2, lambda count: aisles, halls.always("1"))
    name = text("Loge", "Loge", "Box")
    return halls.plan(name, [halls.area("L", name, 0, row)], [halls.stage(300, 40, 300, 50)], (300, 60))


class Stage:
    """Every test takes a night of its own, so that none meets the places of another."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        building.a_vat_rule()
        building.a_vat_rule(activity_class="service", rate="21.00")
        reference.create_genre(code="theatre", name=text("Theater", "Théâtre", "Theatre"))
        cluster = houses.create_cluster(slug="samen", name="Vier huizen")
        self.house = self._house(cluster, "zomerhof", "Zomerhof", "#8a1538")
        self.neighbour = self._house(cluster, "loods", "Loods Negen", "#1f6f78")
        self.theatre = self._plan(self.house, small_theatre())
        # With it the whole shop has something to show on every page.
        self.sold_out = self.seated("Uitverkocht", version=self._plan(self.house, two_seats()))
        paying.paid_order(self.sold_out, now, "0", "1")
        PriceVoucher.objects.create(
            house=self.house, code=VOUCHER, name="Lente", effect=PriceVoucher.Effect.PERCENT, value=Decimal(10),
            valid_from=now - timedelta(days=1),
        )  # fmt: skip

    def _house(self, cluster: Cluster, slug: str, name: str, accent: str) -> House:
        house = building.a_house(
            self.now, slug, cluster=cluster, name=name, accent=accent, cancel_until_hours=24, languages=list(LANGUAGES),
            tagline=text("Altijd open, ook in de regen.", "Ouvert, même sous la pluie.", "Open, even in the rain."),
            about=text("Een huis aan het water.", "Une maison au bord de l’eau.", "A house by the water."),
            terms=text("Voorwaarden.", "Conditions.", "Terms."),
            privacy_notice=text("Privacy.", "Vie privée.", "Privacy."),
            practical=text("Deuren om 19.30 uur.", "Portes à 19 h 30.", "Doors at 7.30 pm."),
        )  # fmt: skip
        others = {"zomerhof": "org_zomerhof", "loods": "org_loods"}
        houses.open_payment_account(
            house=house, provider="mollie", name="Mollie", settings={"routing": others},
            methods=["bancontact", "ideal", "creditcard"],
        )  # fmt: skip
        self._prices(house)
        return house

    def _prices(self, house: House) -> None:
        names = text("Normaal", "Plein tarif", "Full price"), text("Jong", "Jeune", "Young")
        full = building.a_price_type(house, name=names[0])
        young = building.a_price_type(house, "young", "J", name=names[1], family="reduced")
        cells = []
        for tone, (code, price) in enumerate(PRICES.items(), 1):
            rank = prices.create_rank(
                house=house, code=code, name=text(f"Rang {code}", f"Catégorie {code}", f"Band {code}"), tone=tone
            )
            cells += [Cell(rank, full, price), Cell(rank, young, price / 2)]
        self.grids = {**getattr(self, "grids", {}), house.slug: building.a_price_grid(self.now, house, *cells)}

    def _plan(self, house: House, document: dict[str, Any]) -> SeatingPlanVersion:
        hall = building.a_hall(self.now, house, licensed_capacity=4000)
        plan = seating.create_plan(hall=hall, name=uuid4().hex[:8])
        return seating.store_plan_version(plan=plan, document=document, now=self.now)

    def seated(self, title: str = "De meeuw", *, version: SeatingPlanVersion | None = None) -> Performance:
        return self.night(self.house, title, version or self.theatre)

    def parted(self) -> Performance:
        """Two seats with an aisle between them."""
        return self.seated("Gescheiden", version=self._plan(self.house, two_seats(1)))

    def large(self) -> Performance:
        """3,500 seats: more than one drawing shows at once."""
        return self.night(self.house, "Arena", self._plan(self.house, halls.sector_hall(7, 20, 25, 7)))

    def standing(self, title: str = "Nachtlawaai", *, capacity: int = 60, house: House | None = None) -> Performance:
        house = house or self.house
        name = text("Staanplaatsen", "Places debout", "Standing")
        return self.night(house, title, self._plan(house, halls.standing_room(name, capacity)))

    def night(self, house: House, title: str, version: SeatingPlanVersion, *, days: int = 20) -> Performance:
        production = self._production(house, title)
        return self.again(production, version, days=days)

    def again(self, production: Production, version: SeatingPlanVersion, *, days: int) -> Performance:
        made = programme.create_performance(
            production=production, hall=version.plan.hall, plan_version=version,
            starts_at=self.now + timedelta(days=days), now=self.now,
        )  # fmt: skip
        inventory.create_places(performance_id=made.pk, now=self.now)
        prices.attach_price_grid(performances=[made], version=self.grids[production.house.slug], now=self.now)
        return programme.put_on_sale(performance_id=made.pk, now=self.now)

    def _production(self, house: House, title: str) -> Production:
        production = programme.create_production(
            house=house, now=self.now, slug=f"{title.lower().replace(' ', '-')}-{uuid4().hex[:6]}",
            title=text(title, f"{title} (fr)", title), genre=building.a_genre(),
            teaser=text("Een avond aan zee.", "Une soirée à la mer.", "An evening by the sea."),
        )  # fmt: skip
        return programme.publish_production(production_id=production.pk, now=self.now)

    def gift_card(self) -> str:
        return gift_cards.issue(house_id=self.house.pk, value=CARD_VALUE, now=self.now).code

    def give_picture(self, performance: Performance) -> None:
        picture, file = Image.radial_gradient("L").resize((1600, 1000)).filter(ImageFilter.SMOOTH), io.BytesIO()
        Image.merge("RGB", (picture, picture.point(lambda tone: tone // 3), picture)).save(file, "JPEG")
        asset = media.upload_picture(
            house=performance.house, file=ContentFile(file.getvalue(), "zee.jpg"), now=self.now,
            alt=text("De zee bij nacht", "La mer, la nuit", "The sea by night"),
        )  # fmt: skip
        programme.update_production(production_id=performance.production_id, image=asset, now=self.now)
