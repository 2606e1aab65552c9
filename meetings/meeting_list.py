"""The list of interviews: its filters, which stand in the address, and its rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from meetings.day_run import of_own_side, run_through
from meetings.meeting_page import name_of, state_of
from meetings.models import Meeting, MeetingQuerySet, Notification
from shared.written import clock_text, day_text

ROWS = 50
SETTLED_DAYS = 30


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists, with its count and its address."""

    key: str
    label: str
    tone: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One interview in the list, written out."""

    url: str
    day: str
    times: str
    who: str
    case_number: str
    case_url: str
    name: str
    held_by: str
    place: str
    tone: str
    state: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which interviews: the list, and whether only the reader's own."""

    key: str
    mine: bool

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filter":
        """The filter that an address asks for; the coming interviews when it asks for none."""
        key = asked.get("vis", "")
        return cls(key if key in LISTS else "kommende", asked.get("mine") == "ja")

    def url(self, **changed: str) -> str:
        """The address of the list with something changed."""
        said = {"vis": self.key, "mine": "ja" if self.mine else ""} | changed
        return "?" + urlencode({name: value for name, value in said.items() if value})


def _coming(rows: MeetingQuerySet, at: datetime) -> MeetingQuerySet:
    return rows.upcoming(at=at).order_by("starts_at", "pk")


def _missing(rows: MeetingQuerySet, at: datetime) -> MeetingQuerySet:
    return rows.without_outcome(at=at).order_by("starts_at", "pk")


def _waiting(rows: MeetingQuerySet, at: datetime) -> MeetingQuerySet:
    """No-shows that the a-kasse has been told of and has not answered, though it may."""
    sent = Notification.objects.awaiting(on=timezone.localdate(at)).filter(sent_at__lte=at)
    return rows.filter(pk__in=sent.values("meeting")).order_by("starts_at", "pk")


def _settled(rows: MeetingQuerySet, at: datetime) -> MeetingQuerySet:
    """Those of the last while: further back, the course pages remember."""
    recent = rows.settled().filter(starts_at__range=(at - timedelta(SETTLED_DAYS), at))
    return recent.order_by("-starts_at", "-pk")


LISTS = {
    "kommende": ("booked", _coming),
    "mangler": ("unrecorded", _missing),
    "underrettet": ("letter", _waiting),
    "afsluttet": ("held", _settled),
}


def labels() -> dict[str, str]:
    """What the lists are called."""
    return {
        "kommende": _("Coming"),
        "mangler": _("Outcome missing"),
        "underrettet": _("No-shows that the a-kasse has not answered"),
        "afsluttet": _("Settled in the last 30 days"),
    }


def listed(rows: MeetingQuerySet, asked: Filter, *, reader: User, at: datetime) -> MeetingQuerySet:
    """The interviews of a list, out of those the reader may see."""
    return LISTS[asked.key][1](_of_reader(rows, asked, reader), at)


def tabs(rows: MeetingQuerySet, asked: Filter, *, reader: User, at: datetime) -> list[Tab]:
    """The lists with their counts."""
    mine = _of_reader(rows, asked, reader)
    names = labels()
    return [
        Tab(
            key=key,
            label=names[key],
            tone=tone,
            count=find(mine, at).count(),
            url=asked.url(vis=key),
            is_current=key == asked.key,
        )
        for key, (tone, find) in LISTS.items()
    ]


def run_of(shown: Iterable[Meeting], asked: Filter, *, reader: User, at: datetime) -> str:
    """Where the reader records what stands in the list, one after the other."""
    if LISTS[asked.key][1] is not _missing:
        return ""
    own = of_own_side(reader, on=timezone.localdate(at))
    keys = own.filter(pk__in=[one.pk for one in shown]).order_by("starts_at", "pk")
    return run_through(keys.values_list("pk", flat=True).distinct())


def _of_reader(rows: MeetingQuerySet, asked: Filter, reader: User) -> MeetingQuerySet:
    rows = rows.told_to(reader)
    return rows.of_worker(reader) if asked.mine else rows


def row_of(meeting: Meeting, *, at: datetime) -> Row:
    """One interview written out for the list."""
    tone, state = state_of(meeting, at=at)
    today = timezone.localdate(at)
    return Row(
        url=meeting.get_absolute_url(),
        day=day_text(meeting.held_on, on=today),
        times=f"{clock_text(meeting.starts_at)}–{clock_text(meeting.ends_at)}",
        who=meeting.course.citizen.name,
        case_number=meeting.course.case_number,
        case_url=meeting.course.get_absolute_url(),
        name=name_of(meeting),
        held_by=str(meeting.organisation),
        place=_place(meeting),
        tone=tone,
        state=state,
    )


def _place(meeting: Meeting) -> str:
    parts: Sequence[str] = (str(meeting.room or ""), meeting.place)
    return " · ".join(part for part in parts if part) or meeting.get_form_display()
