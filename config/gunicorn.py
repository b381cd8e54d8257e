"""How the web server runs, the same in `./dev run`, in containers and in the bench: few processes, a few threads each.

Threads wait for PostgreSQL, not for each other; two processes use two cores. Measured in docs/adr/0003.
"""

from __future__ import annotations

import gc
import os
from typing import Any

wsgi_app = "config.wsgi:application"
bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# The application is loaded once and then shared by the forks: less memory, and a restarted process answers at once.
preload_app = True
# A process is replaced after many requests, never two at the same moment.
max_requests = int(os.environ.get("WEB_MAX_REQUESTS", "50000"))
max_requests_jitter = max_requests // 5
keepalive = 15
timeout = 30
graceful_timeout = 10
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - the heartbeat must not touch a disk
certfile = os.environ.get("WEB_CERTIFICATE") or None
keyfile = os.environ.get("WEB_CERTIFICATE_KEY") or None
forwarded_allow_ips = os.environ.get("WEB_TRUSTED_PROXIES", "127.0.0.1")
control_socket_disable = True
accesslog = None  # requests are logged by the application, without addresses that are secrets
errorlog = "-"
loglevel = "warning"


def when_ready(server: Any) -> None:
    """What is loaded now is shared by all forks as long as no collector writes to it."""
    gc.collect()
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:
    """The numbers of a process that is gone must leave the sums."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
