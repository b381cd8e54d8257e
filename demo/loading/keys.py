"""Everything to try the demo with: keys of the API and the doors, gift cards and codes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from demo.loading.foundation import opened_at
from demo.loading.steps import Loading, Progress
from ticketing.models import ApiKey, House, PriceType, PriceVoucher
from ticketing.operations import gift_cards
from ticketing.operations.api_keys import issue_api_key
from ticketing.operations.houses import programme_changed

GIFT_CARDS = {"CADEAU50DEMA": Decimal("50.00"), "CADEAU25DEMB": Decimal("25.00"), "CADEAU5DEMC": Decimal("5.00")}
PROMO_CODE = "PARTERRE20"
COMPANION_CODE = "BEGELEIDER"


def load_keys(loading: Loading, progress: Progress) -> None:
    """The secrets are kept with the step: an installation that shows itself must be able to tell them."""
    with transaction.atomic():
        keys = {}
        for house in House.objects.order_by("pk"):
            website = issue_api_key(
                house=house, name="Website", scopes=[ApiKey.Scope.READ, ApiKey.Scope.SELL], now=loading.now
            )
            door = issue_api_key(house=house, name="Deur", scopes=[ApiKey.Scope.SCAN], now=loading.now)
            keys[house.slug] = {"api": website.secret, "door": door.secret}
            _load_codes(house, loading)
        seller = House.objects.get(slug="kantelaar")
        for code, value in GIFT_CARDS.items():
            gift_cards.issue(house_id=seller.pk, value=value, now=loading.now, code=code)
        progress.keep(keys=keys)


def _load_codes(house: House, loading: Loading) -> None:
    period = {"valid_from": opened_at(loading), "valid_until": loading.now + timedelta(days=365)}
    PriceVoucher.objects.create(
        house=house, code=PROMO_CODE, name="20 % om te proberen", effect=PriceVoucher.Effect.PERCENT,
        value=Decimal("20"), **period,
    )  # fmt: skip
    PriceVoucher.objects.create(
        house=house, code=COMPANION_CODE, name="Begeleider", effect=PriceVoucher.Effect.PRICE_TYPE,
        price_type=PriceType.objects.get(house=house, code="companion"), max_per_order=2, **period,
    )  # fmt: skip
    programme_changed(house.pk)
