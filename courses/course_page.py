"""Everything the course page shows, gathered for one reader on one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.access import Viewer, grant_of
from courses.clocks import Clocks, Threshold, clocks_of
from courses.duty_table import DutyRow, duty_rows
from courses.facts import told_of_many
from courses.meeting_rows import MeetingRow, meeting_rows
from courses.models import (
    Absence,
    AbsenceKind,
    AccessGrant,
    Choice,
    Course,
    Party,
    Registration,
    ReportedHours,
)
from courses.wording import act_name
from journal.models import Look
from law.facts import CourseFacts

FAR = date.max


@dataclass(frozen=True, slots=True)
class FactRows:
    """The facts of one kind: those that stand, and those that were superseded or taken back."""

    standing: tuple[Model, ...]
    past: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """The day a course passes to the jobcentre: by which rule, and how sure it is."""

    on: date
    rule: str
    is_forecast: bool
    is_past: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a course from a day on, and the last day of it where one may be read."""

    party: str
    starts_on: date
    last_on: date | None


@dataclass(frozen=True, slots=True)
class CoursePage:
    """One course, as one person may read it on one day."""

    course: Course
    viewer: Viewer
    registration: Registration
    act: str
    clocks: Clocks
    duties: tuple[DutyRow, ...]
    meetings: tuple[MeetingRow, ...]
    absences: FactRows
    hours: FactRows
    choices: FactRows
    responsible: tuple[Holding, ...]
    handover: Handover | None
    grant: AccessGrant | None
    looks: dict[str, int]

    @property
    def on(self) -> date:
        """The day the course is seen on: its last one once it is over."""
        return seen_on(self.course, self.viewer)

    @property
    def parties(self) -> tuple[str, str]:
        """What the a-kasse and the jobcentre are called on the day the course is seen."""
        return self.course.a_kasse.name_on(self.on), self.course.jobcentre.name_on(self.on)

    @property
    def responsible_now(self) -> Holding | None:
        """Who holds the course on the day it is seen."""
        return next(
            (one for one in self.responsible if one.last_on is None or self.on <= one.last_on), None
        )

    @property
    def next_duty(self) -> DutyRow | None:
        """The interview to think of first: what is late, else what falls due first."""
        pending = [
            row for row in self.duties if row.state.tone in ("over", "soon", "next", "booked")
        ]
        return pending[0] if pending else None

    @property
    def threshold(self) -> Threshold | None:
        """The next amount of unemployment that the rules ask for; none once the course ended."""
        return None if self.has_ended else self.clocks.next

    @property
    def has_ended(self) -> bool:
        """Whether the course is over on the day it is asked about."""
        return self.course.ends_on is not None and self.course.ends_on <= self.viewer.today

    @property
    def bookable(self) -> DutyRow | None:
        """The first duty that this reader may book."""
        return next((row for row in self.duties if row.may_book), None)

    @property
    def paused_by(self) -> str:
        """What the unemployment clock stands for, in words."""
        cause = self.clocks.paused_by or ""
        return str(AbsenceKind(cause).label) if cause in AbsenceKind.values else _(cause)

    @property
    def may_record(self) -> bool:
        """Whether the reader writes down absences and choices."""
        return self.viewer.may_act and not self.has_ended

    @property
    def may_assign(self) -> bool:
        """Whether the reader says who takes the course."""
        return self.viewer.may_act and self.viewer.side == Party.JOBCENTRE

    @property
    def may_report_hours(self) -> bool:
        """Whether the reader corrects the hours that were paid."""
        return self.viewer.may_act and self.viewer.side == Party.A_KASSE


def seen_on(course: Course, viewer: Viewer) -> date:
    """The day on which a course is seen: the reader's, but no later than its own last one."""
    last_on = course.ends_on - timedelta(1) if course.ends_on else FAR
    return min(viewer.on, last_on)


def course_page(course: Course, *, viewer: Viewer, at: datetime) -> CoursePage:
    """Gather the page of a course."""
    on = seen_on(course, viewer)
    told = told_of_many([course], on=on)[course.pk]
    meetings = meeting_rows(course, told.facts, viewer=viewer, at=at)
    return CoursePage(
        course=course,
        viewer=viewer,
        registration=told.registration,
        act=act_name(course.regime),
        clocks=clocks_of(told.facts, regime=course.regime, on=on),
        duties=duty_rows(course, meetings=meetings, viewer=viewer),
        meetings=tuple(meetings),
        absences=_absences(course, told.facts, viewer),
        hours=_hours(course, told.facts, viewer),
        choices=_choices(course, viewer),
        responsible=_holdings(course, viewer),
        handover=handover_of(course, viewer=viewer),
        grant=None if viewer.side else grant_of(viewer.user, course),
        looks=_looks(course, viewer),
    )


def _holdings(course: Course, viewer: Viewer) -> tuple[Holding, ...]:
    return tuple(
        Holding(
            one.party,
            one.starts_on,
            one.ends_on - timedelta(1) if one.ends_on and viewer.sees(one.ends_on) else None,
        )
        for one in course.responsibilities.order_by("starts_on")
        if viewer.sees(one.starts_on)
    )


def handover_of(course: Course, *, viewer: Viewer) -> Handover | None:
    """The hand-over of a course as far as a person may read it."""
    last_day = course.handover_on
    if last_day is None or not viewer.sees(last_day):
        return None
    return Handover(
        last_day, course.handover_rule, course.handover_is_forecast, is_past=last_day < viewer.on
    )


def _absences(course: Course, facts: CourseFacts, viewer: Viewer) -> FactRows:
    """Absences that touch the benefit period; what reaches past a membership is cut there."""
    rows = (
        Absence.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=facts.placed_on),
            citizen=course.citizen_id,
            starts_on__lt=course.ends_on or FAR,
        )
        .select_related("superseded_by")
        .order_by("-starts_on", "-pk")
    )
    seen = [row for row in rows if viewer.sees(row.starts_on)]
    for row in seen:
        if viewer.until and (row.ends_on is None or row.ends_on > viewer.until):
            row.ends_on = viewer.until
    return _by_standing(seen, viewer)


def _hours(course: Course, facts: CourseFacts, viewer: Viewer) -> FactRows:
    rows = (
        ReportedHours.objects.filter(
            citizen=course.citizen_id,
            month__gte=facts.placed_on.replace(day=1),
            month__lt=course.ends_on or FAR,
        )
        .select_related("superseded_by")
        .order_by("-month", "-pk")
    )
    return _by_standing([row for row in rows if viewer.sees(row.month)], viewer)


def _choices(course: Course, viewer: Viewer) -> FactRows:
    rows = course.choices.select_related("superseded_by").order_by("-chosen_on", "-pk")
    return _by_standing([row for row in rows if viewer.sees(row.chosen_on)], viewer)


def _by_standing(rows: Sequence[Absence | ReportedHours | Choice], viewer: Viewer) -> FactRows:
    """Facts as they stand; what was corrected after a membership ended is none of its history."""
    return FactRows(
        tuple(row for row in rows if row.superseded_at is None),
        tuple(
            row
            for row in rows
            if row.superseded_at and viewer.sees(timezone.localdate(row.superseded_at))
        ),
    )


def _looks(course: Course, viewer: Viewer) -> dict[str, int]:
    """How often the course was looked at, and by how many people."""
    looks = Look.objects.filter(case_pk=course.pk)
    if viewer.until:
        looks = looks.filter(at__date__lt=viewer.until)
    return looks.aggregate(times=Count("pk"), people=Count("by", distinct=True))
