"""People: one customer in the cluster, one relation per house, and every consent ever given or withdrawn."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ticketing.identifiers import uuid7


class Customer(models.Model):
    """`user` is there when the customer has an account."""

    public_id = models.UUIDField(unique=True, default=uuid7, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="customer"
    )
    email = models.EmailField()
    email_proved_at = models.DateTimeField(null=True, blank=True)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=2, default="nl")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_customer_per_email")]

    def __str__(self) -> str:
        return str(self.public_id)


class HouseRelation(models.Model):
    """What one house knows of a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="relations")
    house = models.ForeignKey("ticketing.House", on_delete=models.CASCADE, related_name="relations")
    note = models.TextField(blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "house"], name="relation_once_per_house")]

    def __str__(self) -> str:
        return f"{self.customer_id}@{self.house_id}"


class CustomerLabel(models.Model):
    relation = models.ForeignKey(HouseRelation, on_delete=models.CASCADE, related_name="labels")
    code = models.SlugField(max_length=40)
    source = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["code"], name="customer_label_code")]

    def __str__(self) -> str:
        return self.code


class ConsentEntry(models.Model):
    """Append-only: what somebody answered, to which text, where and when. The last answer counts."""

    class Purpose(models.TextChoices):
        NEWSLETTER = "newsletter", "Newsletter"
        PARTNERS = "partners", "Passing on to partners"
        PROFILING = "profiling", "Suggestions from behaviour"

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, null=True, blank=True, related_name="consent_entries"
    )
    order = models.ForeignKey(
        "ticketing.Order", on_delete=models.CASCADE, null=True, blank=True, related_name="consent_entries"
    )
    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    channel = models.CharField(max_length=10, default="email")
    granted = models.BooleanField()
    text_version = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(customer__isnull=False) | Q(order__isnull=False), name="consent_is_of_somebody"
            )
        ]
        triggers = [pgtrigger.Protect(name="consent_log_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.purpose} {self.granted}"


class Entitlement(models.Model):
    """Why a customer may see a price type: a membership, card or subscription, valid on the performance date."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="entitlements")
    price_type = models.ForeignKey("ticketing.PriceType", on_delete=models.CASCADE, related_name="entitlements")
    source = models.CharField(max_length=40)
    slots = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.customer_id} {self.source}"


class EntitlementUse(models.Model):
    """One slot used for one performance; unique, so that nobody takes a third seat with a pass for two."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.CASCADE, related_name="uses")
    performance = models.ForeignKey("ticketing.Performance", on_delete=models.CASCADE, related_name="+")
    slot = models.PositiveSmallIntegerField()
    line = models.ForeignKey("ticketing.OrderLine", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entitlement", "performance", "slot"], name="entitlement_slot_once")
        ]

    def __str__(self) -> str:
        return f"{self.entitlement_id} {self.slot}"


class WaitingListEntry(models.Model):
    """Somebody who wants places of a sold-out performance; `secret` signs the links in the mails to them.

    Who asked waits once the address is proved, so that nobody fills a list with addresses of others, or of nobody.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        WAITING = "waiting", "Waiting"
        OFFERED = "offered", "Offered"
        SERVED = "served", "Served"
        LAPSED = "lapsed", "Lapsed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    ON_THE_LIST = (State.WAITING, State.OFFERED)

    performance = models.ForeignKey("ticketing.Performance", on_delete=models.CASCADE, related_name="waiting_list")
    rank = models.ForeignKey("ticketing.Rank", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField()
    first_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=2)
    quantity = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    secret = models.CharField(max_length=24, unique=True)
    basket = models.ForeignKey("ticketing.Basket", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    joined_at = models.DateTimeField()
    offered_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "performance", Lower("email"), condition=Q(state__in=["asked", "waiting", "offered"]), name="waits_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1, quantity__lte=10), name="waits_for_some_places"),
        ]

    def __str__(self) -> str:
        return f"{self.performance_id} {self.state}"
