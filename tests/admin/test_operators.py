"""Operators build a house through their screens, and are told why something cannot be."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from tests.ticketing.building import (
    a_genre,
    a_hall,
    a_house,
    a_performance,
    a_plan_document,
    a_price_type,
    a_production,
    a_rank,
    a_seat,
    on_sale,
)
from ticketing.admin.operating import NeverAdded
from ticketing.models import (
    ApiKey,
    Block,
    House,
    MediaAsset,
    Membership,
    PaymentAccount,
    Performance,
    PriceGrid,
    PriceGridVersion,
    PriceOverride,
    Production,
    SalesChannel,
    SeatingPlan,
    SeatingPlanVersion,
)
from ticketing.operations import houses, prices
from ticketing.queries.api_keys import api_key_of
from ticketing.theme import house_theme

pytestmark = pytest.mark.django_db

OURS = [model for model, held_by in admin.site._registry.items() if type(held_by).__module__.startswith("ticketing.")]


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("operator", "operator@example.org", "-"))
    return client


@pytest.fixture
def house() -> House:
    return a_house(timezone.now())


def address(model: Any, page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def words(language_field: str, text: str) -> dict[str, str]:
    return {f"{language_field}_{position}": text for position in range(3)}


def errors(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def act(client: Client, model: Any, action: str, *rows: Any) -> Any:
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(address(model, "changelist"), chosen, follow=True)


def moment(name: str, value: datetime) -> dict[str, str]:
    local = timezone.localtime(value)
    return {f"{name}_0": local.strftime("%Y-%m-%d"), f"{name}_1": local.strftime("%H:%M:%S")}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_every_list_and_every_form_opens(operator: Client, model: Any) -> None:
    on_sale(timezone.now())
    assert operator.get(address(model, "changelist")).status_code == 200
    # What sales and payments write has no form to add it.
    expected = 403 if issubclass(type(admin.site._registry[model]), NeverAdded) else 200
    assert operator.get(address(model, "add")).status_code == expected


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_nobody_else_gets_in(client: Client, model: Any) -> None:
    for page in ("changelist", "add"):
        assert client.get(address(model, page)).status_code == 302


MADE_ONCE = {
    "ApiKey", "Chargeback", "Contingent", "CustomerLabel", "Document", "Entitlement", "GiftCard", "HouseDomain",
    "LedgerEntry", "Membership", "PaymentAccount", "PriceGrid", "PriceOverride", "PriceVoucher", "Refund",
    "SeatingPlan", "SeatingPlanVersion",
}  # fmt: skip


def test_what_no_operation_changes_is_made_once(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = User(is_superuser=True, is_active=True)
    screens = {model.__name__: admin.site._registry[model] for model in OURS}
    fixed = {name for name, screen in screens.items() if not screen.has_change_permission(request, screen.model())}
    assert fixed == MADE_ONCE
    assert all(screen.has_change_permission(request) for screen in screens.values())


HOUSE = {
    "name": "Zomerhof",
    "slug": "zomerhof",
    "legal_name": "Zomerhof vzw",
    "languages": ["nl", "fr"],
    "default_language": "nl",
    "country": "BE",
    "email": "tickets@zomerhof.example",
    "accent": "#8A1538",
    "display_font": "Gloock",
    "order_prefix": "ZOM",
    "hold_minutes": "15",
    "payment_minutes": "15",
    "max_places_per_order": "20",
    "is_active": "on",
} | words("tagline", "Theater aan het water")


def test_a_house_is_made_and_changed_by_operations(operator: Client) -> None:
    assert operator.post(address(House, "add"), HOUSE).status_code == 302
    house = House.objects.get()
    assert (house.languages, house.tagline.localize("fr")) == (["nl", "fr"], "Theater aan het water")
    assert set(SalesChannel.objects.values_list("kind", flat=True)) == {"web", "api"}
    operator.post(address(House, "change", house.pk), HOUSE | {"name": "Zomerhof Gent"})
    changed = House.objects.get()
    assert (changed.name, changed.programme_version) == ("Zomerhof Gent", house.programme_version + 1)


@pytest.mark.parametrize(("accent", "said"), [("#FFE94A", "Changed in light or dark"), ("#C0392B", "As chosen.")])
def test_a_house_is_told_which_colours_its_shop_has(operator: Client, accent: str, said: str) -> None:
    operator.post(address(House, "add"), HOUSE | {"accent": accent})
    page = operator.get(address(House, "change", House.objects.get().pk), headers={"accept-language": "en"})
    theme, shown = house_theme(accent), page.content.decode()
    assert said in shown
    assert all(f'fill="{palette.accent}"' in shown for palette in (theme.light, theme.dark))


def test_a_slug_that_is_taken_is_said_at_its_field(operator: Client, house: House) -> None:
    answer = operator.post(address(House, "add"), HOUSE, headers={"accept-language": "en"})
    assert "House with this Slug already exists." in errors(answer)
    assert House.objects.count() == 1


def test_what_an_operation_refuses_is_shown_in_the_form_and_nothing_is_stored(operator: Client, house: House) -> None:
    now = timezone.now()
    production, stranger = a_production(now, house), a_hall(now, a_house(now, "vreemd"))
    values = {"production": production.pk, "hall": stranger.pk, "refuse_orphans": "on"} | moment("starts_at", now)
    answer = operator.post(address(Performance, "add"), values, headers={"accept-language": "en"})
    assert "belongs to a house outside the cluster" in errors(answer)
    assert not Performance.objects.exists()


def test_a_production_goes_online_from_the_list(operator: Client, house: House) -> None:
    values = {"house": house.pk, "slug": "de-meeuw", "genre": a_genre().pk, "activity_class": "performing_arts"}
    assert operator.post(address(Production, "add"), values | words("title", "De meeuw")).status_code == 302
    production = Production.objects.get()
    act(operator, Production, "publish", production)
    production.refresh_from_db()
    assert production.state == Production.State.ONLINE


def test_a_production_without_a_title_in_every_language_stays_a_draft(operator: Client, house: House) -> None:
    values = {"house": house.pk, "slug": "de-meeuw", "genre": a_genre().pk, "activity_class": "performing_arts"}
    operator.post(address(Production, "add"), values | {"title_0": "De meeuw"})
    answer = act(operator, Production, "publish", Production.objects.get())
    assert "fr, en" in errors(answer)
    assert Production.objects.get().state == Production.State.DRAFT


def test_a_new_start_moves_a_performance_with_its_doors(operator: Client, house: House) -> None:
    now = timezone.now().replace(microsecond=0)
    start = now + timedelta(days=10)
    performance = a_performance(
        now, a_production(now, house), a_hall(now, house), starts_at=start, doors_at=start - timedelta(minutes=30)
    )
    values = moment("starts_at", start + timedelta(days=1)) | moment("doors_at", start - timedelta(minutes=30))
    operator.post(address(Performance, "change", performance.pk), values | {"refuse_orphans": "on"})
    performance.refresh_from_db()
    assert performance.doors_at == start + timedelta(days=1) - timedelta(minutes=30)


def test_from_plan_file_to_a_performance_on_sale(operator: Client, house: House) -> None:
    now = timezone.now()
    rank, full = a_rank(house), a_price_type(house)
    hall = a_hall(now, house)
    operator.post(address(SeatingPlan, "add"), {"hall": hall.pk, "name": "Zaal"})
    file = SimpleUploadedFile("zaal.json", json.dumps(a_plan_document()).encode())
    operator.post(address(SeatingPlanVersion, "add"), {"plan": SeatingPlan.objects.get().pk, "file": file})
    version = SeatingPlanVersion.objects.get()
    start = moment("starts_at", now + timedelta(days=3))
    values = {"production": a_production(now, house).pk, "hall": hall.pk, "plan_version": version.pk}
    assert operator.post(address(Performance, "add"), values | start).status_code == 302
    performance = Performance.objects.get()
    act(operator, Performance, "make_places", performance)
    refused = act(operator, Performance, "put_on_sale", performance)
    assert Performance.objects.get().state == "draft", errors(refused)
    operator.post(address(PriceGrid, "add"), {"house": house.pk, "name": "Theater"})
    grid = PriceGrid.objects.get()
    cells = {f"cell_{rank.pk}_{full.pk}": "24.00", "performances": [performance.pk]}
    assert operator.get(address(PriceGridVersion, "add") + f"?grid={grid.pk}").status_code == 200
    assert operator.post(address(PriceGridVersion, "add"), {"grid": grid.pk} | cells).status_code == 302
    act(operator, Performance, "put_on_sale", performance)
    assert Performance.objects.get().state == "on_sale"


def test_a_plan_with_faults_names_them_and_is_not_stored(operator: Client, house: House) -> None:
    hall = a_hall(timezone.now(), house)
    operator.post(address(SeatingPlan, "add"), {"hall": hall.pk, "name": "Zaal"})
    document = a_plan_document(rows=1, seats=1)
    document["areas"][0]["rows"][0]["seats"] += [a_seat(1), a_seat(2, rank="rank-9")]
    for content, said in (
        (json.dumps(document).encode(), ("P-A-1", "rank-9")),
        (b"[" * 100_000, ()),
        (b"\x89PNG", ()),
    ):
        upload = {"plan": SeatingPlan.objects.get().pk, "file": SimpleUploadedFile("zaal.json", content)}
        told = errors(operator.post(address(SeatingPlanVersion, "add"), upload))
        assert all(word in told for word in said)
    assert not SeatingPlanVersion.objects.exists()


def test_a_grid_without_a_price_is_refused(operator: Client, house: House) -> None:
    a_rank(house), a_price_type(house)
    grid = prices.create_price_grid(house=house, name="Theater")
    answer = operator.post(address(PriceGridVersion, "add"), {"grid": grid.pk}, headers={"accept-language": "en"})
    assert "needs at least one price" in errors(answer)
    assert not PriceGridVersion.objects.exists()


def test_a_reduction_shows_the_lowest_price_before_it(operator: Client) -> None:
    now = timezone.now()
    performance = on_sale(now)
    rank, full = a_rank(performance.house), a_price_type(performance.house)
    same = {"performance": performance, "rank": rank, "price_type": full, "now": now}
    start = now + timedelta(days=40)
    earlier = {"channel_kind": "web", "valid_from": start - timedelta(days=9), "valid_until": start - timedelta(days=8)}
    prices.override_price(**same, **earlier, price=Decimal("18.00"))
    row = prices.override_price(**same, channel_kind="web", valid_from=start, valid_until=None, price=Decimal("12.00"))
    page = errors(operator.get(address(PriceOverride, "change", row.pk), headers={"accept-language": "en"}))
    assert re.search(r"Lowest price of the thirty days before, without fees\s+Webshop: €\s?18\.00", page), page
    assert operator.get(address(PriceOverride, "add")).status_code == 200


def picture() -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (800, 600), "#234").save(buffer, "JPEG")
    return SimpleUploadedFile("duin.jpg", buffer.getvalue(), "image/jpeg")


def test_a_picture_is_uploaded_and_pointed_at(
    operator: Client, house: House, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    values = {"house": house.pk, "focal_x": "0.5", "focal_y": "0.5"} | words("alt", "Een duin")
    assert operator.post(address(MediaAsset, "add"), values | {"file": picture()}).status_code == 302
    asset = MediaAsset.objects.get()
    assert (asset.renditions.count(), asset.alt.localize("fr")) == (4, "Een duin")
    assert operator.get(address(MediaAsset, "change", asset.pk)).status_code == 200
    operator.post(address(MediaAsset, "change", asset.pk), values | {"focal_x": "0.2"})
    asset.refresh_from_db()
    assert (asset.focal_x, asset.renditions.count()) == (0.2, 4)
    no_picture = SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>", "image/jpeg")
    answer = operator.post(address(MediaAsset, "add"), values | {"file": no_picture}, headers={"accept-language": "en"})
    assert "not a picture we can read" in errors(answer)


def test_a_door_key_is_shown_once_with_its_link(operator: Client, house: House) -> None:
    values = {"house": house.pk, "name": "Deur Noord", "scopes": ["scan"]}
    answer = operator.post(address(ApiKey, "add"), values, follow=True).content.decode()
    (secret,) = set(re.findall(r"/door/#key=([2-9A-Z]{16})", answer))
    assert api_key_of(secret, now=timezone.now()) == ApiKey.objects.get()
    assert secret not in operator.get(address(ApiKey, "changelist")).content.decode()
    act(operator, ApiKey, "revoke", ApiKey.objects.get())
    assert api_key_of(secret, now=timezone.now()) is None


def test_places_are_blocked_moved_and_released(operator: Client) -> None:
    performance = on_sale(timezone.now())
    values = {"performance": performance.pk, "kind": "soft", "owner": "Directie", "places": "0, 1"}
    assert operator.post(address(Block, "add"), values).status_code == 302
    block = Block.objects.get()
    operator.post(address(Block, "change", block.pk), {"places": "1 2"})
    assert sorted(block.places.values_list("code", flat=True)) == ["1", "2"]
    taken = operator.post(address(Block, "add"), values | {"places": "2 ZZ"}, headers={"accept-language": "en"})
    assert "has no places ZZ" in errors(taken)
    act(operator, Block, "release", block)
    assert performance.places.filter(state="available").count() == 20


def test_members_and_domains_are_taken_away(operator: Client, house: House) -> None:
    domain = houses.add_domain(house=house, host="Tickets.Zomerhof.example")
    act(operator, type(domain), "take_away", domain)
    assert not house.domains.exists()


@pytest.mark.parametrize("model", [Performance, Production], ids=["performances", "productions"])
def test_lists_cost_the_same_for_one_and_for_thirty(operator: Client, house: House, model: Any) -> None:
    now = timezone.now()
    hall = a_hall(now, house)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(address(model, "changelist")).status_code == 200
        return len(captured)

    a_performance(now, a_production(now, house, "een"), hall)
    first = statements()
    for number in range(29):
        a_performance(now, a_production(now, house, f"meer-{number}"), hall)
    assert statements() == first


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_the_staff_of_a_house_see_nothing_of_any_house_here(client: Client, house: House, model: Any) -> None:
    """The site shows all houses at once; permissions of Django's own do not open it either."""
    staff = User.objects.create_user("noor", "noor@example.org", "-", is_staff=True)
    staff.user_permissions.set(Permission.objects.all())
    houses.add_member(user=staff, house=house, role=Membership.Role.MANAGER)
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    for page in ("changelist", "add"):
        assert client.get(address(model, page)).status_code == 302


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.model_name)
def test_what_was_is_taken_away_by_nobody(rf: RequestFactory, model: Any) -> None:
    request = rf.get("/")
    request.user = User(is_superuser=True, is_active=True)
    screen = admin.site._registry[model]
    assert (screen.has_delete_permission(request), "delete_selected" in screen.get_actions(request)) == (False, False)


def test_the_key_of_a_payment_account_is_not_shown_again(operator: Client, house: House) -> None:
    account = houses.open_payment_account(
        house=house, provider="mollie", name="Mollie", settings={"api_key": "live_secret"}, methods=["bancontact"]
    )
    for page in (address(PaymentAccount, "change", account.pk), address(PaymentAccount, "changelist")):
        assert b"live_secret" not in operator.get(page, follow=True).content


def test_an_operator_is_signed_out_after_a_working_day(client: Client) -> None:
    User.objects.create_superuser("operator", "operator@example.org", "een-lang-wachtwoord")
    told = {"username": "operator", "password": "een-lang-wachtwoord"}
    assert client.post("/admin/login/", told).status_code == 302
    assert client.session.get_expiry_age() == 12 * 3600
