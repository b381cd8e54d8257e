"""A basket of the API: places held for minutes, tariffs, codes and the contact, until it becomes an order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.signing import Signer
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ticketing.api.documents import PROBLEMS, Texts, euro, texts
from ticketing.api.once import ONCE, once
from ticketing.api.performances import CHANNEL, Money, own_performance
from ticketing.api.views import LANGUAGES, View
from ticketing.attempts import WRONG_CODES_OF_BASKET, WRONG_CODES_OF_KEY, counting
from ticketing.models import ApiKey, BasketLine, Place
from ticketing.operations import baskets, best_available, holds, releases
from ticketing.operations.baskets import CodeNotKnown
from ticketing.operations.wishes import MOST_PLACES, UnknownPlace, Wish
from ticketing.queries.baskets import BasketContents, BasketNotFound, Line, find_basket
from ticketing.queries.places import place_description
from ticketing.queries.vouchers import normalised
from ticketing.seating.best_available import Party

MOST_CODES = 10


class ContactFields(serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=254)
    first_name = serializers.CharField(max_length=80)
    last_name = serializers.CharField(max_length=80)


class PartyFields(serializers.Serializer[Any]):
    seats = serializers.IntegerField(min_value=0, max_value=MOST_PLACES, default=0)
    wheelchairs = serializers.IntegerField(min_value=0, max_value=MOST_PLACES, default=0)
    companions = serializers.IntegerField(min_value=0, max_value=MOST_PLACES, default=0)
    rank = serializers.SlugField(max_length=40, required=False)
    may_split = serializers.BooleanField(default=False)


class HoldRequest(serializers.Serializer[Any]):
    """Exactly one of `places`, `standing` and `best` says what is wanted."""

    performance = serializers.CharField(max_length=8)
    places = serializers.ListField(
        child=serializers.RegexField(r"^[0-9A-Z]{1,6}$"), min_length=1, max_length=MOST_PLACES, required=False
    )
    standing = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=MOST_PLACES),
        allow_empty=False,
        required=False,
        help_text="Price type → how many.",
    )
    best = PartyFields(required=False)
    area = serializers.CharField(max_length=40, required=False, help_text="With `standing`: only in this area.")
    price_type = serializers.SlugField(max_length=40, required=False, help_text="Default: the first one offered.")
    shown = Money(required=False, help_text="The price your page shows per place; another price is a 409.")
    language = serializers.ChoiceField(LANGUAGES, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(name in attrs for name in ("places", "standing", "best")) != 1:
            raise serializers.ValidationError(_("Name places, standing or best, one of them."), code="one_of")
        return attrs


class PriceTypeRequest(serializers.Serializer[Any]):
    price_type = serializers.SlugField(max_length=40)
    shown = Money(required=False)


class CodesRequest(serializers.Serializer[Any]):
    codes = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST_CODES)


class ComponentDocument(serializers.Serializer[Any]):
    kind = serializers.CharField()
    name = Texts()
    gross = Money()
    vat_rate = serializers.CharField()


class BasketLineDocument(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(BasketLine.Kind.choices)
    performance = serializers.CharField(allow_null=True)
    place = serializers.CharField(allow_null=True)
    place_kind = serializers.ChoiceField(Place.Kind.choices, allow_null=True)
    area = Texts()
    row = Texts()
    seat = Texts()
    price_type = serializers.CharField(allow_null=True)
    gross = Money()
    components = ComponentDocument(many=True)


class BasketDocument(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    token = serializers.CharField(help_text="For handing the buyer over to the shop.")
    state = serializers.CharField()
    language = serializers.CharField()
    expires_at = serializers.DateTimeField()
    has_expired = serializers.BooleanField()
    extensions = serializers.IntegerField()
    contact = ContactFields(allow_null=True)
    codes = serializers.ListField(child=serializers.CharField())
    total = Money()
    lines = BasketLineDocument(many=True)


class SellView(View):
    scope = ApiKey.Scope.SELL

    def basket(self, basket_id: UUID) -> BasketContents:
        """An API basket of the key's own house; everything else is not found."""
        found = find_basket(basket_id)
        if found is None or found.house_id != self.api_key.house_id or found.channel_kind != CHANNEL:
            raise BasketNotFound
        return found

    def open_basket(self, basket_id: UUID) -> BasketContents:
        found = self.basket(basket_id)
        if not found.is_open:
            raise BasketNotFound
        return found

    def show(self, basket_id: UUID, status: int = 200) -> Response:
        return Response(basket_document(self.basket(basket_id), self), status=status)

    def hold(self, request: Request, basket_id: UUID | None) -> UUID:
        asked = self.read(HoldRequest)
        own_performance(self.api_key, asked["performance"])
        common: dict[str, Any] = {
            "performance": asked["performance"],
            "basket_id": basket_id,
            "language": asked.get("language") or self.language,
            "channel_kind": CHANNEL,
            "now": self.now,
        }
        if party := asked.get("best"):
            wanted = Party(party["seats"], party["wheelchairs"], party["companions"])
            best = best_available.hold_best(
                party=wanted,
                rank=party.get("rank"),
                may_split=party["may_split"],
                price_type=asked.get("price_type"),
                **common,
            )
            return best.held.basket.id
        wish = Wish(
            places=tuple(asked.get("places", ())),
            standing=asked.get("standing"),
            area=asked.get("area"),
            price_type=asked.get("price_type"),
            shown=asked.get("shown"),
        )
        return holds.hold(wish=wish, **common).basket.id


class Baskets(SellView):
    @extend_schema(
        operation_id="baskets_create",
        parameters=[ONCE],
        request=HoldRequest,
        responses={201: BasketDocument, **PROBLEMS},
    )
    @once
    def post(self, request: Request) -> Response:
        """Hold places in a new basket: all of them, or none."""
        return self.show(self.hold(request, None), 201)


class BasketView(SellView):
    @extend_schema(operation_id="baskets_retrieve", responses={200: BasketDocument, **PROBLEMS})
    def get(self, request: Request, basket: UUID) -> Response:
        return self.show(basket)


class BasketPlaces(SellView):
    @extend_schema(
        operation_id="baskets_hold",
        parameters=[ONCE],
        request=HoldRequest,
        responses={201: BasketDocument, **PROBLEMS},
    )
    @once
    def post(self, request: Request, basket: UUID) -> Response:
        """Hold more places in the same basket."""
        self.open_basket(basket)
        return self.show(self.hold(request, basket), 201)


class BasketPlace(SellView):
    @extend_schema(
        operation_id="baskets_change_price_type",
        request=PriceTypeRequest,
        responses={200: BasketDocument, **PROBLEMS},
    )
    def put(self, request: Request, basket: UUID, performance: str, place: str) -> Response:
        """Another tariff for one place."""
        asked = self.read(PriceTypeRequest)
        line = self._line(basket, performance, place)
        baskets.change_price_type(
            basket_id=basket, line_id=line.id, price_type=asked["price_type"], shown=asked.get("shown"), now=self.now
        )
        return self.show(basket)

    @extend_schema(operation_id="baskets_release", responses={200: BasketDocument, **PROBLEMS})
    def delete(self, request: Request, basket: UUID, performance: str, place: str) -> Response:
        """Give one place back; it is free at once."""
        self._line(basket, performance, place)
        releases.release_places(basket_id=basket, performance=performance, codes=[place], now=self.now)
        return self.show(basket)

    def _line(self, basket: UUID, performance: str, place: str) -> Line:
        for line in self.open_basket(basket).place_lines:
            if line.terms and line.place and (line.terms.code, line.place.code) == (performance, place):
                return line
        raise UnknownPlaceInBasket


class UnknownPlaceInBasket(UnknownPlace):
    code = "place_not_in_basket"
    message = _("This place is not in the basket.")
    status = 404


class BasketExtension(SellView):
    @extend_schema(
        operation_id="baskets_extend",
        parameters=[ONCE],
        request=None,
        responses={200: BasketDocument, **PROBLEMS},
    )
    @once
    def post(self, request: Request, basket: UUID) -> Response:
        """Ten more minutes, twice at most."""
        self.open_basket(basket)
        baskets.extend(basket_id=basket, now=self.now)
        return self.show(basket)


class BasketContact(SellView):
    @extend_schema(operation_id="baskets_contact", request=ContactFields, responses={200: BasketDocument, **PROBLEMS})
    def put(self, request: Request, basket: UUID) -> Response:
        """Who it is for."""
        asked = self.read(ContactFields)
        self.open_basket(basket)
        baskets.write_contact(basket_id=basket, now=self.now, **asked)
        return self.show(basket)


class BasketCodes(SellView):
    @extend_schema(operation_id="baskets_codes", request=CodesRequest, responses={200: BasketDocument, **PROBLEMS})
    def put(self, request: Request, basket: UUID) -> Response:
        """Exactly these price vouchers and gift cards. In the body, for a code is worth money."""
        wanted = [normalised(code) for code in self.read(CodesRequest)["codes"]]
        present = self.open_basket(basket).codes
        for code in present:
            if code not in wanted:
                baskets.remove_code(basket_id=basket, code=code, now=self.now)
        for code in dict.fromkeys(wanted):
            if code not in present:
                with counting(CodeNotKnown, (WRONG_CODES_OF_BASKET, basket), (WRONG_CODES_OF_KEY, self.api_key.pk)):
                    baskets.add_code(basket_id=basket, code=code, now=self.now)
        return self.show(basket)


def basket_document(basket: BasketContents, view: View) -> dict[str, Any]:
    contact = {"email": basket.email, "first_name": basket.first_name, "last_name": basket.last_name}
    return {
        "id": basket.id,
        "token": Signer(salt="basket").sign(basket.id.hex),
        "state": basket.state,
        "language": basket.language,
        "expires_at": basket.expires_at,
        "has_expired": basket.has_expired(view.now),
        "extensions": basket.extensions,
        "contact": contact if basket.email else None,
        "codes": list(basket.codes),
        "total": euro(basket.total),
        "lines": [_line_document(line) for line in basket.lines],
    }


def _line_document(line: Line) -> dict[str, Any]:
    words: dict[str, Any] = {}
    if line.terms and line.place:
        words = place_description(line.terms, code=line.place.code, price_type_id=line.price_type_id)
    kind = line.terms.price_types.get(line.price_type_id) if line.terms and line.price_type_id else None
    return {
        "kind": line.kind,
        "performance": line.terms.code if line.terms else None,
        "place": line.place.code if line.place else None,
        "place_kind": line.place.kind if line.place else None,
        "area": words.get("area", {}),
        "row": words.get("row", {}),
        "seat": words.get("seat", {}),
        "price_type": kind.code if kind else None,
        "gross": euro(line.gross),
        "components": components(line.components),
    }


def components(stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parts of a price without the keys of rules."""
    return [
        {"kind": part["kind"], "name": texts(part["name"]), "gross": euro(part["gross"]), "vat_rate": part["vat_rate"]}
        for part in stored
    ]
