"""Files of members as tests write them, and what the command says of them."""

from django.core.management import call_command
from django.core.management.base import CommandError

from courses.models import Absence

ANNA, BO, DORTE = "610185-1000", "620185-1001", "630185-1002"


def run(folder, *options) -> int:
    """The exit status of the command."""
    try:
        call_command("import_members", str(folder), *options)
    except SystemExit as end:
        return int(end.code or 0)
    except CommandError as error:
        return error.returncode
    return 0


def members(*rows, columns="registered_on"):
    """A file with the required columns, and those named."""
    header = f"cpr,first_name,last_name,municipality,{columns}"
    return "\n".join([header, *(f"{cpr},Anna,Åkær,101,{rest}" for cpr, rest in rows)])


def lines(report):
    return [
        f"{one['file']}:{one['row']}: {one['field']}: {one['message']}" for one in report["errors"]
    ]


def counts(report, kind):
    return {name: number for name, number in report[kind].items() if number}


def standing():
    rows = Absence.objects.standing().order_by("starts_on", "kind")
    return [(row.kind, str(row.starts_on), str(row.ends_on or "")) for row in rows]
