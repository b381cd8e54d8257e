"""A shop's end of a webhook: notes every call, and answers as the test wants."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


@dataclass
class Listener:
    url: str
    heard: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    """`answers` are given one after the other; when they have run out, 200."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status = listener.answers.pop(0) if listener.answers else 200
            listener.heard.append(parse_qs(body)["id"][0])
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener = Listener(f"http://127.0.0.1:{server.server_port}/webhooks/mollie/")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
