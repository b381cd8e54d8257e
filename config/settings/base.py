"""Settings every installation shares; dev, test and production only say where they differ."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from config.log_events import configure_structlog, logging_settings
from outbox.schedule import OUTBOX_SCHEDULE
from payments.schedule import PAYMENTS_SCHEDULE
from ticketing.schedule import KERNEL_SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

SECRET_KEY = env("SECRET_KEY", default="insecure-development-key-never-used-in-production")
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
# Small servers of our own ask for the metrics without it; everybody else brings it.
METRICS_TOKEN = env("METRICS_TOKEN", default="")

LOG_FORMAT = env("LOG_FORMAT", default="json")
LOG_LEVEL = env("LOG_LEVEL", default="INFO")
LOGGING = logging_settings(LOG_FORMAT, LOG_LEVEL)
configure_structlog(LOG_FORMAT, LOG_LEVEL)

INSTALLED_APPS = [
    "config.operators.OperatorsConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "outbox",
    "ticketing",
    "payments",
]

# Every sale passes through all of these: each earns its place, and what one costs is in docs/adr/0008.
MIDDLEWARE = [
    "config.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.CompressionMiddleware",
    "config.content_policy.ContentPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.visitors.VisitorSessionMiddleware",
    "config.languages.PageLanguageMiddleware",
    "config.origins.OriginMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.visitors.VisitorAuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.visitors.VisitorMessageMiddleware",
]
# Payment providers knock here, and programs with a key; neither has cookies.
ORIGIN_CHECK_OPEN_PATHS = ["/webhooks/", "/api/"]
PATHS_WITHOUT_LANGUAGE = ["/webhooks/", "/api/", "/door/", "/states/", "/theme/", "/media/", "/static/"]
CONTENT_POLICY_IMAGE_HOSTS: list[str] = env.list("CONTENT_POLICY_IMAGE_HOSTS", default=[])
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# How many proxies of ours stand before us; each adds to X-Forwarded-For whom it heard (ticketing/attempts.py).
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# One connection per thread, kept: a new one would cost more than the sale. Not checked before use either; after the
# database was restarted each thread fails once, and the visitor's next try succeeds.
DATABASES = {"default": env.db("DATABASE_URL", default="postgres://parterre@127.0.0.1:5432/parterre")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=None)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
DATABASES["default"]["ATOMIC_REQUESTS"] = False
# Values travel apart from the statement, and a statement used five times on a connection is planned once: half the
# CPU time of PostgreSQL in a hold. PREPARE_THRESHOLD=0 turns preparing off, for PgBouncer before 1.21.
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"] |= {
    "server_side_binding": True,
    "prepare_threshold": env.int("PREPARE_THRESHOLD", default=5) or None,
}
# For PgBouncer in transaction mode.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = env.bool("DISABLE_SERVER_SIDE_CURSORS", default=False)

# 0 broker, 2 cache; nothing in either is missed when it is flushed.
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379").rstrip("/")
if urlsplit(REDIS_URL).path:
    # A number behind it would name databases nobody has, and a cache that cannot be reached is missed in silence.
    raise ImproperlyConfigured("REDIS_URL names a server without the number of a database: redis://127.0.0.1:6379")
CACHES = {"default": {"BACKEND": "config.forgiving_cache.ForgivingCache", "LOCATION": f"{REDIS_URL}/2"}}

CELERY_BROKER_URL = f"{REDIS_URL}/0"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# With kombu's own patience a request would wait six seconds for a broker that is gone; the outbox does not need it.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 3,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "socket_keepalive": True,
    "visibility_timeout": 3600,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000  # kB; PDFs leave some behind
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Brussels"
CELERY_TASK_DEFAULT_QUEUE = "outbox"
CELERY_TASK_ROUTES = {
    "outbox.*": {"queue": "outbox"},
    "ticketing.printing.*": {"queue": "tickets"},
    "ticketing.mails.*": {"queue": "mail"},
    "payments.*": {"queue": "sync"},
}
CELERY_BEAT_SCHEDULER = "outbox.beat.LeasedScheduler"
CELERY_BEAT_SCHEDULE = {**OUTBOX_SCHEDULE, **PAYMENTS_SCHEDULE, **KERNEL_SCHEDULE}

EMAIL_HOST = env("EMAIL_HOST", default="127.0.0.1")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL", default="tickets@parterre.example")

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# People sign in with their address, and prove that it is theirs before anything old is shown to them.
ACCOUNT_ADAPTER = "ticketing.mails.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# By a code, typed where it was asked for: a link would prove the account of whatever stranger typed the address.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {"confirm_email_verification_code": "ticketing.webshop.forms.CodeOfMailForm"}
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Beside allauth's own limits per address and per account; how many mails a recipient gets is in ticketing/attempts.py.
ACCOUNT_RATE_LIMITS = {"signup": "20/m/ip,100/h/ip", "reset_password": "20/m/ip,5/h/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_URL.startswith("https") else "http"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "shop:account"
# In the database alone: nobody is signed out because Valkey was flushed.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 30 * 24 * 3600

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English")]
# One folder of translations per surface, so that each stays complete and small.
LOCALE_PATHS = sorted(path for path in (BASE_DIR / "locale").glob("*") if path.is_dir())
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# The page of all components is for those who build them.
SHOW_GALLERY = False
FILE_UPLOAD_HANDLERS = [
    "config.uploads.GuardedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
MEDIA_URL = "/media/"
# Elsewhere the proxy or the bucket serves them.
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
# Rendered tickets are worth money: the same on every machine, and below no public address.
PRIVATE_ROOT = env.path("PRIVATE_ROOT", default=str(BASE_DIR / "var" / "private"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Names carry a hash of the content, so browsers keep them for ever; compressed once, when they are collected.
    "staticfiles": {"BACKEND": "config.static_files.HashedStaticFilesStorage"},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PRIVATE_ROOT}},
}

# A P-256 key in PEM form, the same on every machine; without it the installation makes one and keeps it sealed.
TICKET_SIGNING_KEY = env.str("TICKET_SIGNING_KEY", multiline=True, default="")
TICKET_SIGNING_KEY_ID = env.int("TICKET_SIGNING_KEY_ID", default=1)

# How many seconds a request for a PDF may wait for the worker before its browser is told to come back; 0 for never.
PATIENCE_FOR_TICKETS = env.float("PATIENCE_FOR_TICKETS", default=0.8)

# A wallet is offered once all its values are there; keys and certificates in PEM form.
APPLE_WALLET = {
    "pass_type": env("APPLE_WALLET_PASS_TYPE", default=""),
    "team": env("APPLE_WALLET_TEAM", default=""),
    "certificate": env.str("APPLE_WALLET_CERTIFICATE", multiline=True, default=""),
    "private_key": env.str("APPLE_WALLET_PRIVATE_KEY", multiline=True, default=""),
    "apple_certificate": env.str("APPLE_WALLET_APPLE_CERTIFICATE", multiline=True, default=""),
}
GOOGLE_WALLET = {
    "issuer": env("GOOGLE_WALLET_ISSUER", default=""),
    "service_account": env("GOOGLE_WALLET_SERVICE_ACCOUNT", default=""),
    "private_key": env.str("GOOGLE_WALLET_PRIVATE_KEY", multiline=True, default=""),
}

# The installation's key at the payment provider, for houses without one of their own; without any key the sandbox pays.
MOLLIE_API_KEY = env("MOLLIE_API_KEY", default="")
SANDBOX_URL = env("SANDBOX_URL", default="")

# Media in a bucket when several machines serve the shop.
if env("MEDIA_BUCKET", default=""):
    for name, location in (("default", "media"), ("private", "private")):
        STORAGES[name] = {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": env("MEDIA_BUCKET"),
                "location": location,
                "endpoint_url": env("MEDIA_ENDPOINT", default=None),
                "querystring_auth": name == "private",
                "file_overwrite": False,
            },
        }

REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
SPECTACULAR_SETTINGS = {
    # Without these the description would number them, and name them anew with every field that is added.
    "ENUM_NAME_OVERRIDES": {
        "BasketLineKind": "ticketing.models.BasketLine.Kind",
        "OrderLineKind": "ticketing.models.OrderLine.Kind",
        "OrderState": "ticketing.models.Order.State",
        "PaymentMeans": "ticketing.models.Payment.Means",
        "PaymentState": "ticketing.models.Payment.State",
        "PerformanceState": "ticketing.api.performances.SHOWN_STATES",
        "PlaceKind": "ticketing.models.Place.Kind",
        "ScanResult": "ticketing.models.Scan.Result",
        "TicketState": "ticketing.models.Ticket.State",
    },
}

# The operators' screens, in the house colour of the rest.
UNFOLD = {
    "SITE_TITLE": "Parterre",
    "SITE_HEADER": "Parterre",
    "SITE_SYMBOL": "theater_comedy",
    "COLORS": {
        "primary": {
            "50": "#FBF1F4", "100": "#F6DFE6", "200": "#EDBFCC", "300": "#E093A8", "400": "#D05F80", "500": "#B7305A",
            "600": "#8A1538", "700": "#741130", "800": "#5E0E27", "900": "#4A0B1F", "950": "#2E0713",
        },
    },
}  # fmt: skip

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
