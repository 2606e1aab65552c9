"""The list of activities: which, of whom, when, and how full they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from activities import parties
from activities.models import Activity, Referral
from meetings.front_filters import Choice
from partnerships.models import Agreement
from shared.templatetags.components import status
from shared.written import plain_day

State = Activity.State
OPEN = (State.DRAFT, State.PROPOSED, State.APPROVED, State.RUNNING)
TONES = {
    State.DRAFT: "none",
    State.PROPOSED: "soon",
    State.APPROVED: "booked",
    State.REJECTED: "missed",
    State.RUNNING: "next",
    State.DONE: "held",
    State.CANCELLED: "none",
}
ROWS = 50
ALL = "alle"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: kind, state, agreement, and whether only one's own."""

    kind: str = ""
    state: str = ""
    agreement: str = ""
    mine: bool = False

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Asked":
        """What stands in an address; a word that nobody knows asks for nothing."""
        kind, state = words.get("art", ""), words.get("tilstand", "")
        return cls(
            kind=kind if kind in Activity.Kind.values else "",
            state=state if state in (*State.values, ALL) else "",
            agreement=words.get("aftale", ""),
            mine=words.get("mine") == "1",
        )

    @property
    def is_usual(self) -> bool:
        return self == Asked()


@dataclass(frozen=True, slots=True)
class Row:
    """One activity in the list."""

    url: str
    title: str
    kind: str
    held_by: str
    days: str
    seats: str
    status: SafeString


@dataclass(frozen=True, slots=True)
class ListPage:
    """The rows of a page of the list, and the filters above them."""

    rows: Sequence[Row]
    page: "Page[Activity]"
    asked: Asked
    kinds: Sequence[Choice]
    states: Sequence[Choice]
    agreements: Sequence[Choice]
    query: str


def list_page(user: User, words: Mapping[str, str], *, on: date) -> ListPage:
    """The list as the address asks for it; as many queries for one row as for fifty."""
    asked = Asked.of(words)
    found = _narrowed(Activity.objects.visible_to(user), user, asked, on=on)
    page = Paginator(counted(found), ROWS).get_page(words.get("side", "1"))
    agreed = Agreement.objects.filter(activities__in=Activity.objects.visible_to(user).values("pk"))
    titles = [(one.slug, one.title) for one in agreed.distinct().order_by("title")]
    states = [("", _("not over")), (ALL, _("all")), *((one.value, one.label) for one in State)]
    kinds = [("", _("all")), *((one.value, one.label) for one in Activity.Kind)]
    kept = {"art": asked.kind, "tilstand": asked.state, "aftale": asked.agreement}
    return ListPage(
        rows=[_row(one) for one in page],
        page=page,
        asked=asked,
        kinds=choices_of(kinds, asked.kind),
        states=choices_of(states, asked.state),
        agreements=choices_of([("", _("all")), *titles], asked.agreement),
        query="".join(f"{name}={value}&" for name, value in kept.items() if value)
        + ("mine=1&" if asked.mine else ""),
    )


def choices_of(known: Iterable[tuple[str, object]], chosen: str) -> list[Choice]:
    """The options of a filter, with the one that is chosen."""
    return [Choice(value, capital(label), value == chosen) for value, label in known]


def counted(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """The activities with the seats taken, as `taken`, and the referrals proposed, as `waiting`."""
    seated = Count("referrals", filter=Q(referrals__state__in=Referral.SEATED))
    waiting = Count("referrals", filter=Q(referrals__state=Referral.State.PROPOSED))
    return rows.annotate(taken=seated, waiting=waiting).select_related("host", "provider")


def _narrowed(
    rows: QuerySet[Activity], user: User, asked: Asked, *, on: date
) -> QuerySet[Activity]:
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state != ALL:
        rows = rows.filter(state__in=[asked.state] if asked.state else OPEN)
    if asked.agreement:
        rows = rows.filter(agreements__slug=asked.agreement)
    if asked.mine:
        own = [one.pk for one in parties.houses_writing(user, on=on)]
        rows = rows.filter(Q(host__in=own) | Q(host__successor__in=own))
    return rows.order_by("-starts_on", "title", "pk")


def _row(one: Activity) -> Row:
    return Row(
        url=one.get_absolute_url(),
        title=one.title,
        kind=kind_text(one),
        held_by=" · ".join(house.short for house in (one.host, one.provider) if house),
        days=days_text(one),
        seats=seats_text(one, one.taken),  # type: ignore[attr-defined]  # annotated
        status=state_shown(one),
    )


def kind_text(activity: Activity) -> str:
    """What kind it is, and that it waits for phase 2 where it does."""
    kind, second = capital(activity.get_kind_display()), _("phase 2")
    return f"{kind} · {second}" if activity.phase == Activity.PHASE_TWO else kind


def days_text(activity: Activity) -> str:
    """The first and the last day, that day included."""
    last = activity.ends_on - timedelta(1)
    if last == activity.starts_on:
        return plain_day(last)
    return f"{plain_day(activity.starts_on)}–{plain_day(last)}"


def seats_text(activity: Activity, taken: int) -> str:
    """How many of the seats are taken; nothing for those that staff come to."""
    if activity.is_for_staff:
        return "–"
    if activity.seats is None:
        return _("%(taken)d, no limit") % {"taken": taken}
    return _("%(taken)d of %(seats)d") % {"taken": taken, "seats": activity.seats}


def state_shown(activity: Activity) -> SafeString:
    """The state as a status word."""
    state = State(activity.state)
    return status(TONES[state], capital(state.label))


def capital(text: object) -> str:
    """With a capital, to begin a line with."""
    said = str(text)
    return said[:1].upper() + said[1:]
