"""The outcomes of a day, one after the other: which interviews, which is next, how far one is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Duty, Party
from meetings.meeting_page import name_of, state_of
from meetings.models import Meeting, MeetingQuerySet
from partnerships.access import reach_of
from shared.form_fields import day_asked
from shared.written import clock_text, day_text

MOST = 100  # interviews in one run; nobody holds more in a day
DAY, CHOSEN, CURRENT, BACK, OTHERS = "dag", "samtale", "aktuel", "naeste", "ude"


@dataclass(frozen=True, slots=True)
class Stop:
    """One interview of the run, written out."""

    meeting: Meeting
    clock: str
    name: str
    tone: str
    state: str
    is_open: bool
    is_current: bool
    url: str
    undo_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was ticked with the others and has nothing to record, and why."""

    name: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Run:
    """A day's interviews, or those that were chosen, in the order of their times."""

    day: date
    chosen: tuple[int, ...]
    meetings: Sequence[Meeting]
    current: Meeting | None
    at: datetime
    back: str = ""
    others: tuple[int, ...] = ()

    @classmethod
    def read(
        cls, user: User, asked: QueryDict, *, at: datetime, sent: bool, back: str = ""
    ) -> "Run":
        """The run that an address asks for: chosen interviews, else a day of one's own.

        What was `sent` is for the interview that it names and for no other, even if a colleague
        has recorded that one in the meantime.
        """
        today = timezone.localdate(at)
        day = day_asked(asked.get(DAY, ""), on=today)
        chosen, others = _keys(asked, CHOSEN), _keys(asked, OTHERS)
        rows = of_own_side(user, on=today)
        rows = rows.filter(pk__in=chosen) if chosen else rows.of_worker(user).on_day(day)
        rows = rows.exclude(state=Meeting.State.CANCELLED).told_to(user).for_page()
        found = list(rows.order_by("starts_at", "pk").distinct()[:MOST])
        wanted = asked.get(CURRENT, "")
        open_ones = [one for one in found if _is_open(one, at)]
        named = [one for one in found if str(one.pk) == wanted and (sent or one in open_ones)]
        current = named or ([] if sent else open_ones)
        return cls(day, chosen, found, next(iter(current), None), at, back, others)

    @property
    def recorded(self) -> int:
        """How many have an outcome."""
        return sum(one.state != Meeting.State.BOOKED for one in self.meetings)

    @property
    def count(self) -> int:
        """How many there are to record by now, or recorded."""
        return self.recorded + len(self.open)

    @property
    def open(self) -> list[Meeting]:
        """Those that have begun and have no outcome."""
        return [one for one in self.meetings if _is_open(one, self.at)]

    @property
    def skipped_to(self) -> str:
        """Where to go on without recording the current one; empty when it is the only one."""
        after = self.after(self.current) if self.current else None
        return self.url(after.pk) if after else ""

    @property
    def address(self) -> str:
        """The address of the run where it stands."""
        return self.url(self.current.pk if self.current else None)

    @property
    def missing_url(self) -> str:
        """The list of one's own interviews without an outcome, of any day."""
        return f"{reverse('meetings:list')}?{urlencode({'vis': 'mangler', 'mine': 'ja'})}"

    def after(self, meeting: Meeting) -> Meeting | None:
        """The next one without outcome after an interview, going round to those skipped."""
        place = self.meetings.index(meeting)
        turned = [*self.meetings[place + 1 :], *self.meetings[:place]]
        return next((one for one in turned if _is_open(one, self.at)), None)

    def url(self, current: int | None = None) -> str:
        """The address of the run, at one of its interviews."""
        day = [(DAY, self.day.isoformat())]
        said = [(CHOSEN, str(pk)) for pk in self.chosen] or day
        here = [(CURRENT, str(current))] if current else []
        beside = _beside(self.others, self.back)
        return f"{reverse('meetings:day')}?{urlencode([*said, *here, *beside])}"

    @property
    def stops(self) -> list[Stop]:
        """The list beside the form."""
        return [self._stop(one) for one in self.meetings]

    def _stop(self, meeting: Meeting) -> Stop:
        tone, state = state_of(meeting, at=self.at)
        settled = meeting.state != Meeting.State.BOOKED
        several_days = len({one.held_on for one in self.meetings}) > 1
        clock = clock_text(meeting.starts_at)
        undo = reverse("meetings:retract", args=[meeting.pk])
        return Stop(
            meeting=meeting,
            clock=f"{day_text(meeting.held_on)} {clock}" if several_days else clock,
            name=name_of(meeting),
            tone=tone,
            state=state,
            is_open=_is_open(meeting, self.at),
            is_current=meeting == self.current,
            url=self.url(meeting.pk),
            undo_url=f"{undo}?{urlencode({'naeste': self.url(meeting.pk)})}" if settled else "",
            next_url=reverse("meetings:book", args=[meeting.course.case_number])
            if meeting.state == Meeting.State.HELD
            else "",
        )


def run_through(keys: Iterable[int], *, back: str = "", others: Iterable[int] = ()) -> str:
    """The address of a run through some interviews; empty when there are none.

    `others` are duties that were chosen with them and have nothing to record.
    """
    said = [(CHOSEN, str(key)) for key in keys]
    address = urlencode([*said, *_beside(others, back)])
    return f"{reverse('meetings:day')}?{address}" if said else ""


def left_out_of(run: Run, user: User) -> list[LeftOut]:
    """The rows that were chosen with those of a run, and why they are not in it."""
    if not run.others:
        return []
    today = timezone.localdate(run.at)
    duties = Duty.objects.visible_to(user, on=today).filter(pk__in=run.others)
    held = Meeting.objects.visible_to(user, on=today).filter(duty__in=run.others)
    held = held.exclude(state=Meeting.State.CANCELLED).order_by("starts_at", "pk")
    newest = {one.duty_id: one for one in held}
    return [
        LeftOut(
            str(duty.course.citizen.name),
            duty.course.get_absolute_url(),
            _why_left_out(newest.get(duty.pk), run.at),
        )
        for duty in duties.select_related("course__citizen").order_by("pk")
    ]


def _why_left_out(meeting: Meeting | None, at: datetime) -> str:
    if meeting is None:
        return _("No interview is booked.")
    if meeting.state != Meeting.State.BOOKED:
        return _("Recorded already: %(state)s.") % {"state": _lower(state_of(meeting, at=at)[1])}
    if meeting.starts_at > at:
        return _("The interview has not begun.")
    return _("The other party records this outcome.")


def _lower(word: str) -> str:
    """A status within a sentence."""
    return word[:1].lower() + word[1:]


def _beside(others: Iterable[int], back: str) -> list[tuple[str, str]]:
    after = [(BACK, back)] if back else []
    return [*[(OTHERS, str(key)) for key in others], *after]


def _keys(asked: QueryDict, name: str) -> tuple[int, ...]:
    return tuple(int(one) for one in asked.getlist(name)[:MOST] if _is_key(one))


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16  # noqa: PLR2004 (fits a key)


def _is_open(meeting: Meeting, at: datetime) -> bool:
    """Whether its outcome can be recorded: it has begun, and nobody has."""
    return meeting.state == Meeting.State.BOOKED and meeting.starts_at <= at


def of_own_side(user: User, *, on: date) -> MeetingQuerySet:
    """Interviews that the reader's own side holds, and still may settle."""
    reach = reach_of(user, on=on)
    runs = Q(course__ends_on=None) | Q(course__ends_on__gt=on)
    own = Q(held_by=Party.JOBCENTRE, course__jobcentre__in=reach.jobcentres)
    own |= Q(held_by=Party.A_KASSE, course__a_kasse__in=reach.a_kasser) & runs
    return Meeting.objects.visible_to(user, on=on).filter(own)
