"""The settings of the shop the browser talks to: as on somebody's own machine, its files uncollected, no worker beside.

What the outbox has to deliver, mails about orders above all, is delivered by the test itself.
"""

import os

from config.settings.dev import *
from config.settings.dev import CACHES, STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
# A file that is edited while a test runs is served whole.
WHITENOISE_AUTOREFRESH = True
CELERY_BROKER_URL = "memory://"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES["default"]["KEY_PREFIX"] = os.environ["CACHE_PREFIX"]
# Every test comes from the same address.
ACCOUNT_RATE_LIMITS = False
# The mails of accounts are sent by the shop itself: into files, where the test finds them.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ["MAIL_FOLDER"]
