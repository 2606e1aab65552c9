"""The settings under test: servers of their own, and nothing that only slows tests down."""

import os

from servers import attach, secrets_file
from servers.places import TEST_DATA, place_at

EMBEDDED = [attach.URLS[url].NAME for url in attach.missing(os.environ)]
if EMBEDDED:
    attach.name(os.environ, place_at(TEST_DATA))
os.environ.update(secrets_file.throwaway(), DEMO="0", DEBUG="0", HTTPS="0")

from kontaktforloeb import environment as env  # noqa: E402 (after the environment is complete)
from kontaktforloeb.settings import *  # noqa: E402, F403
from kontaktforloeb.settings import CACHES, DATABASES, REDIS_URL, STORAGES  # noqa: E402

# Each process of a parallel run has its own queue and cache, away from those in use.
RUNNER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_URL = env.redis_numbered(REDIS_URL, add=10 + 2 * RUNNER)
CELERY_BROKER_URL = CELERY_RESULT_BACKEND = env.celery_broker(REDIS_URL)
CACHES["default"]["LOCATION"] = env.redis_numbered(REDIS_URL, add=1)

DATABASES["default"]["CONN_MAX_AGE"] = 0  # a kept connection would outlive its test
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
COUNTS_KEPT_SECONDS = 0  # factories write no journal; a test of what is kept turns it on
AXES_ENABLED = False  # a test of the lock-out turns it on
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
