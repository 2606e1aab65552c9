"""The inbox of referrals of one reader: what waits for whom, what runs, what is over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from activities.access import may_answer, sees_case
from activities.models import Referral
from shared.money import kroner
from shared.written import moment_text

BACK = timedelta(90)
MOST = 200
State = Referral.State
WAITING, SENT, ACCEPTED, RUNNING, OVER = "venter", "sendt", "godkendt", "i-gang", "slut"
TONES = {
    State.PROPOSED: "soon",
    State.ACCEPTED: "next",
    State.STARTED: "booked",
    State.DONE: "held",
    State.REJECTED: "missed",
    State.REVOKED: "none",
}
LISTS = {
    State.ACCEPTED: ACCEPTED,
    State.STARTED: RUNNING,
    State.DONE: OVER,
    State.REJECTED: OVER,
    State.REVOKED: OVER,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One referral as strings."""

    name: str
    case_number: str
    url: str
    activity: str
    house: str
    price: str
    charged: str
    tone: str
    state: str
    since: str
    step: str


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
class Inbox:
    """The lists with their counts, the rows of the one asked for, and the courses they name."""

    tabs: tuple[Tab, ...]
    rows: tuple[Row, ...]
    courses: tuple[int, ...]
    empty: str
    hint: str


def inbox_of(user: User, *, asked: str, on: date) -> Inbox:
    """All lists in one statement; what is over stays for 90 days."""
    over = Q(state__in=[key for key, kept in LISTS.items() if kept == OVER])
    recent = Q(referred_at__date__gte=on - BACK) | Q(ended_on__gte=on - BACK)
    found = (
        Referral.objects.visible_to(user)
        .filter(~over | recent | Q(answered_at__date__gte=on - BACK))
        .select_related(
            "activity", "receiver", "frame__a_kasse", "referred_by",
            "course__citizen", "course__a_kasse",
        )
        .order_by("referred_at", "pk")[:MOST]
    )  # fmt: skip
    lists: dict[str, list[Referral]] = {key: [] for key in _words()}
    for one in found:
        if sees_case(user, one, on=on):
            lists[_list_of(one, user, on=on)].append(one)
    asked = asked if asked in lists else WAITING
    words = _words()
    tabs = tuple(
        Tab(key, words[key][0], words[key][1], len(rows), key == asked)
        for key, rows in lists.items()
    )
    shown = lists[asked]
    courses = tuple(sorted({one.course_id for one in shown}))
    return Inbox(tabs, tuple(_rows(shown, asked)), courses, words[asked][2], words[asked][3])


def _list_of(referral: Referral, user: User, *, on: date) -> str:
    if referral.state in LISTS:
        return LISTS[State(referral.state)]
    return WAITING if may_answer(user, referral, on=on) else SENT


def _words() -> dict[str, tuple[str, str, str, str]]:
    refer = _("Open a course, or an activity, and choose Refer.")
    return {
        WAITING: (_("Wait for me"), "soon", _("No referral waits for you."), refer),
        SENT: (_("Wait for others"), "unrecorded", _("No referral waits for others."), refer),
        ACCEPTED: (
            pgettext("a proposal", "Accepted"),
            "next",
            _("Nobody is accepted and yet to start."),
            _("A referral comes here when it is accepted."),
        ),
        RUNNING: (
            _("Running"),
            "booked",
            _("Nobody is in an activity just now."),
            _("A referral comes here when the citizen has started."),
        ),
        OVER: (
            _("Done"),
            "held",
            _("Nothing ended in the last 90 days."),
            _("What is done, rejected or revoked comes here."),
        ),
    }


def _rows(found: Iterable[Referral], asked: str) -> Iterator[Row]:
    for one in found:
        course = one.course
        yield Row(
            name=course.citizen.name,
            case_number=course.case_number,
            url=one.get_absolute_url(),
            activity=one.activity.title,
            house=course.a_kasse.short,
            price=kroner(one.price) if one.price else _("free of charge"),
            charged=one.frame.a_kasse.short if one.frame else "",
            tone=TONES[State(one.state)],
            state=one.get_state_display(),
            since=since_of(one),
            step=_("Answer") if asked == WAITING else "",
        )


def since_of(referral: Referral) -> str:
    """Since when a referral is what it is."""
    return moment_text(referral.answered_at or referral.referred_at)
