"""The settings: one file, every variable read from the environment (docs/operations.md)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from kontaktforloeb import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What kind of place this is ---------------------------------------------------------------
DEMO = env.flag("DEMO", default=False)  # made-up people; the password `demo` works only here
DEBUG = env.flag("DEBUG", default=False)
HTTPS = env.flag("HTTPS", default=not (DEMO or DEBUG))  # off only on one's own machine

# --- Secrets: no defaults, so that a forgotten one stops the start ------------------------------
SECRET_KEY = env.text("SECRET_KEY")
CPR_KEYS = env.keys("CPR_KEYS")  # the first one encrypts, all of them decrypt
CPR_INDEX_KEY = env.key("CPR_INDEX_KEY")  # never in a backup beside the database

# --- The parts ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "axes",
    "crispy_forms",
    "csp",
    "django_htmx",
    "template_partials",
    "shared",
    "accounts",
    "journal",
    "notices",
    "partnerships",
    "frames",
    "staffing",
    "courses",
    "letters",
    "meetings",
    "slots",
    "handovers",
    "activities",
    "agreements",
    "forums",
    "selfservice",
    "desk",
    "portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # docs/decisions.md, 13
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shared.addresses.CprInAddressMiddleware",
    "accounts.sessions.SignInMiddleware",
    "accounts.sessions.RenewingSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shared.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "kontaktforloeb.urls"
WSGI_APPLICATION = "kontaktforloeb.wsgi.application"
ASGI_APPLICATION = "kontaktforloeb.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["dkfds"]
CRISPY_TEMPLATE_PACK = "dkfds"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Servers ------------------------------------------------------------------------------------
DATABASES = {
    "default": env.limited(
        env.database(env.text("DATABASE_URL")),
        statement_seconds=env.number("DATABASE_STATEMENT_SECONDS", 0),  # web servers set 10
    )
    | {
        # the development server has a thread for each browser connection, and each would keep one
        "CONN_MAX_AGE": env.number("DATABASE_CONNECTION_SECONDS", 0 if DEBUG else 600),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": env.flag("DATABASE_POOLED_BY_TRANSACTION", default=False),
        "TEST": {"TEMPLATE": "template0"},
    },
}
REDIS_URL = env.text("REDIS_URL")  # the queue's database; the cache has the next one
CACHES: dict[str, dict[str, str]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.redis_numbered(REDIS_URL, add=1),
        "KEY_PREFIX": "kontaktforloeb",
    },
}

COUNTS_KEPT_SECONDS = env.number("COUNTS_KEPT_SECONDS", 60)  # 0: front pages count on every view
AFTER_EACH_ACT = ["courses.kept_counts.acted"]  # what the journal tells of each entry

# --- Who signs in -------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.PublishedPasswordRefused",
    "django.contrib.auth.backends.ModelBackend",
    "partnerships.permissions.RolePermissions",  # what roles may do in the admin site
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["username", "password"]
AXES_DISABLE_ACCESS_LOG = False  # who signed in, when and from where; read in the admin site
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "accounts.requests.sender_of"
PROXIES = env.number("PROXIES", 0)  # each adds to X-Forwarded-For; what stands before is hearsay
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429

# --- Sessions, cookies, headers -----------------------------------------------------------------
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 12 * 3600  # of idleness, because use renews it
SESSION_RENEWED_SECONDS = 300  # a session is written this often and no oftener
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # htmx sends the token from the page, not from the cookie
LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # a prober inside speaks plain HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"

# --- Files --------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
STATICFILES_DIRS = [  # ours, and the packages' (scripts/front_end.py)
    folder for folder in (BASE_DIR / "static", BASE_DIR / "build" / "static") if folder.is_dir()
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing keeps files
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "shared.bundles.BundledStorage",
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# --- Mail ---------------------------------------------------------------------------------------
EMAIL_HOST = env.text("EMAIL_HOST", "")  # while none is named, mail waits in the outbox
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "kontaktforloeb@localhost")
PUBLIC_URL = env.text("PUBLIC_URL", "http://localhost:8000").rstrip("/")  # of links in mail
CAUGHT_MAIL = env.text("CAUGHT_MAIL", "")  # where `make run` keeps what it caught, for /demo/post/

# --- Letters ------------------------------------------------------------------------------------
DIGITAL_POST_OUTBOX = env.text(  # MeMo messages wait here: no access to Digital Post is built in
    "DIGITAL_POST_OUTBOX", str(BASE_DIR / ".data" / "digital-post")
)

# --- Calendars of workers: whether one on this very machine may be read, for trying it out --------
CALENDARS_FROM_LOOPBACK = env.flag("CALENDARS_FROM_LOOPBACK", default=False)
if CALENDARS_FROM_LOOPBACK and not DEBUG:
    raise ImproperlyConfigured("CALENDARS_FROM_LOOPBACK=1 needs DEBUG=1: it opens what is inside.")

# --- Whom to tell of barriers: the accessibility statement names them -----------------------------
ACCESSIBILITY_MAIL = env.text("ACCESSIBILITY_MAIL", "")
ACCESSIBILITY_PHONE = env.text("ACCESSIBILITY_PHONE", "")
ACCESSIBILITY_URL = env.text("ACCESSIBILITY_URL", "")  # the statement made with the WAS-Tool

# --- Tasks and the calendar of jobs -------------------------------------------------------------
CELERY_BROKER_URL = CELERY_RESULT_BACKEND = env.celery_broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "queue_order_strategy": "priority"}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_RESULT_EXPIRES = timedelta(days=1)
CELERY_TASK_ACKS_LATE = True  # a task is done when it is done: tasks may run twice
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 3000  # below the visibility timeout, or the broker hands it out twice
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "agreements_of_the_day": {
        "task": "agreements.jobs.agreements_of_the_day",
        "schedule": crontab(hour=5, minute=0),  # before the deadlines are computed
    },
    "refresh_deadlines": {
        "task": "courses.jobs.refresh_deadlines",
        "schedule": crontab(hour=5, minute=10),
    },
    "prepare_handovers": {
        "task": "handovers.jobs.prepare_handovers",
        "schedule": crontab(hour=5, minute=30),
    },
    "release_reservations": {
        "task": "slots.jobs.release_reservations",
        "schedule": crontab(hour=5, minute=50),
    },
    "watch_booking_deadlines": {
        "task": "selfservice.jobs.watch_booking_deadlines",
        "schedule": crontab(hour=6, minute=0),
    },
    "flag_overdue": {
        "task": "courses.jobs.flag_overdue",
        "schedule": crontab(hour=5, minute=40),
    },
    "state_frames": {
        "task": "frames.jobs.state_frames",
        "schedule": crontab(hour=6, minute=10),
    },
    "remind_forums": {
        "task": "forums.jobs.remind_forums",
        "schedule": crontab(hour=6, minute=20),
    },
    "check_deadlines": {
        "task": "courses.jobs.check_deadlines",
        "schedule": crontab(hour=3, minute=20, day_of_week="sunday"),
    },
    "read_calendars": {
        "task": "staffing.jobs.read_calendars",
        "schedule": crontab(minute=25),  # every hour
        "options": {"expires": 3000},  # after a standstill the newest is enough
    },
    "send_summonses": {
        "task": "letters.jobs.send_summonses",
        "schedule": crontab(),  # every minute
    },
    "send_digests": {
        "task": "meetings.jobs.send_digests",
        "schedule": crontab(hour=7, minute=0, day_of_week="mon-fri"),  # the job skips holidays
    },
    "send_mails": {
        "task": "notices.jobs.send_mails",
        "schedule": crontab(),  # every minute
        "options": {"expires": 60},  # after a standstill the newest is enough
    },
}

# --- Logs ---------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
}
