"""The interviews of one's own day, with a line where now is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import MeetingForm, MeetingKind
from courses.wording import interview_name
from courses.worklist_rows import KEY, address_pattern
from meetings.models import Meeting, Participant
from partnerships.kept_for_readers import KeptForReaders
from shared.dates import start_of
from shared.templatetags.components import status
from shared.written import clock_text

PAGES = ("meetings:detail", "meetings:outcome")
NAME = ("course__citizen__first_name", "course__citizen__last_name")
DUTY = ("duty__rule", "duty__ordinal", "duty__kind")
COLUMNS = ("pk", "course", "starts_at", "ends_at", "state", "kind", "form", "room__name")


@dataclass(frozen=True, slots=True)
class Appointment:
    """One interview of the day; `record_url` is there while its outcome is missing."""

    course_pk: int
    clock: str
    name: str
    what: str
    url: str
    status: SafeString | str
    record_url: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The day before and after now."""

    past: tuple[Appointment, ...]
    ahead: tuple[Appointment, ...]
    now: str

    @property
    def count(self) -> int:
        """How many interviews the day has."""
        return len(self.past) + len(self.ahead)


def _mine(user: User, *, on: date, since: datetime, until: datetime) -> QuerySet[Any, Any]:
    """Participants carry the times of their interview, so that one's day needs no other's rows."""
    seats = Participant.objects.filter(worker=user.pk, starts_at__gte=since, starts_at__lt=until)
    return (
        Meeting.objects.visible_to(user, on=on)
        .filter(pk__in=seats.values("meeting"))
        .exclude(state=Meeting.State.CANCELLED)
        .order_by("starts_at", "pk")
        .values_list(*COLUMNS, *NAME, *DUTY)
    )


MINE = KeptForReaders(_mine)


def agenda_of(user: User, *, on: date, at: datetime) -> Agenda:
    """The interviews that a person takes part in on a day."""
    detail, outcome = (address_pattern(one, KEY, "%d") for one in PAGES)
    past, ahead = list[Appointment](), list[Appointment]()
    for pk, course, starts_at, ends_at, state, kind, form, room, *rest in MINE.ask(
        user, on=on, since=start_of(on), until=start_of(on + timedelta(1))
    ):
        first, last, *duty = rest
        what = interview_name(*duty) if duty[0] else str(MeetingKind(kind).label).capitalize()
        unsettled = state == Meeting.State.BOOKED and ends_at <= at
        (past if starts_at <= at else ahead).append(
            Appointment(
                course_pk=course,
                clock=clock_text(starts_at),
                name=f"{first} {last}",
                what=f"{what} · {room or MeetingForm(form).label}",
                url=detail % pk,
                status=_settled(state),
                record_url=outcome % pk if unsettled else "",
            )
        )
    return Agenda(tuple(past), tuple(ahead), now=clock_text(at))


def _settled(state: str) -> SafeString | str:
    if state == Meeting.State.HELD:
        return status("held", _("Held"))
    if state == Meeting.State.NO_SHOW:
        return status("missed", _("Did not come"))
    return ""
