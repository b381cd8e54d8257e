"""The certificate of `./dev run --https` is one that strict clients of ours accept, for the addresses it names."""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import UTC, datetime
from pathlib import Path

from devtools.self_signed import write_certificate


def test_a_strict_client_that_trusts_it_is_served(tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    write_certificate(certificate, key, ["127.0.0.1", "192.0.2.7"], datetime.now(UTC))

    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate, key)
    asking = ssl.create_default_context(cafile=certificate)
    asking.verify_flags |= ssl.VERIFY_X509_STRICT

    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            connection, _ = server.accept()
            with serving.wrap_socket(connection, server_side=True) as secured:
                secured.sendall(b"hello")

        threading.Thread(target=greet, daemon=True).start()
        with (
            socket.create_connection(server.getsockname()[:2], timeout=5) as connection,
            asking.wrap_socket(connection, server_hostname="127.0.0.1") as secured,
        ):
            assert secured.recv(5) == b"hello"
