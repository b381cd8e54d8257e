"""What platform operators edit until the back office comes: every save is one of the operations everybody calls."""

from ticketing.admin import api_keys, houses, inventory, media, prices, programme, reference, seating, venues

__all__ = ["api_keys", "houses", "inventory", "media", "prices", "programme", "reference", "seating", "venues"]
