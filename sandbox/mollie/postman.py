"""Does at the right moment what happens without anybody asking: webhooks with retries, expiries, settled refunds."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from sandbox.mollie.account import Account
from sandbox.store import Errand, Store

logger = logging.getLogger(__name__)

# The provider waits longer between its ten attempts; nobody waits hours for a sandbox.
RETRY_SECONDS = (1, 2, 4, 8, 15, 30, 60, 120, 300)
ANSWER_TIMEOUT = 15.0
LEASE = 60.0
# The shop is next door, never behind a proxy.
OPENER = build_opener(ProxyHandler({}))
LONGEST_NAP = 30.0


class Postman:
    """One thread looks what is due, a few carry webhooks: a slow shop must not keep the others waiting."""

    def __init__(self, store: Store, account: Account) -> None:
        self.store = store
        self.account = account
        self._stop = threading.Event()
        self._carriers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="webhook")
        self._thread = threading.Thread(target=self._work, name="postman", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self.store.timetable_changed.set()
        self._thread.join(timeout=2)
        self._carriers.shutdown(wait=False, cancel_futures=True)

    def _work(self) -> None:
        while not self._stop.is_set():
            self.store.timetable_changed.clear()
            try:
                for errand in self.store.take_due_errands(time.time(), lease=LEASE, limit=20):
                    self._carriers.submit(self._run, errand)
                next_at = self.store.next_errand_at()
            except Exception:
                logger.exception("The postman stumbled")
                next_at = time.time() + 1
            nap = LONGEST_NAP if next_at is None else min(max(next_at - time.time(), 0), LONGEST_NAP)
            self.store.timetable_changed.wait(nap)

    def _run(self, errand: Errand) -> None:
        try:
            if errand.kind == "expire":
                self.account.expire(errand.subject)
            elif errand.kind == "settle":
                self.account.end_refund(errand.subject, "refunded")
            else:
                self._call(errand)
                return
            self.store.end_errand(errand, outcome="done")
        except Exception:
            logger.exception("An errand failed")
            self.store.end_errand(errand, outcome="failed")

    def _call(self, errand: Errand) -> None:
        body = urlencode({"id": errand.subject}).encode()
        request = Request(errand.url, data=body, headers={"User-Agent": "Parterre sandbox"})  # noqa: S310 - http(s) only, checked at creation
        try:
            with OPENER.open(request, timeout=ANSWER_TIMEOUT) as answer:
                self.store.end_errand(errand, outcome=str(answer.status))
                return
        except URLError as error:
            outcome = str(getattr(error, "code", "")) or str(error.reason)
        except OSError as error:
            outcome = str(error)
        again_at = time.time() + RETRY_SECONDS[errand.attempts] if errand.attempts < len(RETRY_SECONDS) else None
        self.store.end_errand(errand, outcome=outcome[:200], again_at=again_at)
