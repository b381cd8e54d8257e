"""The one way out: every call to another system goes through `session()`.

It waits a bounded time, reads a bounded answer, never follows a redirect to another host, does not call this machine or
its private network unless a setting allows it, keeps addresses and bodies out of the logs, and ends in an answer,
`Unavailable` or `Rejected`, nothing else.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
import time
from collections.abc import Collection, Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import httpx
from django.utils import timezone

from outbox import tuning
from outbox.errors import InsideTransaction, Rejected, Unavailable
from outbox.transactions import transaction_is_open

logger = logging.getLogger(__name__)
# httpx logs every address in full, and addresses carry codes and tokens.
logging.getLogger("httpx").setLevel(logging.WARNING)

TIMEOUT = httpx.Timeout(10, connect=3)
LONGEST_SECONDS = 20.0
MOST_BYTES = 5_000_000
MOST_REDIRECTS = 3
USER_AGENT = "Parterre"
TRY_LATER = frozenset({408, 423, 425, 429})
# True of the answer as it travelled, no longer of the body we hand on.
SPENT_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding"})


def session(
    *,
    base_url: str = "",
    headers: Mapping[str, str] | None = None,
    auth: httpx.Auth | tuple[str, str] | None = None,
    timeout: httpx.Timeout = TIMEOUT,
    longest_seconds: float = LONGEST_SECONDS,
    most_bytes: int = MOST_BYTES,
    transport: httpx.BaseTransport | None = None,
) -> Session:
    """Use it as a context manager; `transport` is for tests, which hand in `httpx.MockTransport`."""
    client = httpx.Client(
        base_url=base_url,
        headers={"User-Agent": USER_AGENT, **(headers or {})},
        auth=auth,
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
        transport=transport,
    )
    return Session(client, longest_seconds=longest_seconds, most_bytes=most_bytes)


class Session:
    def __init__(self, client: httpx.Client, *, longest_seconds: float, most_bytes: int) -> None:
        self._client = client
        self._longest_seconds = longest_seconds
        self._most_bytes = most_bytes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def get(self, url: str, **options: Any) -> httpx.Response:
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> httpx.Response:
        return self.request("POST", url, **options)

    def put(self, url: str, **options: Any) -> httpx.Response:
        return self.request("PUT", url, **options)

    def patch(self, url: str, **options: Any) -> httpx.Response:
        return self.request("PATCH", url, **options)

    def delete(self, url: str, **options: Any) -> httpx.Response:
        return self.request("DELETE", url, **options)

    def request(self, method: str, url: str, *, expect: Collection[int] = (), **options: Any) -> httpx.Response:
        """A 2xx answer, or one whose status is in `expect`; options are httpx's (params, json, data, headers …)."""
        if transaction_is_open():
            raise InsideTransaction("no call to another system while a transaction is open")
        deadline = time.monotonic() + self._longest_seconds
        try:
            request = self._client.build_request(method, url, **options)
            answer = self._follow(request, deadline)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise Rejected(f"unusable address ({type(error).__name__})") from None
        except httpx.TransportError as error:
            logger.info("call failed", extra={"host": request.url.host, "error": type(error).__name__})
            raise Unavailable(f"no answer ({type(error).__name__})") from error
        except httpx.DecodingError as error:
            raise Unavailable("garbled answer") from error
        logger.debug("call answered", extra={"host": request.url.host, "status": answer.status_code})
        return _judged(answer, expect)

    def _follow(self, request: httpx.Request, deadline: float) -> httpx.Response:
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._send(request, deadline)
            if not answer.has_redirect_location or request.method not in ("GET", "HEAD"):
                return answer
            there = request.url.join(answer.headers["Location"])
            if not _same_house(request.url, there):
                raise Rejected("redirected to another host", status=answer.status_code)
            request = httpx.Request(request.method, there, headers=request.headers, extensions=request.extensions)
        raise Rejected("redirected without end")

    def _send(self, request: httpx.Request, deadline: float) -> httpx.Response:
        pinned = request if tuning.private_hosts_allowed() else _to_public_address(request)
        answer = self._client.send(pinned, stream=True)
        body = bytearray()
        try:
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > self._most_bytes:
                    raise Rejected("answer too large", status=answer.status_code)
                if time.monotonic() > deadline:
                    raise Unavailable("answer too slow")
        finally:
            answer.close()
        headers = [(name, value) for name, value in answer.headers.multi_items() if name not in SPENT_HEADERS]
        return httpx.Response(answer.status_code, headers=headers, content=bytes(body), request=request)


def _same_house(here: httpx.URL, there: httpx.URL) -> bool:
    upgraded = here.scheme == "http" and there.scheme == "https" and here.port is None and there.port is None
    return here.host == there.host and (upgraded or (here.scheme, here.port) == (there.scheme, there.port))


def _to_public_address(request: httpx.Request) -> httpx.Request:
    """Connect to the very address that was checked, so that a name cannot point elsewhere a moment later."""
    host, port = request.url.host, request.url.port or (443 if request.url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unavailable("name not found") from error
    addresses = [ipaddress.ip_address(entry[4][0]) for entry in found]
    if not addresses or not all(_is_public(address) for address in addresses):
        raise Rejected("address is not public")
    return httpx.Request(
        request.method,
        request.url.copy_with(host=str(addresses[0])),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or address
    return bool(inner.is_global and not inner.is_multicast)


def _judged(answer: httpx.Response, expect: Collection[int]) -> httpx.Response:
    status = answer.status_code
    if answer.is_success or status in expect:
        return answer
    if status >= 500 or status in TRY_LATER:
        raise Unavailable(f"HTTP {status}", retry_after=_retry_after(answer))
    raise Rejected(f"HTTP {status}", status=status, body=answer.content)


def _retry_after(answer: httpx.Response) -> timedelta | None:
    """Both forms of the header: seconds, or a moment."""
    value = answer.headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return timedelta(seconds=min(int(value), 86_400))
    try:
        return max(parsedate_to_datetime(value) - timezone.now(), timedelta(0)) if value else None
    except (TypeError, ValueError):
        return None
