"""Before the pages open: the tables, the demo world in an empty database, and who may sign in."""

import os

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands

from accounts.checks import DEMO_PASSWORD, DEMO_SIGN_INS


def main() -> None:
    """Bring the database up to date; fill it when nobody is in it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontaktforloeb.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if settings.DEMO:
        fill()
        print(sign_ins())  # noqa: T201 (the supervisor shows it)


def fill() -> None:
    """The demo world, once."""
    if not get_user_model().objects.exists() and "demo" in get_commands():
        call_command("demo")


def sign_ins() -> str:
    """The demo accounts that are there, as a table."""
    there = set(get_user_model().objects.filter(is_active=True).values_list("username", flat=True))
    lines = [f"  {name:<16} {who}" for name, who in DEMO_SIGN_INS.items() if name in there]
    if not lines:
        return "Nobody of the demo world is here to sign in.\n"
    return "\n".join([f"Sign in with the password `{DEMO_PASSWORD}` as", *lines, ""])


if __name__ == "__main__":
    main()
