"""Saying why an interview was not held in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import may_acknowledge
from courses.models import Flag, Party
from journal.actions import note
from shared.refusals import Refused


@transaction.atomic
def acknowledge(  # noqa: PLR0913 (what one must say)
    flag: Flag,
    *,
    cause: Flag.Cause | str,
    responsible_side: Party | str,
    acknowledged_on: date | None,
    by: User,
    remark: str = "",
    at: datetime | None = None,
) -> Flag:
    """Say the cause, the side and the day; the flag is closed, and the interview is still late."""
    at = at or timezone.now()
    flag = Flag.objects.select_for_update(of=("self",)).get(pk=flag.pk)
    _check_flag(flag)
    _check_words(cause, responsible_side)
    flag.acknowledged_on = _checked_day(flag, acknowledged_on, today=timezone.localdate(at))
    flag.cause, flag.responsible_side = cause, responsible_side
    flag.remark, flag.acknowledged_by = remark, by
    flag.resolution, flag.resolved_at = Flag.Resolution.ACKNOWLEDGED, at
    flag.save(
        update_fields=[
            "acknowledged_on",
            "acknowledged_by",
            "cause",
            "responsible_side",
            "remark",
            "resolution",
            "resolved_at",
        ]
    )
    said = {"cause": str(cause), "side": str(responsible_side), "on": str(acknowledged_on)}
    note(flag, "flag-acknowledged", by=by, case=flag.course_id, **said)
    return flag


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What became of one of several: done, or why not."""

    flag: Flag
    refusal: str = ""


def acknowledge_each(chosen: Iterable[Flag], *, by: User, **said: Any) -> list[Acknowledged]:  # noqa: ANN401 (what `acknowledge` is told)
    """Say one cause of several late interviews; each in a transaction of its own."""
    on = timezone.localdate()
    return [Acknowledged(flag, _refusal(flag, by, on, said)) for flag in chosen]


def _refusal(flag: Flag, by: User, on: date, said: dict[str, Any]) -> str:
    """Why one of several cannot be acknowledged; empty when it was."""
    if not may_acknowledge(by, flag.course, on=on):
        return _("Only the parties of the course acknowledge.")
    try:
        acknowledge(flag, by=by, **said)
    except Refused as error:
        return str(error)
    return ""


def _check_flag(flag: Flag) -> None:
    if flag.stage != Flag.Stage.OVERDUE:
        raise Refused(_("The interview is not late yet: book it instead."))
    if flag.resolution == Flag.Resolution.ACKNOWLEDGED:
        raise Refused(_("This flag has been acknowledged already. Reload the page to see by whom."))
    if flag.resolved_at:
        raise Refused(_("This flag is closed: the interview is no longer missing."))


def _check_words(cause: str, responsible_side: str) -> None:
    if cause not in Flag.Cause.values:
        raise Refused(_("Choose a cause from the list."))
    if responsible_side not in Party.values:
        raise Refused(_("Choose the side that was responsible."))


def _checked_day(flag: Flag, day: date | None, *, today: date) -> date:
    """A day from the one it became late on until today."""
    if day is None:
        raise Refused(_("Say the day on which it was acknowledged."))
    if day > today:
        raise Refused(_("The day lies in the future: choose today or an earlier day."))
    if day < flag.became_on:
        raise Refused(_("The interview was not late on that day: choose a later one."))
    return day
