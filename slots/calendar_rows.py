"""What lies in a calendar beside the published times, all kinds of rows in one statement.

Interviews, group meetings, closing days, and the absences of the one citizen for whom a time is
looked for. Who takes part is read for a single day alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, JSONObject, NullIf, Trim

from accounts.models import User
from courses.models import Absence, Party
from meetings.models import GroupMeeting, Meeting, Participant
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.dates import start_of
from slots.models import SlotBooking
from staffing.models import ClosingDay

DAY = timedelta(1)
MOMENTS, DAYS = ("starts_at", "ends_at"), ("starts_on", "ends_on")
Told = dict[str, Any]


class Kind(StrEnum):
    """What a row of the statement tells of."""

    INTERVIEW = "interview"
    GROUP = "group"
    CLOSED = "closed"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose calendar it is, who reads it, and when."""

    house: Organisation
    user: User
    at: datetime
    on: date

    @property
    def is_own(self) -> bool:
        """Whether the reader works there."""
        return self.house in reach_of(self.user).organisations

    @property
    def a_kasser(self) -> frozenset[int]:
        """The a-kasser that the reader works for, with those merged into them."""
        return frozenset(reach_of(self.user).a_kasser)

    @property
    def a_kasse_names(self) -> list[str]:
        """What they are called, for narrow columns."""
        kind = Organisation.Kind.A_KASSE
        return [one.short for one in reach_of(self.user).organisations if one.kind == kind]


def read(
    place: Place, *, first: date, last: date, citizen: int | None, with_people: bool
) -> Iterator[tuple[Kind, Told]]:
    """What lies between two days, both included; the absences whenever they are."""
    begins, ends = start_of(first), start_of(last + DAY)
    near = Q(starts_at__gte=begins, starts_at__lt=ends)
    closed = ClosingDay.objects.overlapping(first=first, last=last).filter(organisation=place.house)
    rows = [
        _interviews(place, near, with_people=with_people),
        _groups(place, near, with_people=with_people),
        _told(closed, Kind.CLOSED, reason="reason", **_named(DAYS)),
    ]
    if citizen is not None:
        away = Absence.objects.standing().away().filter(citizen=citizen)
        rows.append(_told(away, Kind.AWAY, kind="kind", **_named(DAYS)))
    for kind, told in rows[0].union(*rows[1:], all=True):
        moments = {name: datetime.fromisoformat(told[name]) for name in MOMENTS if name in told}
        days = {name: _day(told[name]) for name in DAYS if name in told}
        yield Kind(kind), told | moments | days


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _named(names: Sequence[str]) -> dict[str, str]:
    return {name: name for name in names}


def _told(rows: QuerySet[Any, Any], of: Kind, **said: Any) -> QuerySet[Any, Any]:  # noqa: ANN401 (columns)
    return rows.order_by().values_list(Value(str(of)), JSONObject(**said))


def _interviews(place: Place, near: Q, *, with_people: bool) -> QuerySet[Any, Any]:
    """Interviews of the place or in its rooms; who the citizen is, for those who may read it."""
    seat = SlotBooking.objects.filter(meeting=OuterRef("pk"), is_live=True).values("slot")[:1]
    mine = Meeting.objects.visible_to(place.user).filter(pk=OuterRef("pk"))
    rows = (
        Meeting.objects.filter(
            near, Q(organisation=place.house) | Q(room__organisation=place.house)
        )
        .exclude(state=Meeting.State.CANCELLED)
        .annotate(is_read=Exists(mine))
    )
    return _told(
        rows,
        Kind.INTERVIEW,
        key="pk",
        slot=Subquery(seat),
        a_kasse=Coalesce(NullIf("course__a_kasse__short_name", Value("")), "course__a_kasse__name"),
        a_kasse_key="course__a_kasse",
        jobcentre="course__jobcentre",
        given=_if_read("course__citizen__first_name"),
        family=_if_read("course__citizen__last_name"),
        room_name="room__name",
        people=_people(place, with_people=with_people, meeting=OuterRef("pk")),
        **_named(
            (*MOMENTS, "state", "room", "course", "is_read", "kind", "held_by", "place", "form")
        ),
    )


def _if_read(name: str) -> Case:
    """A column of the citizen, for those alone who may read the interview."""
    return Case(When(is_read=True, then=name), default=Value(""))


def _groups(place: Place, near: Q, *, with_people: bool) -> QuerySet[Any, Any]:
    """Group meetings at the place or of it that the reader knows of, with seats taken."""
    house = place.house
    here = Q(organisation=house) | Q(room__organisation=house) | Q(invited=house)
    rows = GroupMeeting.objects.visible_to(place.user).filter(near, here)
    rows = rows.exclude(state=GroupMeeting.State.CANCELLED)
    return _told(
        rows.annotate(seated=Count("enrolments", filter=Q(enrolments__state="seated"))),
        Kind.GROUP,
        key="pk",
        room_name="room__name",
        people=_people(place, with_people=with_people, group=OuterRef("pk")),
        **_named((*MOMENTS, "title", "seats", "seated", "room", "place")),
    )


def _people(place: Place, *, with_people: bool, **whose: OuterRef) -> Any:  # noqa: ANN401 (a column)
    """Who takes part: the reader's own colleagues at least.

    Of the other party those are known who stand in interviews at the reader's own place.
    """
    if not with_people:
        return Value([], output_field=JSONField())
    here = Q(meeting__organisation=place.house) | Q(group__organisation=place.house)
    rows = Participant.objects.filter(
        here | Q(group__room__organisation=place.house),
        worker__isnull=False,
        is_busy=True,
        **whose,
    )
    if not place.is_own:
        own = Q(meeting__course__a_kasse__in=place.a_kasser)
        own |= Q(group__organisation__in=place.a_kasser)
        rows = rows.filter(own, role=Party.A_KASSE)
    name = Trim(Concat("worker__first_name", Value(" "), "worker__last_name"))
    called = Coalesce(NullIf(name, Value("")), "worker__username")
    names = JSONObject(worker="worker", role="role", name=called)
    return ArraySubquery(rows.order_by("worker").values_list(names))
