"""The page on which a time is chosen and an interview booked in it, or moved into it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from courses.models import Absence, Course, Duty, MeetingKind, Party
from courses.wording import interview_name
from meetings.cautions import NOTICE_WORKING_DAYS, Caution, booking_cautions
from meetings.models import Meeting
from meetings.plans import Purpose, purpose_of
from shared.dates import working_days_between
from shared.written import clock_text, day_text, moment_text, plain_day
from slots.actions.booking import Taken
from slots.choices import Choice, among, choices
from slots.finding import DayExplained, Found, find
from slots.models import Hold, NoTimes
from slots.sittings import Extra, sitting_in
from slots.wishes import Wishes
from staffing.openings import day_of

Pairs = list[tuple[str, str]]
DAYS_PASSED_OVER, MOST_REASONS = 10, 3


@dataclass
class BookingPage:
    """One case, its duty, the times to choose among, and the one that is chosen.

    `own` is the time that was asked for, `others` take the place of the proposals when a time has
    gone; `meeting` is the interview that is moved, where one is; `absences` are the citizen's
    where they have been read already.
    """

    course: Course
    duty: Duty | None
    user: User
    at: datetime
    on: date
    back: str
    wishes: Wishes = field(default_factory=Wishes)
    own: Choice | None = None
    meeting: Meeting | None = None
    with_other: bool = True
    gone: str = ""
    others: Sequence[Choice] | None = None
    held: Hold | None = None
    evidence: NoTimes | None = None
    absences: Sequence[Absence] | None = None

    @cached_property
    def found(self) -> Found:
        """What the search came to."""
        return find(
            self.course, self.duty, user=self.user, on=self.on, wishes=self.wishes, at=self.at
        )

    @cached_property
    def choices(self) -> list[Choice]:
        """The times to choose among, one of them chosen."""
        if self.others is not None:
            return among(self.others, None, self.found)
        proposed = choices(self.found.proposals, on=self.on)
        otherwise = self.course.caseworker or self.user
        return among(proposed, self.own, self.found, otherwise=otherwise)

    def after(self, gone: Taken) -> None:
        """Show the times that are free now, in the place of one that has gone."""
        self.gone, self.others = str(gone), choices(gone.others, on=self.on)
        for answer in ("choices", "cautions"):
            self.__dict__.pop(answer, None)

    @property
    def chosen(self) -> Choice | None:
        """The time that the button names."""
        return next((one for one in self.choices if one.is_chosen), None)

    @property
    def finds_none(self) -> bool:
        """Whether a duty finds no time at all, whatever the citizen wishes."""
        is_open = self.meeting is None and self.duty is not None and self.wishes == Wishes()
        return is_open and not self.found.free

    @property
    def purpose(self) -> Purpose:
        """Which interview it is."""
        if self.meeting:
            return purpose_of(self.meeting)
        return Purpose(
            MeetingKind.JOINT, Party.JOBCENTRE, self.duty, with_other_party=self.with_other
        )

    @cached_property
    def cautions(self) -> list[Caution]:
        """What to think of before the chosen time is booked."""
        if self.chosen is None:
            return []
        one, purpose = self.chosen, self.purpose
        guest = one.slot.guest if purpose.with_other_party else None
        sitting = sitting_in(one.slot, one.worker, guest, Extra())
        return booking_cautions(
            self.course,
            purpose,
            sitting,
            on=self.on,
            is_free=self._is_found(one),
            absences=self.absences,
        )

    def _is_found(self, one: Choice) -> bool:
        """Whether the search has just found these people and this room free."""
        seats = {(found.slot.pk, found.worker) for found in self.found.proposals}
        return self.others is None and (one.slot.pk, one.worker) in seats

    @property
    def passed_over(self) -> list[tuple[str, list[str]]]:
        """Why not before the first proposal: the days before it, and what was in the way."""
        first = next((day_of(one.slot.starts_at) for one in self.found.proposals), None)
        before = [one for one in self.found.days if first and one.day < first]
        return [(day_text(one.day), self._why_not(one)) for one in before[:DAYS_PASSED_OVER]]

    def _why_not(self, day: DayExplained) -> list[str]:
        """What is in the way on a day; free times come at short notice, or less speaks for them."""
        said = ngettext("%(count)d time is free.", "%(count)d times are free.", day.free)
        if working_days_between(self.on, day.day) < NOTICE_WORKING_DAYS:
            said = ngettext(
                "%(count)d time is free, but with less than 3 working days' notice.",
                "%(count)d times are free, but with less than 3 working days' notice.",
                day.free,
            )
        free = [said % {"count": day.free}] if day.free else []
        return [*free, *day.reasons[:MOST_REASONS]]

    @property
    def seen(self) -> str:
        """The codes of the cautions on the page."""
        return " ".join(sorted({one.code for one in self.cautions}))

    @property
    def is_short_notice(self) -> bool:
        """Whether the citizen is to agree to the chosen time first."""
        return any(one.code == "short_notice" for one in self.cautions)

    @property
    def title(self) -> str:
        return _("Move interview") if self.meeting else _("Book interview")

    @property
    def intro(self) -> str:
        """Which interview, and when it is now if it is moved."""
        if self.meeting is None:
            return self.name
        now = moment_text(self.meeting.starts_at, on=self.on)
        return _("%(interview)s, now %(when)s") % {"interview": self.name, "when": now}

    @property
    def name(self) -> str:
        """The interview that is owed, or plainly a joint one."""
        if self.duty is None:
            return str(MeetingKind.JOINT.label).capitalize()
        return interview_name(self.duty.rule, self.duty.ordinal, self.duty.kind)

    @property
    def button(self) -> str:
        """The act and its time: `Book to. 26.11. kl. 10.00`."""
        if self.chosen is None:
            return ""
        said = _("Move to %(when)s") if self.meeting else _("Book %(when)s")
        return said % {"when": self.chosen.when}

    @property
    def facts(self) -> Pairs:
        """The case: what is owed, in which days, with whom."""
        duty, course = self.duty, self.course
        pairs = [(_("Interview"), self.name)]
        if duty and duty.opens_on and duty.due_on:
            days = f"{plain_day(duty.opens_on)}–{plain_day(duty.latest_on or duty.due_on)}"
            pairs.append((_("Window"), days))
        if duty and duty.due_on:
            pairs.append((_("Deadline"), day_text(duty.due_on, on=self.on)))
        pairs.append((_("A-kasse"), str(course.a_kasse)))
        pairs += [(_("Consultant"), str(course.consultant))] if course.consultant else []
        pairs += [(_("Caseworker"), str(course.caseworker))] if course.caseworker else []
        if course.citizen.interpreter:
            pairs.append((_("Interpreter"), course.citizen.interpreter))
        return pairs

    @property
    def heading_when_gone(self) -> str:
        """That the time has gone, and how many others there are."""
        return {
            0: _("The time has just been taken. No other is free in the window."),
            1: _("The time has just been taken. Here is another."),
            2: _("The time has just been taken. Here are two others."),
        }.get(len(self.choices), _("The time has just been taken. Here are three others."))

    @property
    def calendar_url(self) -> str:
        """The calendar with this case beside it, or with the interview that is moved."""
        if self.meeting:
            query = {"samtale": str(self.meeting.pk), "flyt": "ja"}
            query["dag"] = day_of(self.meeting.starts_at).isoformat()
            return reverse("slots:calendar", query=query)
        said = {"sag": self.course.case_number, "krav": str(self.duty.pk) if self.duty else ""}
        if self.chosen:
            said |= {"tid": str(self.chosen.slot.pk), "dag": self.chosen.slot.day.isoformat()}
        return reverse("slots:calendar", query={name: one for name, one in said.items() if one})

    @property
    def held_until(self) -> str:
        """Until when the chosen time is kept for this case."""
        return clock_text(self.held.until) if self.held else ""

    @property
    def by_hand_url(self) -> str:
        """Where a time is written by hand."""
        if self.meeting:
            return reverse("meetings:move", args=[self.meeting.pk])
        address = reverse("meetings:book", args=[self.course.case_number])
        return f"{address}?duty={self.duty.pk}" if self.duty else address
