"""The order in which the demo comes in: the shop can be used long before the last past order is there."""

from __future__ import annotations

from demo.loading.foundation import load_foundation
from demo.loading.keys import load_keys
from demo.loading.nights import load_blocks, load_scans
from demo.loading.orders import load_orders
from demo.loading.people import load_customers, load_logins
from demo.loading.picturing import load_pictures
from demo.loading.programme import load_programme
from demo.loading.steps import Part

PARTS = (
    Part("foundation", "houses, prices and halls", load_foundation),
    Part("logins", "logins", load_logins),
    Part("keys", "keys, gift cards and codes", load_keys),
    Part("programme", "programme", load_programme),
    Part("pictures", "pictures", load_pictures, beside=True),
    Part("customers", "customers", load_customers),
    Part("blocks", "subscribers' places", load_blocks),
    Part("orders", "past orders", load_orders),
    Part("scans", "people at the doors", load_scans),
)
