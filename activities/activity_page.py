"""The page of an activity: what it is, who may do what next, seats and frame side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from activities import parties
from activities.actions.activities import OPEN_TO_CHANGE, OVER
from activities.activity_list import capital, days_text, kind_text, state_shown
from activities.agreed_on import Clubs, clubs_under, what_phase_two_lacks, with_terms
from activities.fitting import NOT_REFERRED_TO
from activities.history import Happened, history_of
from activities.models import Activity, VolumeChange
from activities.results import results_of
from activities.session_rows import SessionRow, session_rows
from frames.balances import Balance, together
from frames.balances import balances_of as sums_of
from frames.models import Frame
from partnerships.access import reach_of
from partnerships.models import Agreement, Organisation
from shared.money import kroner
from shared.written import day_with_year, moment_text

State = Activity.State
Kind = Activity.Kind
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Button:
    """What may be done: a link, or a form that is sent at once."""

    label: str
    url: str
    is_primary: bool = False
    is_post: bool = False


@dataclass(frozen=True, slots=True)
class VolumeRow:
    """One change of the number of seats, on record."""

    change: VolumeChange
    said: str
    status: str
    tone: str
    when: str
    answer_url: str


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats taken and the money of the frame, side by side."""

    seats: int | None
    taken: int
    waiting: int
    pairs: Sequence[Pair]
    share: int | None


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """Everything that the page of an activity shows beside its referrals."""

    status: SafeString
    kind: str
    days: str
    facts: Sequence[Pair]
    buttons: Sequence[Button]
    seats: Seats | None
    sessions: Sequence[SessionRow]
    volumes: Sequence[VolumeRow]
    agreements: Sequence[Agreement]
    phase_lacks: Sequence[str]
    hosts: bool
    plans: bool
    session_url: str
    is_over: bool
    takes_referrals: bool
    results: Sequence[Pair]
    history: Sequence[Happened]

    @property
    def has_main_button(self) -> bool:
        """Whether a next step of the activity itself is the page's main button."""
        return any(one.is_primary for one in self.buttons)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is to an activity: of the host, of the party that answers, one that binds."""

    hosts: bool
    decides: bool
    binds: bool
    is_party: bool

    @classmethod
    def of(
        cls, user: User, activity: Activity, houses: Sequence[Organisation], on: date
    ) -> "Standing":
        writing = parties.houses_writing(user, on=on)
        deciding = parties.houses_deciding(user, on=on)
        others = [one for one in houses if one.kind != activity.host.kind]
        own = {one.pk for one in reach_of(user, on=on).organisations}
        return cls(
            hosts=parties.party_for(writing, [activity.host]) is not None,
            decides=parties.party_for(deciding, others) is not None
            and activity.made_by_id != user.pk,
            binds=parties.party_for(deciding, houses) is not None,
            is_party=user.is_superuser or any({one.pk, one.successor_id} & own for one in houses),
        )


def activity_page(activity: Activity, user: User, *, at: datetime) -> ActivityPage:
    """The page of an activity as a person may read it."""
    on = timezone.localdate(at)
    houses = list(parties.parties_of(activity))
    agreements = list(_agreements(activity, on))
    standing = Standing.of(user, activity, houses, on)
    lacks = _lacks(activity, agreements, on)
    volumes = list(_volumes(activity, user, houses, on=on)) if standing.is_party else []
    waits = any(one.answer_url or one.change.accepted is None for one in volumes)
    sessions = session_rows(activity, user, hosts=standing.hosts, is_party=standing.is_party, at=at)
    return ActivityPage(
        status=state_shown(activity),
        kind=kind_text(activity),
        days=days_text(activity),
        facts=list(_facts(activity, agreements)),
        buttons=list(_buttons(activity, standing, lacks=bool(lacks), waits=waits)),
        seats=_seats(activity, standing, agreements),
        sessions=sessions,
        volumes=volumes,
        agreements=agreements,
        phase_lacks=lacks,
        hosts=standing.hosts,
        plans=standing.hosts and activity.state not in OVER,
        session_url=reverse("activities:add_session", args=[activity.pk]),
        is_over=activity.state in OVER,
        takes_referrals=_takes_referrals(activity),
        results=results_of(activity, sessions)
        if standing.is_party and not activity.is_for_staff
        else (),
        history=history_of(activity) if standing.is_party else (),
    )


def _lacks(activity: Activity, agreements: Iterable[Agreement], on: date) -> list[str]:
    """What phase 2 waits for, under the agreement that lacks least; nothing once it has begun."""
    if activity.phase != Activity.PHASE_TWO or activity.state in (State.RUNNING, *OVER):
        return []
    return min((what_phase_two_lacks(one, on=on) for one in agreements), key=len, default=[])


def _takes_referrals(activity: Activity) -> bool:
    """Colleagues come unasked, and a stationed day's talks are booked among its times."""
    asked = activity.taken or activity.waiting  # type: ignore[attr-defined]  # the door counts
    return not activity.is_for_staff and (activity.kind != Kind.STATIONING or bool(asked))


def _facts(activity: Activity, agreements: Iterable[Agreement]) -> Iterator[Pair]:
    decided, unasked = "", activity.kind in NOT_REFERRED_TO
    if activity.decided_at and activity.decided_by:
        decided = f"{activity.decided_by}, {day_with_year(timezone.localdate(activity.decided_at))}"
    rows = [
        (_("Held by"), str(activity.host)),
        (_("Provider"), str(activity.provider or "")),
        (_("Agreements"), " · ".join(one.title for one in agreements)),
        (_("Days"), days_text(activity)),
        (_("Where"), activity.place),
        (_("Purpose"), activity.purpose),
        (_("Target group"), activity.target_group),
        (_("Price a seat"), kroner(activity.price) if activity.price else ""),
        (
            _("Who may refer"),
            "" if unasked else capital(activity.get_refers_display()),
        ),
        (_("Open to"), "" if unasked else _open_to(activity)),
        (_("Attendance"), _("Mandatory") if activity.mandatory else _("Voluntary")),
        (_("Written by"), str(activity.made_by or "")),
        (_("Answered by"), decided),
        (_("Remark on the decision"), activity.decision_remark),
        (_("Why cancelled"), activity.why_cancelled),
        (_("Evaluation"), activity.evaluation),
    ]
    return ((name, value) for name, value in rows if value)


def _open_to(activity: Activity) -> str:
    if activity.open_to_others:
        return _("Also others than the a-kasse's own members")
    if activity.host.kind == Organisation.Kind.A_KASSE:
        return _("The a-kasse's own members")
    return _("Members of the a-kasser of its agreements")


def _buttons(
    activity: Activity, standing: Standing, *, lacks: bool, waits: bool
) -> Iterator[Button]:
    """What the person may do now; the next step of the activity comes first and is the main one."""
    state, pk = State(activity.state), activity.pk
    running = state in (State.APPROVED, State.RUNNING)
    found = [
        (_("Propose"), "propose", True, standing.hosts and state in OPEN_TO_CHANGE, True),
        (_("Answer"), "decide", False, standing.decides and state == State.PROPOSED, True),
        (_("Start"), "start", True, standing.hosts and state == State.APPROVED, not lacks),
        (_("Finish"), "finish", False, standing.hosts and state == State.RUNNING, False),
        (_("Change"), "edit", False, standing.hosts and state in OPEN_TO_CHANGE, False),
        (_("Change seats"), "ask_volume", False, standing.binds and running and not waits, False),
        (_("Copy"), "copy", False, standing.hosts, False),
        (_("Cancel the activity"), "cancel", False, standing.hosts and state not in OVER, False),
    ]
    for label, name, is_post, may, is_primary in found:
        if may:
            yield Button(label, reverse(f"activities:{name}", args=[pk]), is_primary, is_post)


def _seats(activity: Activity, standing: Standing, agreements: Iterable[Agreement]) -> Seats | None:
    """Seats for all who read; the money and the number of clubs for the parties alone."""
    if activity.is_for_staff:
        return None
    pairs, share = [], None
    if standing.is_party and activity.price and activity.host.kind == Organisation.Kind.A_KASSE:
        balance = _balance(agreements)
        pairs, share = list(_money(balance)), balance.share if balance else None
    if standing.is_party:
        pairs += [(_("Job clubs in %(year)d") % {"year": one.year}, _clubs(one))
                  for one in clubs_under(activity, agreements)]  # fmt: skip
    waiting = activity.waiting if standing.is_party else 0  # type: ignore[attr-defined]  # the door counts
    return Seats(activity.seats, activity.taken, waiting, pairs, share)  # type: ignore[attr-defined]  # the door counts them


def _agreements(activity: Activity, on: date) -> QuerySet[Agreement]:
    """The agreements, each with the a-kasse's open frames that the activity draws on there."""
    houses = [key for key in (activity.host_id, activity.host.successor_id) if key]
    day = max(on, activity.starts_on)
    frames = Frame.objects.filter(
        Q(agreement=OuterRef("pk")) | Q(agreement=OuterRef("parent")),
        a_kasse__in=houses,
        closed_at=None,
        starts_on__lte=day,
        ends_on__gt=day,
    )
    known = with_terms(activity.agreements.all())
    return known.annotate(open_frames=ArraySubquery(frames.order_by("pk").values("pk")))


def _balance(agreements: Iterable[Agreement]) -> Balance | None:
    """What stands in the frames that the agreements came with."""
    keys = {key for one in agreements for key in one.open_frames}  # type: ignore[attr-defined]
    return together(sums_of(keys)) if keys else None


def _money(balance: Balance | None) -> Iterator[Pair]:
    if balance is None:
        yield _("Economic frame"), _("No frame is open on these days.")
        return
    rows: Iterable[tuple[str, Decimal]] = (
        (_("Granted"), balance.granted),
        (_("Reserved"), balance.reserved),
        (_("Committed"), balance.committed),
        (_("Used so far"), balance.used),
        (_("Remaining"), balance.remaining),
    )
    for name, amount in rows:
        yield name, kroner(amount)


def _clubs(clubs: Clubs) -> str:
    said = {"held": clubs.held, "agreed": clubs.agreed}
    return _("%(held)d beside this one, of %(agreed)d agreed on") % said


def _volumes(
    activity: Activity, user: User, houses: Sequence[Organisation], *, on: date
) -> Iterator[VolumeRow]:
    deciding = parties.houses_deciding(user, on=on)
    for one in activity.volume_changes.select_related("party", "asked_by", "answered_by"):
        others = [house for house in houses if house.kind != one.party.kind]
        may = one.asked_by_id != user.pk and parties.party_for(deciding, others)
        tone, word = _answer_of(one)
        before = _("no limit") if one.seats_before is None else str(one.seats_before)
        said = {"before": before, "seats": one.seats, "party": one.party.short}
        yield VolumeRow(
            change=one,
            said=_("%(party)s: from %(before)s to %(seats)d seats") % said,
            tone=tone,
            status=word,
            when=moment_text(one.answered_at or one.asked_at, on=on),
            answer_url=reverse("activities:answer_volume", args=[one.pk])
            if one.accepted is None and may
            else "",
        )


def _answer_of(change: VolumeChange) -> Pair:
    if change.accepted is None:
        return "soon", _("waits for an answer")
    return (
        ("held", pgettext("a proposal", "accepted"))
        if change.accepted
        else ("missed", _("declined"))
    )
