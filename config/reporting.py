"""Sends errors to Sentry when an installation names one, and nothing about the person who met them."""

from __future__ import annotations

from typing import Any

from config.log_events import scrubbed

KEPT_OF_A_REQUEST = ("method",)


def report_errors(dsn: str, *, release: str) -> None:
    if not dsn:
        return
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        release=release or None,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        before_send=without_people,
    )


def without_people(event: Any, _hint: Any) -> Any:
    """The address of a request may be a signed link; a message may quote a row."""
    request = event.get("request")
    if request:
        event["request"] = {name: request[name] for name in KEPT_OF_A_REQUEST if name in request}
    event.pop("user", None)
    for value in event.get("exception", {}).get("values", []):
        value["value"] = scrubbed(value.get("value") or "")
    if "transaction" in event:
        event["transaction"] = scrubbed(str(event["transaction"]))
    # What Django says beside its own sentences: the request, which would be written with its address.
    extra = {name: scrubbed(str(value)) for name, value in event.get("extra", {}).items() if name != "request"}
    if extra:
        event["extra"] = extra
    else:
        event.pop("extra", None)
    if "logentry" in event:
        event["logentry"] = {"message": scrubbed(str(event["logentry"].get("message") or ""))}
    return event
