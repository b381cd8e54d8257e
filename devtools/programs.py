"""What the processes of an installation are called with. The containers call the same (tests/dev/test_compose.py)."""

from __future__ import annotations

WEB = ("gunicorn", "--config", "config/gunicorn.py")
WORKER = (
    *("celery", "--quiet", "--app", "config", "worker", "--concurrency", "2", "--loglevel", "warning"),
    *("--queues", "outbox,tickets,mail,sync", "--without-gossip", "--without-mingle"),
)
BEAT = ("celery", "--quiet", "--app", "config", "beat", "--loglevel", "warning")
SANDBOX = ("gunicorn", "--workers", "1", "--threads", "8", "--no-control-socket", "--log-level", "warning",
           "sandbox.wsgi:application")  # fmt: skip
