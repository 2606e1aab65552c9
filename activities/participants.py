"""What a provider knows of those who come to it: a name, the times, and whether they came."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from activities.models import Activity, Attendance, Referral, Session
from activities.referral_list import TONES
from activities.referral_page import days_of
from partnerships.access import reach_of
from shared.written import moment_text

Came = Attendance.Came
THERE = (Came.CAME, Came.LATE)
MOST = 500


@dataclass(frozen=True, slots=True)
class Person:
    """One participant."""

    name: str
    tone: str
    state: str
    came: str


@dataclass(frozen=True, slots=True)
class Gathering:
    """One session; its address is where attendance is recorded."""

    when: str
    place: str
    url: str
    tone: str
    state: str


@dataclass(frozen=True, slots=True)
class Club:
    """One activity of the provider."""

    title: str
    days: str
    people: tuple[Person, ...]
    sessions: tuple[Gathering, ...]
    next_url: str


@dataclass(frozen=True, slots=True)
class Clubs:
    """All of them, and the courses that were named."""

    clubs: tuple[Club, ...]
    courses: tuple[int, ...]


def clubs_of(user: User, *, at: datetime) -> Clubs:
    """The activities of the provider that somebody works for; four queries, however many."""
    own = [one.pk for one in reach_of(user).organisations]
    runs = (Activity.State.APPROVED, Activity.State.RUNNING, Activity.State.DONE)
    activities = list(
        Activity.objects.filter(provider__in=own, state__in=runs).prefetch_related("sessions")
    )
    seated = (
        Referral.objects.visible_to(user)
        .filter(activity__in=activities, state__in=Referral.SEATED)
        .select_related("course__citizen")
        .prefetch_related("attendance")
        .order_by("course__citizen__sort_key", "pk")[:MOST]
    )
    by_activity: dict[int, list[Referral]] = defaultdict(list)
    for one in seated:
        by_activity[one.activity_id].append(one)
    clubs = tuple(_club(one, by_activity[one.pk], at=at) for one in activities)
    return Clubs(clubs, tuple(sorted({one.course_id for one in seated})))


def _club(activity: Activity, seated: list[Referral], *, at: datetime) -> Club:
    recorded = {row.session_id for one in seated for row in one.attendance.all()}
    sessions = list(activity.sessions.all())
    begun = [one for one in sessions if one.starts_at <= at and one.pk not in recorded]
    return Club(
        title=activity.title,
        days=days_of(activity.starts_on, activity.ends_on),
        people=tuple(_person(one) for one in seated),
        sessions=tuple(_gathering(one, activity, recorded, at=at) for one in sessions),
        next_url=_url(begun[0]) if begun and seated else "",
    )


def _person(referral: Referral) -> Person:
    return Person(
        name=referral.course.citizen.name,
        tone=TONES[Referral.State(referral.state)],
        state=referral.get_state_display(),
        came=_attended(referral.attendance.all()),
    )


def _attended(rows: Iterable[Attendance]) -> str:
    counts = Counter(one.came in THERE for one in rows)
    if not counts:
        return ""
    said = {"came": counts[True], "all": counts.total()}
    words = ngettext("came %(came)d of %(all)d time", "came %(came)d of %(all)d times", said["all"])
    return words % said


def _gathering(
    session: Session, activity: Activity, recorded: set[int], *, at: datetime
) -> Gathering:
    if session.pk in recorded:
        tone, state = "held", _("attendance recorded")
    elif session.starts_at > at:
        tone, state = "next", _("to come")
    else:
        tone, state = "unrecorded", _("attendance not recorded")
    place = session.place or activity.place
    return Gathering(moment_text(session.starts_at), place, _url(session), tone, state)


def _url(session: Session) -> str:
    return reverse("activities:attendance", args=[session.pk])
