"""The sandbox as one WSGI application; its mail receiver and its postman are threads of the same process."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sandbox.configuration import Configuration, read_configuration
from sandbox.mail.letters import Letters
from sandbox.mail.mailbox import MailboxPages
from sandbox.mail.receiver import Receiver
from sandbox.mollie.account import Account
from sandbox.mollie.api import MollieApi
from sandbox.mollie.checkout import CheckoutPages
from sandbox.mollie.control import ControlApi
from sandbox.mollie.faults import Faults
from sandbox.mollie.postman import Postman
from sandbox.pages import stylesheet
from sandbox.store import Store
from sandbox.web import Application, Request, Response, route


@dataclass
class Sandbox:
    application: Application
    postman: Postman
    receiver: Receiver | None

    def start(self) -> None:
        self.postman.start()
        if self.receiver:
            self.receiver.start()

    def stop(self) -> None:
        self.postman.stop()
        if self.receiver:
            self.receiver.stop()


def build(configuration: Configuration) -> Sandbox:
    store = Store(configuration.state)
    account = Account(store, configuration)
    faults = Faults()
    letters = Letters(store)
    routes = [
        *MollieApi(store, account, faults).routes(),
        *CheckoutPages(store, account).routes(),
        *ControlApi(store, account, faults).routes(),
        *MailboxPages(letters).routes(),
        route("GET", "/sandbox/sandbox.css", stylesheet),
        route("GET", "/healthz", healthz),
    ]
    port = configuration.smtp_port
    receiver = Receiver(configuration.smtp_host, port, letters.keep) if port else None
    return Sandbox(Application(routes, configuration.public_url), Postman(store, account), receiver)


def healthz(request: Request) -> Response:
    return Response(b"ok\n", 200, "text/plain; charset=utf-8")


logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
_sandbox = build(read_configuration())
_sandbox.start()
application = _sandbox.application
