"""How events are written: one line each, machine-readable in production, without anything that leads to a person.

Events of ours are keys and values, never sentences with data in them. What others write (Django, libraries) is
scrubbed: addresses of signed links become the route they matched, e-mail addresses and long tokens become a mark.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

Event = MutableMapping[str, Any]

# An e-mail address; the link of an order; a secret, a key, a code in a square; the code of a ticket, a gift card or a
# door; the code that proves an address; a bank account or national number.
PERSONAL = re.compile(
    r"""[^\s<>()"'=]+@[^\s<>()"']+\.[^\s<>()"']+"""
    r"|[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{22}"
    r"|(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}(?:[:.][A-Za-z0-9_-]{4,})*"
    r"|\b(?=[A-Z]*\d)[2-9A-HJKMNP-Z]{12,16}\b"
    r"|\b[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}\b"
    r"|\b[A-Z]{2}\d{2}(?:\ ?\d{4}){3,}"
    r"|\b\d{11}\b"
)
MASK = "[…]"


def route_of(request: Any) -> str:
    """The pattern an address matched: it holds the names of its parts and none of their values."""
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match is not None else "unmatched"


def scrubbed(text: str) -> str:
    return PERSONAL.sub(MASK, text)


class WithoutAddresses(logging.Filter):
    """Django writes the address of a refused request; we write its route."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = record.__dict__.pop("request", None)
        if request is not None and isinstance(record.args, tuple):
            path = getattr(request, "path", None)
            record.args = tuple(route_of(request) if value == path else value for value in record.args)
        return True


def scrub_foreign(_logger: Any, _method: str, event: Event) -> Event:
    """Other people's sentences and tracebacks may quote a row of the database."""
    for key in ("event", "exception"):
        if isinstance(event.get(key), str):
            event[key] = scrubbed(event[key])
    return event


def scrub_exception(_logger: Any, _method: str, event: Event) -> Event:
    """The same for tracebacks in events of ours."""
    if "exception" in event:
        event["exception"] = scrubbed(event["exception"])
    return event


def _renderer(style: str) -> Any:
    if style == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.processors.KeyValueRenderer(key_order=["level", "event"], drop_missing=True, repr_native_str=False)


def configure_structlog(style: str, level: str) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            scrub_exception,
            _renderer(style),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )


def logging_settings(style: str, level: str) -> dict[str, Any]:
    """Django's LOGGING: everybody else's records take the same way out."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_addresses": {"()": WithoutAddresses}},
        "formatters": {
            "event": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [
                    structlog.contextvars.merge_contextvars,
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    structlog.processors.TimeStamper(fmt="iso", utc=True),
                    structlog.stdlib.ExtraAdder(),
                ],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    scrub_foreign,
                    _renderer(style),
                ],
            }
        },
        "handlers": {
            "out": {
                "class": "logging.StreamHandler",
                "stream": sys.stdout,
                "formatter": "event",
                "filters": ["without_addresses"],
            }
        },
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            # Every request is written once already, by config.requests.
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "ERROR", "handlers": ["out"], "propagate": False},
            # Anybody may cause these as often as they like; the request's own line says 400, and that is enough.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django.security.RequestDataTooBig": {"level": "CRITICAL"},
            "django": {"handlers": [], "level": level, "propagate": True},
            # A line per sweep would drown the rest; what a task did, it says itself.
            "celery": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }
