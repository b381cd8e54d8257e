"""The register of every mail that left: what makes sending safe to repeat, and the answer to "was I told?"."""

from django.db import models


class SentMail(models.Model):
    """`key` names the occasion ("order_paid:<order>"): one mail each. Addresses are kept as a hash only.

    A historical row says that the mail belongs to a past that was loaded, and was never sent by this installation.
    """

    key = models.CharField(max_length=120, unique=True)
    template = models.CharField(max_length=40)
    order = models.ForeignKey(
        "ticketing.Order", on_delete=models.CASCADE, null=True, blank=True, related_name="sent_mails"
    )
    house = models.ForeignKey("ticketing.House", on_delete=models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=2)
    recipient_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    is_historical = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["recipient_hash", "sent_at"], name="mails_to_somebody")]

    def __str__(self) -> str:
        return self.key
