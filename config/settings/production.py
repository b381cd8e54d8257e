"""A house on the open internet, behind a proxy that ends TLS. What is secret or local comes from the environment."""

from config.hosts import OwnHosts
from config.reporting import report_errors
from config.settings.base import *
from config.settings.base import env

SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
# A container asks itself how it is.
ALLOWED_HOSTS = OwnHosts([*env.list("ALLOWED_HOSTS"), "127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The proxy sets this header and removes one that a visitor sent (deploy/Caddyfile).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# Balancers ask over plain HTTP, inside.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

report_errors(env("SENTRY_DSN", default=""), release=env("RELEASE", default=""))
