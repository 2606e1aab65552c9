"""The interviews of one's own day, with a line where now is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from courses.wording import duty_name
from meetings.models import Meeting
from shared.templatetags.components import status
from shared.written import clock_text


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


def agenda_of(user: User, *, on: date, at: datetime) -> Agenda:
    """The interviews that a person takes part in on a day."""
    mine = (
        Meeting.objects.visible_to(user)
        .on_day(on)
        .filter(participants__worker=user)
        .exclude(state=Meeting.State.CANCELLED)
        .select_related("course__citizen", "room", "duty")
        .order_by("starts_at", "pk")
        .distinct()
    )
    rows = [(meeting.starts_at <= at, _appointment(meeting, at)) for meeting in mine]
    return Agenda(
        past=tuple(row for past, row in rows if past),
        ahead=tuple(row for past, row in rows if not past),
        now=clock_text(at),
    )


def _appointment(meeting: Meeting, at: datetime) -> Appointment:
    unsettled = meeting.state == Meeting.State.BOOKED and meeting.ends_at <= at
    what = duty_name(meeting.duty) if meeting.duty else meeting.get_kind_display().capitalize()
    where = meeting.room.name if meeting.room else meeting.get_form_display()
    return Appointment(
        course_pk=meeting.course_id,
        clock=clock_text(meeting.starts_at),
        name=meeting.course.citizen.name,
        what=f"{what} · {where}",
        url=reverse("meetings:detail", args=[meeting.pk]),
        status=_settled(meeting),
        record_url=reverse("meetings:outcome", args=[meeting.pk]) if unsettled else "",
    )


def _settled(meeting: Meeting) -> SafeString | str:
    if meeting.state == Meeting.State.HELD:
        return status("held", _("Held"))
    if meeting.state == Meeting.State.NO_SHOW:
        return status("missed", _("Did not come"))
    return ""
