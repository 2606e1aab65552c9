"""The list of hand-overs of one reader, in the four states that matter to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import has_ended
from courses.models import Course, Party
from handovers.checklist import checklist_of, ready_of
from handovers.models import Handover
from partnerships.access import reach_of
from shared.written import day_text, relative_deadline

BACK = timedelta(90)
MOST = 200
State = Handover.State
WAITING, COMING, OVERDUE, DONE = "venter", "kommer", "over", "faerdige"
TONES = {
    State.COMING: "unrecorded",
    State.SHEET_READY: "next",
    State.RETURNED: "missed",
    State.ACCEPTED: "held",
    State.DONE: "held",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One hand-over as strings."""

    name: str
    case_number: str
    url: str
    other_party: str
    day: str
    relative: str
    relative_tone: str
    forecast: bool
    basis: str
    state: str
    tone: str
    ready: str
    who: str
    step: str
    step_url: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists: its count is a link to it."""

    key: str
    label: str
    tone: str
    count: int
    is_current: bool

    @property
    def url(self) -> str:
        """The address of the list."""
        return f"?vis={self.key}"


@dataclass(frozen=True, slots=True)
class HandoverList:
    """The lists with their counts, and the rows of the one asked for."""

    tabs: tuple[Tab, ...]
    rows: tuple[Row, ...]
    empty: str


def handover_list(user: User, *, asked: str, on: date) -> HandoverList:
    """All lists in one statement."""
    reach = reach_of(user, on=on)
    found = (
        Handover.objects.visible_to(user, on=on)
        .standing()
        .filter(moves_on__gte=on - BACK)
        .for_page()
        .with_checklist()
        .order_by("moves_on", "pk")[:MOST]
    )
    lists: dict[str, list[Handover]] = {WAITING: [], OVERDUE: [], COMING: [], DONE: []}
    for one in found:
        side = Party.JOBCENTRE if one.course.jobcentre_id in reach.jobcentres else Party.A_KASSE
        for key in _keys(one, side, on=on):
            lists[key].append(one)
    asked = asked if asked in lists else WAITING
    words = _words()
    tabs = tuple(
        Tab(key, words[key][0], words[key][1], len(rows), key == asked)
        for key, rows in lists.items()
    )
    return HandoverList(tabs, tuple(_rows(lists[asked], reach.jobcentres, on=on)), words[asked][2])


def _keys(handover: Handover, side: Party, *, on: date) -> Iterable[str]:
    if has_ended(handover.course, on=on) and not handover.accepted_at:
        return  # nobody is to answer any more, and none of the pages lets them
    ready = handover.state == State.SHEET_READY
    if handover.is_overdue(on=on):
        yield OVERDUE
    elif handover.moves_on > on:
        yield COMING
    elif handover.accepted_at:
        yield DONE
    answerable = ready or handover.has_passed(on=on)
    if handover.is_open and (answerable if side == Party.JOBCENTRE else not ready):
        yield WAITING


def _words() -> dict[str, tuple[str, str, str]]:
    return {
        WAITING: (_("Wait for us"), "soon", _("No hand-over waits for you.")),
        OVERDUE: (_("Not accepted in time"), "over", _("Every hand-over was accepted in time.")),
        COMING: (_("Coming"), "handover", _("No hand-over is coming within 30 days.")),
        DONE: (_("Handed over"), "held", _("Nothing was handed over in the last 90 days.")),
    }


def _rows(found: Iterable[Handover], jobcentres: tuple[int, ...], *, on: date) -> Iterable[Row]:
    for one in found:
        course: Course = one.course
        mine = course.jobcentre_id in jobcentres
        relative = relative_deadline(one.last_on, on=on, soon=one.is_open)
        is_past = one.moves_on <= on
        step, step_url = _step(one, on=on, mine=mine)
        yield Row(
            name=course.citizen.name,
            case_number=course.case_number,
            url=one.get_absolute_url(),
            other_party=(course.a_kasse if mine else course.jobcentre).name,
            day=day_text(one.last_on, on=on),
            relative="" if is_past and not one.is_open else relative.text,
            relative_tone="soon" if is_past and not one.is_overdue(on=on) else relative.tone,
            forecast=one.is_forecast,
            basis=one.basis_in_words(),
            state=one.get_state_display(),
            tone=TONES[State(one.state)],
            ready="" if is_past and not one.is_open else ready_of(checklist_of(one, None)),
            step=step,
            step_url=step_url,
            who=str((course.caseworker if mine else course.consultant) or ""),
        )


def _step(handover: Handover, *, on: date, mine: bool) -> tuple[str, str]:
    """What the reader's side does next, and where; `mine` is the jobcentre's."""
    number, waits = handover.course.case_number, handover.state == State.SHEET_READY
    if not mine:
        if handover.is_open and not waits:
            return _("Write the sheet"), reverse("handovers:sheet", args=[number])
        return "", ""
    if waits:
        return _("Read and accept"), handover.get_absolute_url()
    if handover.has_passed(on=on):
        return _("Accept without a sheet"), reverse("handovers:accept", args=[number])
    if handover.accepted_at and getattr(handover, "interview_at", None) is None:
        return _("Book first interview"), reverse("handovers:first_interview", args=[number])
    return "", ""
