"""Who has a working week here, and whose week, leave and competences one may write."""

from datetime import date

from accounts.models import User
from partnerships.access import reach_of
from partnerships.models import Membership, Organisation, Role
from partnerships.models.members import MembershipQuerySet

Kind = Organisation.Kind
HOLDS_INTERVIEWS = {
    Kind.JOBCENTRE: (Role.CASEWORKER,),
    Kind.A_KASSE: (Role.JOB_CONSULTANT, Role.COORDINATOR),
}
COORDINATES = {Kind.JOBCENTRE: Role.BOOKING_COORDINATOR, Kind.A_KASSE: Role.COORDINATOR}


def workplaces(user: User, *, on: date) -> list[Organisation]:
    """The organisations for which a person holds interviews, by name."""
    rows = _holding(Membership.objects.standing(on=on).filter(user=user))
    return _houses(rows)


def coordinated(user: User, *, on: date) -> list[Organisation]:
    """The organisations whose staff a person plans: booking coordinator, or coordinator."""
    rows = Membership.objects.standing(on=on).filter(user=user)
    wanted = [rows.filter(organisation__kind=kind, role=role) for kind, role in COORDINATES.items()]
    return _houses(wanted[0] | wanted[1])


def staff_of(house: Organisation, *, on: date) -> list[User]:
    """Who holds interviews for an organisation, by name."""
    rows = _holding(Membership.objects.standing(on=on).filter(organisation=house))
    found = {row.user.pk: row.user for row in rows.select_related("user") if row.user.is_active}
    return sorted(found.values(), key=str)


def may_write(by: User, worker: User, house: Organisation, *, on: date) -> bool:
    """Everybody writes the own week and leave; a coordinator also that of the staff."""
    if house not in workplaces(worker, on=on):
        return False
    return by == worker or house in coordinated(by, on=on)


def reads_citizens(user: User) -> bool:
    """Whether a person may open interviews at all: a booking coordinator sees none."""
    return reach_of(user).reads_citizens


def _holding(rows: MembershipQuerySet) -> MembershipQuerySet:
    return (
        rows.filter(organisation__kind=Kind.JOBCENTRE, role__in=HOLDS_INTERVIEWS[Kind.JOBCENTRE])
        | rows.filter(organisation__kind=Kind.A_KASSE, role__in=HOLDS_INTERVIEWS[Kind.A_KASSE])
    )  # fmt: skip


def _houses(rows: MembershipQuerySet) -> list[Organisation]:
    found = {row.organisation for row in rows.select_related("organisation") if row.organisation}
    return sorted(found, key=lambda one: (one.sort_key, one.pk))
