"""What a day brings to agreements: reminders before the end, evaluation, and the end itself."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import Error
from django.utils import timezone

from agreements.settling import settled
from journal.actions import note
from journal.models import Entry
from partnerships.actions import expire_and_end
from partnerships.audience import tell_parties
from partnerships.models import Agreement

REMINDED = (30, 60, 90)  # days before the end, the nearest first
STANDING = (Agreement.State.ACTIVE, Agreement.State.UNDER_NOTICE)


@dataclass(slots=True)
class DayDone:
    """What a run came to."""

    ended: int = 0
    waiting: int = 0
    reminded: int = 0
    evaluated: int = 0
    errors: list[dict[str, str]] = field(default_factory=list)


def work_of_the_day(*, on: date, at: datetime) -> DayDone:
    """End what is over, and remind of what is near; asked twice it writes nothing more."""
    done = DayDone()
    _end(on, at, done)
    _remind(on, at, done)
    _evaluate(on, at, done)
    return done


def _end(on: date, at: datetime, done: DayDone) -> None:
    """Nothing ends before its day, whatever day was asked for."""

    def is_settled(agreement: Agreement) -> bool:
        try:
            if settled(agreement, at=at):
                return True
        except (Error, ValueError) as error:
            words = str(error).partition("\n")[0]
            done.errors.append({"agreement": agreement.slug, "message": words})
            return False
        done.waiting += 1
        _tell_once(agreement, "agreement-unsettled", str(agreement.ends_on), on=on, at=at)
        return False

    last = min(on, timezone.localdate(at))
    done.ended = len(expire_and_end(last, at=at, settled=is_settled))


def _remind(on: date, at: datetime, done: DayDone) -> None:
    """90, 60 and 30 days before the end, each once; a missed night is caught up."""
    near = Agreement.objects.filter(
        state__in=STANDING, ends_on__gt=on, ends_on__lte=on + timedelta(max(REMINDED))
    )
    for one in near.order_by("pk"):
        left = (one.ends_on - on).days if one.ends_on else 0
        step = next(days for days in REMINDED if left <= days)
        about = f"{one.ends_on}:{step}"
        done.reminded += _tell_once(one, "agreement-expiring", about, on=on, at=at)


def _evaluate(on: date, at: datetime, done: DayDone) -> None:
    due = Agreement.objects.filter(state__in=STANDING, evaluated_on__lte=on)
    for one in due.order_by("pk"):
        about = str(one.evaluated_on)
        done.evaluated += _tell_once(one, "agreement-evaluate", about, on=on, at=at)


def _tell_once(agreement: Agreement, kind: str, about: str, *, on: date, at: datetime) -> bool:
    """Tell the parties of one thing once; the journal knows what they have been told."""
    told = Entry.objects.filter(
        what=kind,
        subject_kind=Agreement._meta.label_lower,
        subject_pk=agreement.pk,
        details__about=about,
    )
    if told.exists():
        return False
    note(agreement, kind, by=None, case=None, about=about)
    tell_parties(agreement, kind, on=on, at=at, by=None)
    return True
