"""Who writes agreements, and which of them a person may open in the guide."""

from accounts.models import User
from partnerships.access import reach_of
from partnerships.agreement_pages import agreements_visible_to
from partnerships.models import Agreement, Organisation, Role
from partnerships.models.agreements import AgreementQuerySet


def may_write_agreements(user: User) -> bool:
    """Whether a person writes agreements for a party."""
    return user.is_superuser or reach_of(user).has(Role.AGREEMENT_ADMINISTRATOR)


def written_by(user: User) -> AgreementQuerySet:
    """The agreements that a person may open in the guide."""
    if not may_write_agreements(user):
        return Agreement.objects.none()
    return agreements_visible_to(user)


def own_parties(user: User) -> list[Organisation]:
    """The organisations that a person writes agreements for."""
    return list(reach_of(user).organisations)
