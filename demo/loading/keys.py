"""Everything to try the demo with: keys of the API and the doors, gift cards and codes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from demo.loading.foundation import opened_at
from demo.loading.steps import Loading, Progress
from ticketing.models import ApiKey, GiftCard, House, PriceType, PriceVoucher
from ticketing.operations import vouchers
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
        expires_on = timezone.localdate(loading.now) + timedelta(days=365)
        for code, value in GIFT_CARDS.items():
            vouchers.give_card(
                house=seller,
                kind=GiftCard.Kind.GIFT_CARD,
                value=value,
                expires_on=expires_on,
                code=code,
                now=loading.now,
            )
        progress.keep(keys=keys)


def _load_codes(house: House, loading: Loading) -> None:
    period: dict[str, Any] = {"valid_from": opened_at(loading), "valid_until": loading.now + timedelta(days=365)}
    vouchers.create_price_voucher(
        house=house,
        code=PROMO_CODE,
        name="20 % om te proberen",
        effect=PriceVoucher.Effect.PERCENT,
        value=Decimal("20"),
        now=loading.now,
        **period,
    )
    vouchers.create_price_voucher(
        house=house,
        code=COMPANION_CODE,
        name="Begeleider",
        effect=PriceVoucher.Effect.PRICE_TYPE,
        price_type=PriceType.objects.get(house=house, code="companion"),
        max_per_order=2,
        now=loading.now,
        **period,
    )
    programme_changed(house.pk)
