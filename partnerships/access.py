"""What a person's memberships reach: the one place that turns roles into rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from partnerships.models import Membership, Organisation, Role

READS_CITIZENS = {
    Organisation.Kind.JOBCENTRE: {Role.CASEWORKER},
    Organisation.Kind.A_KASSE: {Role.JOB_CONSULTANT, Role.COORDINATOR},
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a person works on a day, and whose citizens that lets them read.

    `jobcentres` and `a_kasser` are keys of organisations whose citizens the person may read (an
    a-kasse with those merged into it); `organisations` are all the person works for, by name.
    """

    on: date
    roles: frozenset[Role]
    organisations: tuple[Organisation, ...]
    jobcentres: tuple[int, ...]
    a_kasser: tuple[int, ...]
    booking_at: tuple[int, ...]

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of the roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def reads_citizens(self) -> bool:
        """Whether the person reads the citizens of any party."""
        return bool(self.jobcentres or self.a_kasser)


def reach_of(user: User | AnonymousUser, *, on: date | None = None) -> Reach:
    """The reach of a user on a day (today when not said); asked once per user object and day."""
    on = on or timezone.localdate()
    kept: Reach | None = getattr(user, "kept_reach", None)
    if kept is None or kept.on != on:
        kept = _reach(user, on)
        user.kept_reach = kept  # type: ignore[union-attr]  # a cache that lives as long as the request
    return kept


def plans_times_of(user: User, organisation: Organisation, *, on: date) -> bool:
    """Whether somebody plans the times of an organisation, or of the one it merged into."""
    houses = {organisation.pk, organisation.successor_id}
    return not houses.isdisjoint(reach_of(user, on=on).booking_at)


def _reach(user: User | AnonymousUser, on: date) -> Reach:
    if isinstance(user, AnonymousUser):
        return Reach(on, frozenset(), (), (), (), ())
    standing = list(
        Membership.objects.standing(on=on)
        .filter(user=user)
        .select_related("organisation")
        .annotate(merged=ArraySubquery(_merged().order_by("pk").values("pk")))
    )
    return Reach(
        on=on,
        roles=frozenset(Role(one.role) for one in standing),
        organisations=tuple(one.organisation for one in standing if one.organisation),
        jobcentres=tuple(_reading(standing, Organisation.Kind.JOBCENTRE)),
        a_kasser=tuple(_with_predecessors(standing)),
        booking_at=tuple(
            one.organisation_id
            for one in standing
            if one.role == Role.BOOKING_COORDINATOR and one.organisation_id
        ),
    )


def _reading(standing: list[Membership], kind: Organisation.Kind) -> list[int]:
    """The organisations of a kind whose citizens these memberships let one read."""
    return [
        one.organisation.pk
        for one in standing
        if one.organisation and one.organisation.kind == kind and one.role in READS_CITIZENS[kind]
    ]


def _merged() -> QuerySet[Organisation]:
    """The a-kasser merged into a membership's own, two mergers deep: no longer chain is known."""
    own = OuterRef("organisation")
    return Organisation.objects.filter(Q(successor=own) | Q(successor__successor=own))


def _with_predecessors(standing: list[Any]) -> list[int]:
    """The a-kasser whose members these memberships let one read, with those merged into them."""
    own = set(_reading(standing, Organisation.Kind.A_KASSE))
    merged = {pk for one in standing if one.organisation_id in own for pk in one.merged}
    return sorted(own | merged)
