"""Who may grant, raise and close a frame, and who reads the pages of frames."""

from datetime import date

from accounts.models import User
from frames.models import Frame
from partnerships.access import reach_of
from partnerships.models import Membership, Organisation, Role

READS = (
    Role.FINANCE, Role.AGREEMENT_ADMINISTRATOR, Role.STEERING_GROUP, Role.COORDINATOR,
    Role.CASEWORKER, Role.JOB_CONSULTANT,
)  # fmt: skip
GRANTS = (Role.FINANCE, Role.AGREEMENT_ADMINISTRATOR)


def may_read_frames(user: User) -> bool:
    """Money concerns who steers, books and pays."""
    return user.is_superuser or reach_of(user).has(*READS)


def granting_jobcentres(user: User, *, on: date) -> list[Organisation]:
    """The jobcentres whose money a person grants: its finance and its agreement administrators."""
    rows = Membership.objects.standing(on=on).filter(
        user=user, role__in=GRANTS, organisation__kind=Organisation.Kind.JOBCENTRE
    )
    found = {one.organisation_id: one.organisation for one in rows.select_related("organisation")}
    return [one for one in found.values() if one]


def may_raise(user: User, frame: Frame, *, on: date) -> bool:
    """Whether a person grants more to a frame, once an addendum is signed."""
    return not frame.closed_at and _works_at(user, frame, GRANTS, on)


def may_close(user: User, frame: Frame, *, on: date) -> bool:
    """Whether a person closes a frame: the jobcentre's finance alone."""
    return not frame.closed_at and _works_at(user, frame, (Role.FINANCE,), on)


def _works_at(user: User, frame: Frame, roles: tuple[Role, ...], on: date) -> bool:
    rows = Membership.objects.standing(on=on).filter(user=user, role__in=roles)
    return rows.filter(organisation=frame.jobcentre_id).exists()
