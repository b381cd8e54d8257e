"""Changes somebody with the link of an order asked for, waiting for a yes from the address of the order."""

from django.db import models

from ticketing.identifiers import uuid7


class ChangeConfirmation(models.Model):
    """A link can be forwarded or overheard, so a change through it is confirmed once, by mail, within the hour."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey("ticketing.Order", on_delete=models.CASCADE, related_name="change_confirmations")
    tickets = models.ManyToManyField("ticketing.Ticket", related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)
