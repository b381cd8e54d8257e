"""Who sells: houses, the cluster they form, and the channels they sell through."""

from django.conf import settings
from django.db import models
from i18nfield.fields import I18nCharField, I18nTextField


class Cluster(models.Model):
    """An agreement between houses that share one installation and one basket."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class House(models.Model):
    """One organisation that sells. `programme_version` counts every change of programme, prices or terms."""

    class Country(models.TextChoices):
        BELGIUM = "BE", "België"
        NETHERLANDS = "NL", "Nederland"
        FRANCE = "FR", "France"

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="houses", null=True, blank=True)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=200)
    tagline = I18nCharField(max_length=200, blank=True)
    about = I18nTextField(blank=True)
    country = models.CharField(max_length=2, choices=Country.choices, default=Country.BELGIUM)
    languages = models.JSONField(default=list)
    default_language = models.CharField(max_length=2, default="nl")
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=100, blank=True)
    enterprise_number = models.CharField(max_length=20, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)

    accent = models.CharField(max_length=7, default="#8A1538")
    display_font = models.CharField(max_length=40, default="Gloock")
    logo_light = models.FileField(upload_to="logos/", blank=True)
    logo_dark = models.FileField(upload_to="logos/", blank=True)
    default_image = models.ForeignKey(
        "ticketing.MediaAsset", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    hold_minutes = models.PositiveSmallIntegerField(default=15)
    max_places_per_order = models.PositiveSmallIntegerField(default=20)
    cancel_until_hours = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Customers may cancel until so many hours before the start; empty: never."
    )
    payment_minutes = models.PositiveSmallIntegerField(default=15)
    terms = I18nTextField(blank=True)
    privacy_notice = I18nTextField(blank=True)
    practical = I18nTextField(blank=True)
    order_prefix = models.CharField(max_length=3, default="P")
    programme_version = models.BigIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class HouseDomain(models.Model):
    """A house's own address, mapped on top of the cluster's host."""

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="domains")
    host = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.host


class SalesChannel(models.Model):
    class Kind(models.TextChoices):
        WEB = "web", "Webshop"
        DESK = "desk", "Desk"
        API = "api", "API"
        PARTNER = "partner", "Partner"

    house = models.ForeignKey(House, on_delete=models.PROTECT, related_name="channels")
    code = models.SlugField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["house", "code"], name="channel_once_per_house")]

    def __str__(self) -> str:
        return f"{self.house.slug}/{self.code}"


class Membership(models.Model):
    """A person who works for a house; everything staff see is scoped by these rows."""

    class Role(models.TextChoices):
        BOX_OFFICE = "box_office", "Box office"
        PROGRAMME = "programme", "Programme"
        FINANCE = "finance", "Finance"
        MANAGER = "manager", "Manager"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "house", "role"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.house_id} {self.role}"


class ApiKey(models.Model):
    """A key of a house for a website, a partner or a door. Only its hash is kept."""

    class Scope(models.TextChoices):
        READ = "read", "Read the programme"
        SELL = "sell", "Hold and order"
        SCAN = "scan", "Scan tickets"

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80)
    key_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    scopes = models.JSONField(default=list)
    performance = models.ForeignKey(
        "ticketing.Performance", on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        help_text="A door key may be limited to one performance.",
    )  # fmt: skip
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"


class IdempotencyRecord(models.Model):
    """The answer already given to an API request, for the client that asks the same again."""

    api_key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["api_key", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
