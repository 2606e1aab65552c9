"""What a caseworker should be told before they act: on the page of a course, from its own rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.access import Viewer
from courses.course_rows import CourseRows
from courses.duty_table import DutyRow
from courses.meeting_rows import MeetingRow
from courses.models import Absence, MeetingKind, Party
from law.periods import age_on
from shared.dates import working_days_between
from shared.written import month_text, plain_day

DAYS_TO_REPORT = 14  # into a month, before the hours of the month before it are missed
HANDOVER_AHEAD = timedelta(14)
LEAST_NOTICE = 3  # working days
ADULT_AT = 30
TYPE_OF_A_JOINT = 7
AGE_MATTERS_UNDER = ("2009", "2015")


@dataclass(frozen=True, slots=True)
class PageWarning:
    """One sentence, and how grave it is."""

    text: str
    tone: str = "soon"


def warnings_of(
    read: CourseRows, duties: Sequence[DutyRow], meetings: Sequence[MeetingRow], *, viewer: Viewer
) -> tuple[PageWarning, ...]:
    """What is worth a warning on a day; nothing once the course is over."""
    ends_on = read.course.ends_on
    if viewer.until or (ends_on and ends_on <= viewer.today):
        return ()
    return (
        *_hours_missing(read, viewer.today),
        *_due_in_absence(read, duties),
        *_short_notice(meetings, viewer.today),
        *_handover_unprepared(read, duties, viewer.today),
        *_cv_first(read, meetings, viewer.today),
        *_wrongly_typed(read),
        *_agreement_over(read, viewer.today),
        *_grown_up(read, viewer.today),
        *_elsewhere_before(read),
    )


def _hours_missing(read: CourseRows, on: date) -> Iterator[PageWarning]:
    """The hours of last month, from the middle of this one on."""
    month = (on.replace(day=1) - timedelta(1)).replace(day=1)
    if on.day < DAYS_TO_REPORT or month < read.registration.placed_on.replace(day=1):
        return
    if not any(one.month == month and one.superseded_at is None for one in read.hours):
        yield PageWarning(
            _("The hours of %(month)s are not reported: the dates after it are a forecast.")
            % {"month": month_text(month)}
        )


def _due_in_absence(read: CourseRows, duties: Sequence[DutyRow]) -> Iterator[PageWarning]:
    standing = [one for one in read.absences if one.superseded_at is None]
    for row in duties:
        due = row.duty.due_on
        if row.duty.outcome != row.duty.Outcome.PENDING or due is None or row.state.tone == "over":
            continue
        if away := next((one for one in standing if _holds(one, due)), None):
            yield PageWarning(
                _("%(interview)s falls due %(day)s, in an absence (%(kind)s).")
                % {
                    "interview": row.name,
                    "day": plain_day(due),
                    "kind": away.get_kind_display(),
                }
            )
            return


def _holds(absence: Absence, day: date) -> bool:
    return absence.starts_on <= day and (absence.ends_on is None or day < absence.ends_on)


def _short_notice(meetings: Sequence[MeetingRow], on: date) -> Iterator[PageWarning]:
    """An interview ahead that was booked so late that nobody may have to come."""
    for one in meetings:
        if not (one.is_booked and one.booked_at and one.held_on >= on):
            continue
        notice = working_days_between(timezone.localdate(one.booked_at), one.held_on)
        if notice < LEAST_NOTICE:
            yield PageWarning(
                _("The interview on %(day)s was booked with less than 3 working days' notice.")
                % {"day": plain_day(one.held_on)}
            )


def _handover_unprepared(
    read: CourseRows, duties: Sequence[DutyRow], on: date
) -> Iterator[PageWarning]:
    """The a-kasse's own interviews that are not held shortly before the course leaves it."""
    last_day = read.course.handover_on
    if last_day is None or not on <= last_day <= on + HANDOVER_AHEAD:
        return
    owed = sum(
        one.duty.responsible == Party.A_KASSE and one.duty.outcome == one.duty.Outcome.PENDING
        for one in duties
    )
    if owed:
        yield PageWarning(
            ngettext(
                "Hand-over on %(day)s, and %(count)d interview in the a-kasse is not held.",
                "Hand-over on %(day)s, and %(count)d interviews in the a-kasse are not held.",
                owed,
            )
            % {"day": plain_day(last_day), "count": owed},
            tone="over",
        )


def _cv_first(read: CourseRows, meetings: Sequence[MeetingRow], on: date) -> Iterator[PageWarning]:
    """From 2016 to 2019 the first joint interview came after the CV interview."""
    if read.course.regime != "2015" or any(one.kind == MeetingKind.CV for one in read.held):
        return
    if any(
        one.is_booked and one.kind == MeetingKind.JOINT and one.held_on >= on for one in meetings
    ):
        yield PageWarning(_("A joint interview is booked before the CV interview is held."))


def _wrongly_typed(read: CourseRows) -> Iterator[PageWarning]:
    for one in read.held:
        if one.kind == MeetingKind.JOINT and one.registered_type == TYPE_OF_A_JOINT:
            yield PageWarning(
                _("The joint interview on %(day)s is registered as type 7.")
                % {"day": plain_day(one.held_on)}
            )


def _agreement_over(read: CourseRows, on: date) -> Iterator[PageWarning]:
    agreement = read.course.agreement
    if agreement and agreement.ends_on and agreement.ends_on <= on:
        yield PageWarning(
            _("The agreement ended on %(day)s: %(title)s.")
            % {"day": plain_day(agreement.ends_on - timedelta(1)), "title": agreement.title}
        )


def _grown_up(read: CourseRows, on: date) -> Iterator[PageWarning]:
    """The rules went by the age at registration: who turned 30 since is easily taken for older."""
    if read.course.regime not in AGE_MATTERS_UNDER:
        return
    born = read.course.citizen.born_on
    if age_on(born, read.course.registered_on) < ADULT_AT <= age_on(born, on):
        yield PageWarning(_("Turned 30 in the course: the rules go by the age at registration."))


def _elsewhere_before(read: CourseRows) -> Iterator[PageWarning]:
    """The clock follows the person from one a-kasse to the next."""
    course = read.course
    if any(
        one.placed_on == course.placed_on
        and one.a_kasse_id != course.a_kasse_id
        and one.starts_on < course.starts_on
        for one in read.courses
    ):
        yield PageWarning(
            _("Came from another a-kasse: the clock of unemployment goes on from there."),
            tone="next",
        )
