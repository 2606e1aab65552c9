"""What must be true before real people sign in: no demo account may."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error
from django.db import OperationalError, connection

DEMO_PASSWORD = "demo"  # noqa: S105 (published: it works only where DEMO=1)
DEMO_SIGN_INS = {
    "sagsbehandler": "caseworker, Jobcenter København",
    "planlaegger": "booking coordinator, Jobcenter København",
    "jobkonsulent": "job consultant, 3F",
    "akasse-leder": "coordinator, 3F",
    "foa": "job consultant, FOA",
    "aarhus": "caseworker, Jobcenter Aarhus",
    "aftaler": "agreement administrator, Copenhagen",
    "styregruppe": "steering group",
    "controller": "finance, Copenhagen",
    "jobklub": "provider of a job club",
    "admin": "system administrator",
}


def no_demo_sign_ins(**_asked: object) -> list[CheckMessage]:
    """Errors while somebody could sign in with the published password."""
    found: list[CheckMessage] = []
    if settings.DEMO:
        found.append(Error("DEMO=1: the published password opens this place.", id="accounts.E001"))
    try:
        names = _open_accounts()
    except OperationalError as error:
        hint = "Name the database in DATABASE_URL."
        return [
            *found,
            Error(f"No database to look for demo accounts in: {error}", hint, id="accounts.E003"),
        ]
    if names:
        hint = "Deactivate them, or give them another password."
        found.append(
            Error(f"Demo accounts can sign in: {', '.join(names)}.", hint, id="accounts.E002")
        )
    return found


def _open_accounts() -> list[str]:
    """The demo accounts that are active and still have the published password."""
    users = get_user_model()
    if users._meta.db_table not in connection.introspection.table_names():
        return []  # nobody yet
    found = users.objects.filter(username__in=DEMO_SIGN_INS, is_active=True).order_by("username")
    return [user.get_username() for user in found if user.check_password(DEMO_PASSWORD)]
