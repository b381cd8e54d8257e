"""The programme of a house: performances, their prices, their places and which of those are free."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import override
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from ticketing.api.documents import PROBLEMS, Texts, euro, texts
from ticketing.api.paging import Cursor, PageQuery, cursor_after
from ticketing.api.views import View
from ticketing.models import ApiKey, Performance, Place
from ticketing.queries.kept_terms import sale_terms
from ticketing.queries.offerings import Offering, OfferingWish, offering, offerings
from ticketing.queries.place_states import changed_states, free_counts
from ticketing.queries.pricing import REASONS, Buyer, Offer, lower_with, offers
from ticketing.queries.programme import lowest_prices
from ticketing.queries.selling import is_on_sale
from ticketing.queries.terms import PerformanceNotFound, RankTerms, SaleTerms

# Tonight's performance stays listed while it plays.
STILL_LISTED = timedelta(hours=6)
CHANNEL = "api"
SHOWN_STATES = [choice for choice in Performance.State.choices if choice[0] != Performance.State.DRAFT]


class PerformanceQuery(PageQuery):
    since = serializers.DateTimeField(required=False, help_text="Default: now, with what plays at this moment.")
    until = serializers.DateTimeField(required=False)
    genre = serializers.SlugField(required=False, default="", max_length=30)
    production = serializers.SlugField(required=False, default="", max_length=120)
    on_sale = serializers.BooleanField(required=False, allow_null=True, default=None)


class Money(serializers.DecimalField):
    """Euro, as a string with two decimals."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=9, decimal_places=2, **options)


class PerformanceDocument(serializers.Serializer[Any]):
    code = serializers.CharField()
    production = serializers.CharField()
    title = Texts()
    subtitle = Texts()
    teaser = Texts()
    genre = serializers.CharField()
    hall = Texts()
    venue = serializers.CharField()
    city = serializers.CharField()
    starts_at = serializers.DateTimeField()
    doors_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    state = serializers.ChoiceField(SHOWN_STATES)
    is_on_sale = serializers.BooleanField()
    image = serializers.CharField(allow_blank=True)
    image_alt = Texts()
    free = serializers.IntegerField(help_text="Places that can be had now.")
    price_from = Money(allow_null=True, help_text="Lowest price for anybody, fees included.")


class PerformancesDocument(serializers.Serializer[Any]):
    items = PerformanceDocument(many=True)
    next = serializers.CharField(allow_null=True, help_text="Cursor of the next page.")


class OfferDocument(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = Texts()
    explanation = Texts()
    family = serializers.CharField()
    gross = Money(help_text="What is paid, fees included.")
    reason = serializers.CharField(help_text="Why this may be had: public, code, label or entitlement.")
    reason_text = Texts(help_text="The reason in words; empty for what everybody pays.")
    minimum = serializers.IntegerField()
    maximum = serializers.IntegerField(allow_null=True)
    needs_proof = serializers.BooleanField()


class RankDocument(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = Texts()
    prices = OfferDocument(many=True)
    lower_with = OfferDocument(many=True, help_text="What members and subscribers have for less.")


class PerformanceDetail(PerformanceDocument):
    description = Texts()
    duration_minutes = serializers.IntegerField(allow_null=True)
    age_from = serializers.IntegerField(allow_null=True)
    max_places = serializers.IntegerField(help_text="In one order.")
    ranks = RankDocument(many=True)


class PlaceDocument(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="What holds and states name it by.")
    area = serializers.CharField()
    row = serializers.CharField(allow_blank=True)
    number = serializers.CharField()
    rank = serializers.CharField()
    kind = serializers.ChoiceField(Place.Kind.choices)
    x = serializers.FloatField()
    y = serializers.FloatField()


class AreaDocument(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = Texts()
    kind = serializers.CharField()
    standing = serializers.IntegerField(help_text="Standing places in all; they have no code of their own.")


class PlacesDocument(serializers.Serializer[Any]):
    areas = AreaDocument(many=True)
    places = PlaceDocument(many=True)


class StatesDocument(serializers.Serializer[Any]):
    since = serializers.CharField(help_text="Ask with this next time for what changed after.")
    states = serializers.DictField(child=serializers.ChoiceField(["f", "t"]), help_text="Place → f(ree) or t(aken).")


class ReadView(View):
    scope = ApiKey.Scope.READ


class Performances(ReadView):
    @extend_schema(
        operation_id="performances_list",
        parameters=[PerformanceQuery, OpenApiParameter("cursor", str, description="`next` of the page before.")],
        responses={200: PerformancesDocument, **PROBLEMS},
    )
    def get(self, request: Request) -> Response:
        """What is on, by date, narrowed as asked."""
        asked = self.read(PerformanceQuery, request.query_params)
        wish = OfferingWish(
            since=asked.get("since") or self.now - STILL_LISTED,
            until=asked.get("until"),
            genre=asked["genre"],
            production=asked["production"],
            on_sale=asked["on_sale"],
            after=_after(asked.get("cursor")),
            limit=asked["limit"] + 1,
        )
        rows = offerings(self.api_key.house_id, wish, now=self.now)
        page = rows[: asked["limit"]]
        ids = [row.id for row in page]
        free, lowest = _on_offer(ids, self.now)
        items = [_document(row, free.get(row.id, 0), lowest.get(row.id), self.now) for row in page]
        has_more = len(rows) > len(page)
        following = cursor_after(page[-1].starts_at.isoformat(), page[-1].code) if has_more else None
        return Response({"items": items, "next": following})


class PerformanceView(ReadView):
    @extend_schema(operation_id="performances_retrieve", responses={200: PerformanceDetail, **PROBLEMS})
    def get(self, request: Request, code: str) -> Response:
        """One performance with what each rank costs."""
        row = offering(self.api_key.house_id, code, now=self.now)
        terms = sale_terms(code)
        free, lowest = _on_offer([row.id], self.now)
        detail = {
            "description": texts(row.description),
            "duration_minutes": row.duration_minutes,
            "age_from": row.age_from,
            "max_places": terms.max_places,
            "ranks": _ranks(terms, self.now),
        }
        return Response(_document(row, free.get(row.id, 0), lowest.get(row.id), self.now) | detail)


class Places(ReadView):
    @extend_schema(operation_id="places_list", responses={200: PlacesDocument, **PROBLEMS})
    def get(self, request: Request, code: str) -> Response:
        """Every place of the hall as it is set up for this performance. It does not change; states do."""
        plan = own_performance(self.api_key, code).plan
        areas = [
            {
                "code": area.code,
                "name": area.name,
                "kind": area.kind,
                "standing": area.count if area.kind == "standing" else 0,
            }
            for area in plan.areas
        ]
        places = [
            {
                "code": plan.codes[index],
                "area": plan.areas[plan.area_of[index]].code,
                "row": plan.rows[plan.row_of[index]].code if plan.row_of[index] >= 0 else "",
                "number": plan.numbers[index],
                "rank": plan.ranks[plan.rank_of[index]].code,
                "kind": plan.kinds[index],
                "x": plan.x[index],
                "y": plan.y[index],
            }
            for index in plan.places
            if plan.kinds[index] != Place.Kind.STANDING
        ]
        return Response({"areas": areas, "places": places})


class States(ReadView):
    @extend_schema(
        operation_id="states_retrieve",
        parameters=[OpenApiParameter("since", str, description="Of the answer before; without it, everything.")],
        responses={200: StatesDocument, **PROBLEMS},
    )
    def get(self, request: Request, code: str) -> Response:
        """Which places are free: all at first, then what changed."""
        own_performance(self.api_key, code)
        since = request.query_params.get("since", "")
        found = changed_states(code, since=since, now=self.now, channel_kind=CHANNEL)
        if found is None:
            raise PerformanceNotFound
        return Response({"since": found.since, "states": found.states})


def own_performance(api_key: ApiKey, code: str) -> SaleTerms:
    """The terms of a performance of the key's own house; drafts and other houses' are not found."""
    terms = sale_terms(code)
    if terms.house.id != api_key.house_id or terms.state == Performance.State.DRAFT:
        raise PerformanceNotFound
    return terms


def _after(cursor: tuple[str, ...] | None) -> tuple[datetime, str] | None:
    if cursor is None:
        return None
    try:
        moment, code = cursor
        return datetime.fromisoformat(moment), code
    except ValueError:
        message = Cursor.default_error_messages["invalid"]
        raise ValidationError({"cursor": [message]}, code="invalid") from None


def _document(row: Offering, free: int, lowest: Any, now: datetime) -> dict[str, Any]:
    return {
        "code": row.code,
        "production": row.production,
        "title": texts(row.title),
        "subtitle": texts(row.subtitle),
        "teaser": texts(row.teaser),
        "genre": row.genre_code,
        "hall": texts(row.hall),
        "venue": row.venue,
        "city": row.city,
        "starts_at": row.starts_at,
        "doors_at": row.doors_at,
        "ends_at": row.ends_at,
        "state": row.state,
        "is_on_sale": is_on_sale(row, now=now),
        "image": f"{settings.SITE_URL}{row.image}" if row.image.startswith("/") else row.image,
        "image_alt": texts(row.image_alt),
        "free": free,
        "price_from": None if lowest is None else euro(lowest),
    }


def _on_offer(performance_ids: list[int], now: datetime) -> tuple[dict[int, int], dict[int, Decimal]]:
    """Free places and lowest prices as this channel sells them."""
    free = free_counts(performance_ids, now=now, channel_kind=CHANNEL)
    return free, lowest_prices(performance_ids, now=now, channel_kind=CHANNEL)


def _ranks(terms: SaleTerms, now: datetime) -> list[dict[str, Any]]:
    return [_rank(terms, rank, now) for rank in terms.ranks.values()]


def _rank(terms: SaleTerms, rank: RankTerms, now: datetime) -> dict[str, Any]:
    buyer = Buyer(channel_kind=CHANNEL)
    offered = offers(terms, rank_id=rank.id, buyer=buyer, now=now)
    lower = lower_with(terms, rank_id=rank.id, offered=offered, buyer=buyer, now=now)
    return {
        "code": rank.code,
        "name": texts(rank.name),
        "prices": [_price(offer) for offer in offered],
        "lower_with": [_price(offer) for offer in lower],
    }


def _in_every_language(reason: str) -> dict[str, str]:
    words = REASONS.get(reason)
    if words is None:
        return {}
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = str(words)
    return found


def _price(offer: Offer) -> dict[str, Any]:
    return {
        "code": offer.price_type.code,
        "name": texts(offer.price_type.name),
        "explanation": texts(offer.price_type.explanation),
        "family": offer.price_type.family,
        "gross": euro(offer.gross),
        "reason": offer.reason,
        "reason_text": _in_every_language(offer.reason),
        "minimum": offer.minimum,
        "maximum": offer.maximum,
        "needs_proof": offer.needs_proof,
    }
