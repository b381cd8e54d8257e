"""`./dev run` on somebody's own machine: the demo, the sandbox beside it, and a log for people to read."""

from config.log_events import configure_structlog, logging_settings
from config.settings.base import *
from config.settings.base import INSTALLED_APPS, LOG_LEVEL, env

ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
LOG_FORMAT = env("LOG_FORMAT", default="console")
LOGGING = logging_settings(LOG_FORMAT, LOG_LEVEL)
configure_structlog(LOG_FORMAT, LOG_LEVEL)
# The sandbox is reached over loopback.
OUTBOX_HTTP_ALLOW_PRIVATE = True
SERVE_MEDIA = True
SHOW_GALLERY = True
