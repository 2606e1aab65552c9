"""Logging every look at a citizen."""

from accounts.models import User
from journal.models import Look


def looked(
    kind: Look.Kind,
    *,
    by: User,
    case: int | None = None,
    reason: str = "",
    **details: str | int | bool | list[int],
) -> Look:
    """Log that someone looked; details never hold a CPR number or a name that was searched for."""
    return Look.objects.create(by=by, kind=kind, case_pk=case, reason=reason, details=details)
