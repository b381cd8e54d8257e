"""The door gunicorn opens."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
# The addresses and all that answers behind them. Django would load them for the first request of each process; loaded
# here, before the processes part, they are shared, and nobody waits a third of a second for them.
import_module(settings.ROOT_URLCONF)
