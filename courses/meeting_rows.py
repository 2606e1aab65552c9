"""The interviews of a course as rows of its page: those booked here, and those told of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.access import Viewer
from courses.course_rows import CourseRows
from courses.models import MeetingKind, Party
from law.facts import CourseFacts

BOOKED, HELD, NO_SHOW, CANCELLED = "booked", "held", "no_show", "cancelled"


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One interview: `pk` opens it, and is None for one that was only told of."""

    pk: int | None
    duty_pk: int | None
    kind: str
    name: str
    held_by: str
    held_on: date
    starts_at: datetime | None
    booked_at: datetime | None
    state: str
    tone: str
    word: str
    place: str

    @property
    def is_booked(self) -> bool:
        """Whether it stands in a calendar and lies ahead."""
        return self.tone == "booked"

    @property
    def lacks_outcome(self) -> bool:
        """Whether it is over and nobody has said how it went."""
        return self.tone == "unrecorded"


def meeting_rows(
    read: CourseRows, facts: CourseFacts, *, viewer: Viewer, at: datetime
) -> list[MeetingRow]:
    """Every interview of a course that a person may read, the latest first.

    A former a-kasse is not told of an outcome that was recorded after the membership ended.
    """
    rows = list(_booked_here(read, viewer, at))
    told_by = (HELD, BOOKED) if viewer.until else (HELD,)
    known = {(row.kind, row.held_on) for row in rows if row.state in told_by}
    rows += [
        _told(one.kind.value, one.held_on, one.by.value)
        for one in facts.meetings
        if (one.kind.value, one.held_on) not in known and viewer.sees(one.held_on)
    ]
    return sorted(rows, key=lambda row: (row.held_on, row.pk or 0), reverse=True)


def _booked_here(read: CourseRows, viewer: Viewer, at: datetime) -> Iterable[MeetingRow]:
    for meeting in (one.as_before(viewer.until) for one in read.meetings):
        tone, word = _state(meeting.state, is_over=meeting.ends_at <= at)
        yield MeetingRow(
            pk=meeting.pk,
            duty_pk=meeting.duty_id,
            kind=meeting.kind,
            name=meeting.get_kind_display(),
            held_by=meeting.held_by,
            held_on=timezone.localdate(meeting.starts_at),
            starts_at=meeting.starts_at,
            booked_at=meeting.booked_at,
            state=meeting.state,
            tone=tone,
            word=word,
            place=" · ".join(
                part
                for part in (meeting.get_form_display(), str(meeting.room or ""), meeting.place)
                if part
            ),
        )


def _state(state: str, *, is_over: bool) -> tuple[str, str]:
    if state == BOOKED:
        return ("unrecorded", _("outcome missing")) if is_over else ("booked", _("booked"))
    return {
        HELD: ("held", _("held")),
        NO_SHOW: ("missed", _("did not come")),
        CANCELLED: ("none", _("cancelled")),
    }[state]


def _told(kind: str, held_on: date, by: str) -> MeetingRow:
    return MeetingRow(
        pk=None,
        duty_pk=None,
        kind=kind,
        name=str(MeetingKind(kind).label),
        held_by=Party(by).value,
        held_on=held_on,
        starts_at=None,
        booked_at=None,
        state=HELD,
        tone="held",
        word=_("held"),
        place=_("recorded, not booked here"),
    )
