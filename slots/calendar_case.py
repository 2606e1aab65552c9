"""What stands beside the calendar: a case to book for, or an interview to move."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import acting_side
from courses.models import Course, MeetingKind, Party
from meetings.access import may_settle
from meetings.meeting_page import name_of
from meetings.models import Meeting
from shared.templatetags.components import JOBCENTRES_NEED_NOT_BE_CALLED_SO_FROM as RENAMED_ON
from shared.written import moment_text
from slots.asked_duties import asked_for
from slots.booking_page import BookingPage, Pairs
from slots.calendar_address import Asked, next_weekday
from slots.calendar_cells import move_url
from slots.calendar_times import Time, Wanted
from slots.choices import Choice
from slots.forms.booking import named_slot, worker_named
from slots.models import Slot
from staffing.openings import day_of

_HOST = Party.JOBCENTRE  # summons to joint interviews (domain 4.4)


@dataclass(slots=True)
class CaseBox:
    """A case, the times that suit it, and what the reader may do: book, move, or only look."""

    asked: Asked
    page: BookingPage
    may_act: bool
    is_moving: bool = False
    may_ask: bool = False
    booked: Meeting | None = None  # for it already: nobody books a second by mistake

    @property
    def wanted(self) -> Wanted:
        """For whom the calendar looks for a time."""
        page = self.page
        chosen = page.chosen.slot.pk if page.chosen and not self.is_moving else None
        moving = page.meeting.pk if page.meeting else None
        return Wanted(page.course, page.found, chosen, moving)

    @property
    def links(self) -> list[tuple[Choice, str]]:
        """The proposals, each with where it leads."""
        return [(one, self.pick_slot(one.slot)) for one in self.page.choices]

    @property
    def may_pick(self) -> bool:
        """Whether a time can be picked: to be booked, or to be asked for."""
        return self.may_act or self.may_ask

    @property
    def who_books(self) -> str:
        """Who summons to joint interviews, for the other party."""
        if self.page.on >= RENAMED_ON:
            return _("The municipality books joint interviews.")
        return _("The jobcentre books joint interviews.")

    @property
    def ask_url(self) -> str:
        """Where the a-kasse asks for the picked time."""
        query = {"krav": str(self.page.duty.pk)} if self.page.duty else {}
        address = reverse("slots:ask_for_this_time", args=[self.page.course.case_number])
        return f"{address}?{urlencode(query | {'naeste': self.asked.url()})}"

    @property
    def with_other(self) -> bool:
        """Whether the a-kasse takes part unless somebody says otherwise."""
        return self.page.with_other

    @property
    def action(self) -> str:
        """Where the form goes that books; the way back is this calendar."""
        query = {"krav": str(self.page.duty.pk)} if self.page.duty else {}
        address = reverse("slots:book", args=[self.page.course.case_number])
        return f"{address}?{urlencode(query)}" if query else address

    @property
    def later_url(self) -> str:
        """The whole booking page, with wishes and all that is to be said of the summons."""
        return f"{self.action}{'&' if '?' in self.action else '?'}{urlencode(self._named())}"

    def pick(self, time: Time) -> str:
        """Where a free time leads."""
        return self.pick_slot(time.slot) if self.may_pick else ""

    def pick_slot(self, slot: Slot) -> str:
        """Where a time leads: to itself on its own day, or to the page that moves there.

        Not named by its moment, whose ten digits might be a CPR number.
        """
        key = str(slot.pk)
        if self.page.meeting:
            back = self.asked.url()
            return move_url(self.page.meeting.pk, key, back) if self.is_moving else ""
        return self.asked.url(tid=key, uge="", dag=slot.day.isoformat())

    def day_to_show(self) -> date:
        """The day of the chosen time, else of the first proposal."""
        named = self.page.chosen
        return day_of(named.slot.starts_at) if named else next_weekday(self.page.on)

    def _named(self) -> dict[str, str]:
        return {"tid": str(self.page.chosen.slot.pk)} if self.page.chosen else {}


@dataclass(frozen=True, slots=True)
class MeetingBox:
    """An interview that was picked in the calendar, before it is moved."""

    meeting: Meeting
    on: date
    move_url: str
    close_url: str

    @property
    def title(self) -> str:
        return self.meeting.course.citizen.name

    @property
    def facts(self) -> Pairs:
        """Which interview, when and where."""
        one = self.meeting
        where = str(one.room or one.place or one.get_form_display())
        return [
            (_("Interview"), name_of(one)),
            (_("Time"), moment_text(one.starts_at, on=self.on)),
            (_("Place"), where),
            (_("A-kasse"), one.course.a_kasse.short),
        ]


def case_box(asked: Asked, course: Course, *, user: User, at: datetime, on: date) -> CaseBox:
    """The box of a case for which a joint interview is to be booked."""
    duty, booked = asked_for(course, asked.duty, user=user, at=at)
    joins = duty is None or bool(duty.with_party)
    page = BookingPage(course, duty, user, at, on, back=asked.url(), with_other=joins)
    page.own = _own(asked, course, user, on)
    side = acting_side(user, course, on=on)
    may_ask = side == Party.A_KASSE
    return CaseBox(asked, page, side == _HOST, may_ask=may_ask, booked=booked)


def moving_box(asked: Asked, meeting: Meeting, *, user: User, at: datetime, on: date) -> CaseBox:
    """The box of an interview that is being moved."""
    back = asked.url(flyt="")
    page = BookingPage(meeting.course, meeting.duty, user, at, on, back=back, meeting=meeting)
    return CaseBox(asked, page, may_act=True, is_moving=True)


def may_move(user: User, meeting: Meeting, *, at: datetime, on: date) -> bool:
    """Whether a person may give an interview another time."""
    return (
        may_settle(user, meeting, on=on)
        and (meeting.kind, meeting.held_by) == (MeetingKind.JOINT, _HOST)
        and meeting.state == Meeting.State.BOOKED
        and meeting.starts_at > at
    )


def _own(asked: Asked, course: Course, user: User, on: date) -> Choice | None:
    """The time that was picked in the calendar."""
    found = named_slot(asked.time, course, user)
    if found is None:
        return None
    named, slot = found
    return Choice(slot, worker_named(named, slot), slot.guest, on)
