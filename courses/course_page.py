"""Everything the course page shows, gathered for one reader on one day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from courses.access import Viewer, has_ended, may_decide_entry, may_see_looks
from courses.choices import choices_for
from courses.clock_strip import ClockStrip, clock_strip
from courses.clocks import Clocks, clocks_of
from courses.course_rows import CourseRows
from courses.criteria import criteria_panel
from courses.duty_table import DutyRow, duty_rows
from courses.enrolment_rows import EnrolmentRow, enrolment_rows
from courses.fact_panels import FactPanel, absences_told, fact_panels
from courses.facts import facts_from
from courses.job_search import ItemRow, newest, rows_of
from courses.meeting_rows import MeetingRow, meeting_rows
from courses.models import (
    Absence,
    AccessGrant,
    ChoiceKind,
    Course,
    EntryDecision,
    Party,
    Registration,
)
from courses.page_warnings import PageWarning, warnings_of
from courses.pauses import Run, pauses_among, runs_between
from courses.replanning import to_plan_again
from courses.wording import act_name
from courses.worklist_rows import CASE, address_pattern
from law.clocks import UnemploymentClock
from law.self_booking import gives_deadlines
from law.vocabulary import Party as LawParty

FAR = date.max


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
    parties: tuple[str, str]
    clock: UnemploymentClock
    clocks: Clocks
    duties: tuple[DutyRow, ...]
    meetings: tuple[MeetingRow, ...]
    absences: tuple[Absence, ...]
    panels: tuple[FactPanel, ...]
    responsible: tuple[Holding, ...]
    handover: Handover | None
    grant: AccessGrant | None
    warnings: tuple[PageWarning, ...]
    pauses: tuple[Run, ...]
    job_search: tuple[ItemRow, ...]
    enrolments: tuple[EnrolmentRow, ...]
    entries: tuple[EntryDecision, ...] = ()

    @property
    def on(self) -> date:
        """The day the course is seen on: its last one once it is over."""
        return seen_on(self.course, self.viewer)

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
    def strip(self) -> ClockStrip:
        """The clocks and what follows from them, in words."""
        return clock_strip(
            self.course,
            self.clocks,
            pauses=self.pauses,
            next_duty=self.next_duty,
            on=self.on,
            has_ended=self.has_ended,
        )

    @property
    def has_ended(self) -> bool:
        """Whether the course is over on the day it is asked about."""
        return self.course.ends_on is not None and self.course.ends_on <= self.viewer.today

    @property
    def bookable(self) -> DutyRow | None:
        """The first duty that this reader may book."""
        return next((row for row in self.duties if row.may_book), None)

    @property
    def to_plan_again(self) -> tuple[DutyRow, ...]:
        """What to book anew after a sickness; for those who work the course."""
        if not self.may_record:
            return ()
        return to_plan_again(self.course, self.absences, self.duties, on=self.on)

    @property
    def may_record(self) -> bool:
        """Whether the reader writes down absences and choices."""
        return self.viewer.may_act and not self.has_ended

    @property
    def acts(self) -> tuple[tuple[str, str], ...]:
        """What the reader may write down, each with its address."""
        known = (
            (self.may_record, "courses:record_absence", _("Record absence")),
            (self.may_record, "courses:record_choice", _("Record a choice")),
            (self.may_decide_entry, "courses:decide_entry", _("Entry into the agreement")),
            (self.may_report_hours, "courses:report_hours", _("Correct hours")),
            (self.may_let_go, "handovers:leave", _("Gone to the jobcentre")),
            (self.viewer.may_act, "handovers:sickness", _("Sickness follow-up")),
            (self._may_record_call, "handovers:record_call", _("Recruitment call")),
            (self._may_set_deadline, "selfservice:deadlines", _("Deadline for booking")),
            (self.may_record, "meetings:enrol", _("Enrol in a group meeting")),
            (self.may_record, "activities:refer", _("Refer to an activity")),
            (self.may_assign, "courses:assign", _("Assign")),
        )
        case = self.course.case_number
        return tuple(
            (address_pattern(name, CASE, "%s") % case, word) for may, name, word in known if may
        )

    @property
    def may_let_go(self) -> bool:
        """Whether the reader writes down that a member goes to the jobcentre."""
        offered = choices_for(self.course, Party.A_KASSE)
        leaving = ChoiceKind.CHOOSE_JOBCENTRE in offered or ChoiceKind.VISITED_OUT in offered
        return leaving and self.may_record and self.viewer.side == Party.A_KASSE

    @property
    def may_decide_entry(self) -> bool:
        """Whether the reader decides on entry, where an agreement has a say."""
        there = self.course.agreement_id or getattr(self.course, "may_be_taken_in", False)
        return bool(there) and may_decide_entry(self.viewer.user, self.course, on=self.viewer.on)

    @property
    def _may_set_deadline(self) -> bool:
        side = self.viewer.side
        return self.may_record and side is not None and gives_deadlines(LawParty(side), on=self.on)

    @property
    def _may_record_call(self) -> bool:
        return self.may_record and self.viewer.side == Party.JOBCENTRE

    @property
    def may_see_looks(self) -> bool:
        """Whether the reader may fetch the list of who looked."""
        return may_see_looks(self.viewer, on=self.viewer.today)

    @property
    def may_assign(self) -> bool:
        """Whether the reader says who of the own party takes the course."""
        return self.viewer.may_act

    @property
    def may_report_hours(self) -> bool:
        """Whether the reader corrects the hours that were paid."""
        return self.viewer.may_act and self.viewer.side == Party.A_KASSE


def seen_on(course: Course, viewer: Viewer) -> date:
    """The day on which a course is seen: the reader's, but no later than its own last one."""
    last_on = course.ends_on - timedelta(1) if course.ends_on else FAR
    return min(viewer.on, last_on)


def course_page(read: CourseRows, *, viewer: Viewer, at: datetime) -> CoursePage:
    """The page of a course that was read with its rows; asks the database nothing more."""
    course, on = read.course, seen_on(read.course, viewer)
    facts = facts_from(read, on=on)
    clock = UnemploymentClock(facts)
    meetings = meeting_rows(read, facts, viewer=viewer, at=at)
    absences = absences_told(read, viewer)
    duties = duty_rows(read, clock, meetings=meetings, viewer=viewer, on=on)
    clocks = clocks_of(facts, regime=course.regime, on=on, clock=clock)
    handover = handover_of(course, viewer=viewer)
    return CoursePage(
        course=course,
        viewer=viewer,
        registration=read.registration,
        act=act_name(course.regime),
        parties=_parties(read, on=on),
        clock=clock,
        clocks=clocks,
        duties=duties,
        meetings=tuple(meetings),
        absences=tuple(one for one in absences if one.superseded_at is None),
        panels=(
            *filter(None, [criteria_panel(read, viewer)]),
            *fact_panels(read, absences, viewer),
        ),
        responsible=_holdings(read, viewer),
        handover=handover,
        grant=read.grants[-1] if read.grants and viewer.side is None else None,
        warnings=warnings_of(read, duties, meetings, viewer=viewer),
        pauses=tuple(pauses_among(runs_between(clock, course.placed_on, on))),
        job_search=_job_search(read, viewer),
        enrolments=tuple(enrolment_rows(read, viewer=viewer)),
        entries=tuple(
            one
            for one in read.entries
            if one.superseded_at is None and viewer.sees(one.decided_from)
        ),
    )


def _job_search(read: CourseRows, viewer: Viewer) -> tuple[ItemRow, ...]:
    """Where the search for work stands; a course that is over asks for nothing more."""
    said = {one.item: one for one in read.job_search}
    if viewer.until:
        said = newest(read.course, before=viewer.until)
    rows = rows_of(read.course, said)
    over = has_ended(read.course, on=viewer.today)
    return tuple(row for row in rows if row.status) if over else rows


def _parties(read: CourseRows, *, on: date) -> tuple[str, str]:
    """What the a-kasse and the jobcentre are called on the day the course is seen."""
    course = read.course
    return read.name_of(course.a_kasse, on=on), read.name_of(course.jobcentre, on=on)


def _holdings(read: CourseRows, viewer: Viewer) -> tuple[Holding, ...]:
    return tuple(
        Holding(
            one.party,
            one.starts_on,
            one.ends_on - timedelta(1) if one.ends_on and viewer.sees(one.ends_on) else None,
        )
        for one in read.responsible
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
