"""The door for a web server that speaks ASGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontaktforloeb.settings")
os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "10")  # nobody waits longer for a page

application = get_asgi_application()
