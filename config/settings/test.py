"""The test suite: real PostgreSQL and Valkey, mail kept in memory, no worker anywhere."""

from config.settings.base import *
from config.settings.base import INSTALLED_APPS, MIDDLEWARE, STORAGES

ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
# The live server brings static files itself, unhashed and uncollected.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BROKER_URL = "memory://"
OUTBOX_HTTP_ALLOW_PRIVATE = True
SERVE_MEDIA = True
SHOW_GALLERY = True
PATIENCE_FOR_TICKETS = 0  # nobody renders beside a test
