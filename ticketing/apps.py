from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TicketingConfig(AppConfig):
    name = "ticketing"

    def ready(self) -> None:
        from ticketing import subscribers  # noqa: F401 - importing registers them
        from ticketing.references import check_references_at_once
        from ticketing.webshop import signing_in  # noqa: F401 - importing connects it

        post_migrate.connect(check_references_at_once, sender=self)
