"""What stands round every page of the shop: the house, its navigation, the languages and the basket button."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ticketing.queries.baskets import BasketContents, find_basket
from ticketing.queries.houses import ShopHouse, shop_houses
from ticketing.theme import FONT_BY_SLUG, theme_name
from ticketing.webshop.basket_cookie import basket_of
from ticketing.webshop.caching import SETTLED, kept

# Stand in a drawn header for what differs between visitors; no text can hold these characters.
REST, COUNT, CLOCK = "\ue000", "\ue001", "\ue002"
INFO_PAGES = ("practical", "terms", "privacy", "accessibility")


@dataclass(frozen=True)
class Link:
    name: str
    label: str
    url: str


@dataclass(frozen=True)
class FramedHouse:
    """A house in one language, as the templates want it."""

    slug: str
    name: str
    legal_name: str = ""
    tagline: str = ""
    about: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    enterprise_number: str = ""
    logo: str = ""
    logo_dark: str = ""
    theme: str = ""
    font_url: str = ""
    url: str = ""
    agenda_url: str = ""
    basket_url: str = ""
    basket_fragment_url: str = ""
    checkout_url: str = ""
    code_url: str = ""
    account_url: str = ""
    practical_url: str = ""
    terms_url: str = ""
    privacy_url: str = ""
    nav: tuple[Link, ...] = ()
    small_print: tuple[Link, ...] = ()


@dataclass
class Frame:
    """Everything base.html needs. `basket` is read only when the visitor has one."""

    request: HttpRequest
    house: ShopHouse | None
    now: datetime
    section: str = ""
    basket: BasketContents | None = field(init=False)

    def __post_init__(self) -> None:
        self.basket = open_basket_of(self.request)

    def context(self, *, house: FramedHouse | None = None, **more: Any) -> dict[str, Any]:
        shown = house or (framed(self.house) if self.house else cluster_frame())
        language = str(get_language())
        return {
            "house": shown,
            "section": self.section,
            "languages": languages_of(self.request),
            "LANGUAGE_CODE": language,
            "header": self._header(shown, language),
            "footer": mark_safe(_footer(shown, language)),  # noqa: S308 - our template
            **more,
        }

    def _header(self, house: FramedHouse, language: str) -> SafeString:
        """Drawn once per house, language and section; the address and the basket are put in for each visitor."""
        told = summary(self.basket, now=self.now)
        drawn = _header(house, language, self.section)
        drawn = drawn.replace(REST, escape(_rest_of(self.request))).replace(COUNT, str(told["count"]))
        return mark_safe(drawn.replace(CLOCK, f" · {told['clock']}" if told["clock"] else ""))  # noqa: S308 - ours


def open_basket_of(request: HttpRequest) -> BasketContents | None:
    basket_id: UUID | None = basket_of(request)
    if basket_id is None:
        return None
    basket = find_basket(basket_id)
    return basket if basket is not None and basket.is_open else None


def summary(basket: BasketContents | None, *, now: datetime) -> dict[str, Any]:
    if basket is None or not basket.lines:
        return {"count": 0, "clock": ""}
    left = seconds_left(basket, now=now)
    return {"count": len(basket.lines), "clock": clock(left) if left else ""}


def seconds_left(basket: BasketContents, *, now: datetime) -> int:
    return max(0, int((basket.expires_at - now).total_seconds())) if basket.place_lines else 0


def clock(seconds: int) -> str:
    """Minutes and seconds, as hold-timer.js shows them; hours only for who was offered places from the waiting list."""
    minutes = seconds // 60
    head = f"{minutes // 60}:{minutes % 60:02d}" if minutes >= 60 else str(minutes)
    return f"{head}:{seconds % 60:02d}"


def framed(house: ShopHouse) -> FramedHouse:
    return _framed(_Hashed(house), str(get_language()))


class _Hashed:
    """Makes a house a key: its texts cannot be hashed, but they can be compared."""

    def __init__(self, house: ShopHouse) -> None:
        self.house = house

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self.house == other.house

    def __hash__(self) -> int:
        return hash((self.house.id, self.house.programme_version))


@lru_cache(maxsize=256)
def _framed(carrier: _Hashed, language: str) -> FramedHouse:
    house = carrier.house
    slug = house.slug
    url = {
        name: reverse(f"shop:{name}", args=[slug])
        for name in ("house", "agenda", "basket", "basket_fragment", "checkout", "basket_code", "gift_card")
    }
    info = {page: reverse("shop:info", args=[slug, page]) for page in INFO_PAGES}
    account = reverse("shop:account")
    theme = theme_name(house.accent, house.display_font)
    font = FONT_BY_SLUG[theme.split("-", 1)[1].rsplit("-", 1)[0]]
    return FramedHouse(
        slug=slug,
        name=house.name,
        legal_name=house.legal_name,
        tagline=str(house.tagline),
        about=str(house.about),
        email=house.email,
        phone=house.phone,
        street=house.street,
        postcode=house.postcode,
        city=house.city,
        enterprise_number=house.enterprise_number,
        logo=house.logo_light,
        logo_dark=house.logo_dark,
        theme=theme,
        font_url=static(f"fonts/{font.file}"),
        url=url["house"],
        agenda_url=url["agenda"],
        basket_url=url["basket"],
        basket_fragment_url=url["basket_fragment"],
        checkout_url=url["checkout"],
        code_url=url["basket_code"],
        account_url=account,
        practical_url=info["practical"],
        terms_url=info["terms"],
        privacy_url=info["privacy"],
        nav=(
            Link("agenda", _("Agenda"), url["agenda"]),
            Link("gift_card", _("Gift card"), url["gift_card"]),
            Link("practical", _("Practical"), info["practical"]),
            Link("account", _("My tickets"), account),
        ),
        small_print=(
            Link("terms", _("Terms of sale"), info["terms"]),
            Link("privacy", _("Privacy notice"), info["privacy"]),
            Link("accessibility", _("Accessibility statement"), info["accessibility"]),
        ),
    )


def _cluster_name() -> str:
    names = {house.cluster_name for house in shop_houses() if house.cluster_name}
    return names.pop() if len(names) == 1 else "Parterre"


def cluster_frame() -> FramedHouse:
    """Round pages that are of no single house: the cluster's home and the account."""
    return FramedHouse(
        slug="",
        name=kept("cluster-name", seconds=SETTLED, build=_cluster_name),
        url=reverse("shop:cluster"),
        agenda_url=reverse("shop:cluster"),
        account_url=reverse("shop:account"),
        font_url=static("fonts/gloock-latin-400.woff2"),
        nav=(
            Link("houses", _("Houses"), reverse("shop:cluster")),
            Link("account", _("My tickets"), reverse("shop:account")),
        ),
    )


@lru_cache(maxsize=256)
def _header(house: FramedHouse, language: str, section: str) -> str:
    told = {"count": COUNT, "clock": CLOCK}
    context = {"house": house, "section": section, "languages": _languages(REST), "LANGUAGE_CODE": language}
    return render_to_string("webshop/_partials/header.html", {**context, "basket_summary": told})


@lru_cache(maxsize=256)
def _footer(house: FramedHouse, language: str) -> str:
    return render_to_string("webshop/_partials/footer.html", {"house": house, "LANGUAGE_CODE": language})


def languages_of(request: HttpRequest) -> list[dict[str, str]]:
    """The same page in the other languages: every address of the shop begins with its language."""
    return _languages(_rest_of(request))


def _languages(rest: str) -> list[dict[str, str]]:
    return [{"code": code, "name": name, "url": f"/{code}/{rest}"} for code, name in settings.LANGUAGES]


def _rest_of(request: HttpRequest) -> str:
    rest = request.path_info.split("/", 2)[2] if request.path_info.count("/") >= 2 else ""
    query = request.META.get("QUERY_STRING") if request.method == "GET" else ""
    return f"{rest}?{query}" if query else rest
