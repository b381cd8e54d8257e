"""What strangers send, and every address they can send it to."""

from __future__ import annotations

from tests.webshop.conftest import Buyer

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
NONSENSE = ["\x00", "' OR 1=1; --", SCRIPT, "😀" * 50, "A" * 5000, "../../etc/passwd", "%00", "-1", "1e309", "NaN"]


def order_pages(token: str, house: str) -> list[tuple[str, str]]:
    """Every address behind the link of an order, with the method it is for."""
    at = f"/en/{house}/order/{token}/"
    gets = ["", "return/", "cancel/", "tickets.pdf", "calendar.ics", "tickets/ABCDEFGHJKLM.pdf",
            "tickets/ABCDEFGHJKLM/apple/", "confirm/x/"]  # fmt: skip
    return [("get", at + path) for path in gets] + [
        ("post", at + path) for path in ("reopen/", "cancel/", "confirm/x/")
    ]


def shop_posts(buyer: Buyer) -> list[str]:
    """Every address of the shop that takes a post."""
    name = f"{buyer.performance.code}-0"
    at_show = [f"{buyer.page}{path}/" for path in ("hold", "best", "standing", "list/choose", "waiting-list")]
    in_shop = ["basket/more-time/", "basket/try-again/", "basket/code/", "basket/code/remove/", "checkout/",
               f"basket/shift/{buyer.performance.code}/", f"basket/lines/{name}/tariff/",
               f"basket/lines/{name}/remove/", "gift-card/", "waiting/no-such-secret/confirm/",
               "waiting/no-such-secret/leave/"]  # fmt: skip
    return at_show + [buyer.shop + path for path in in_shop]
