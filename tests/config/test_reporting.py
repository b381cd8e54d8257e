"""Reports of errors leave the installation; what leads to a person does not."""

from __future__ import annotations

from typing import Any

from config.reporting import without_people


def test_a_report_keeps_the_fault_and_forgets_the_visitor() -> None:
    event: dict[str, Any] = {
        "request": {"method": "POST", "url": "https://shop/order/secret", "query_string": "a=1", "cookies": {"b": "c"}},
        "user": {"ip_address": "198.51.100.7"},
        "exception": {"values": [{"type": "IntegrityError", "value": "Key (email)=(jan@example.be)"}]},
        "logentry": {"message": "mail to jan@example.be", "params": ["jan@example.be"]},
        "transaction": "/nl/zomerhof/order/AZ-2Jx3KcB6T0V5pJ0m7kA.AAAAAAAAAAAAAAAAAAAAAA/",
        "extra": {"request": "<WSGIRequest: POST '/nl/'>", "reason": "refused for jan@example.be", "status_code": 400},
    }
    assert without_people(event, None) == {
        "request": {"method": "POST"},
        "exception": {"values": [{"type": "IntegrityError", "value": "Key (email)=([…])"}]},
        "logentry": {"message": "mail to […]"},
        "transaction": "/nl/zomerhof/order/[…]/",
        "extra": {"reason": "refused for […]", "status_code": "400"},
    }
    assert without_people({"extra": {"request": "<WSGIRequest>"}}, None) == {}
