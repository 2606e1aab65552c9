"""The door for a web server that speaks WSGI."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontaktforloeb.settings")
os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "10")  # nobody waits longer for a page

application = get_wsgi_application()

# What is loaded by now stays: the collector need not walk through it on every tenth page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 50, 100)
