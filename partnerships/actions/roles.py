"""Acts on memberships: who works where and as what."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from partnerships.models import Membership, Organisation, Role
from partnerships.permissions import STAFF
from shared.refusals import Refused


@transaction.atomic
def give_role(  # noqa: PLR0913 (a membership is these)
    user: User,
    role: Role,
    *,
    organisation: Organisation | None,
    starts_on: date,
    ends_on: date | None = None,
    by: User | None,
) -> Membership:
    """Let a person work for an organisation in a role; `by` is None for the set-up alone."""
    _refuse_oneself(user, by)
    row = Membership.objects.create(
        user=user, role=role, organisation=organisation, starts_on=starts_on, ends_on=ends_on
    )
    _keep_staff(user)
    note(
        row, "role-given", by=by, case=None, user=user.pk, role=role, organisation=str(organisation)
    )
    return row


@transaction.atomic
def date_role(membership: Membership, *, starts_on: date, ends_on: date | None, by: User) -> None:
    """Set from when and until when a person has a role; a role that ended stays in the list."""
    _refuse_oneself(membership.user, by)
    membership.starts_on, membership.ends_on = starts_on, ends_on
    membership.save(update_fields=["starts_on", "ends_on"])
    _keep_staff(membership.user)
    note(
        membership,
        "role-dated",
        by=by,
        case=None,
        user=membership.user_id,
        starts_on=str(starts_on),
        ends_on=str(ends_on or ""),
    )


def _refuse_oneself(user: User, by: User | None) -> None:
    """Roles open citizens' cases, so nobody opens them to themselves."""
    if by and by.pk == user.pk:
        raise Refused(_("You cannot change your own roles. Ask another administrator."))


def _keep_staff(user: User) -> None:
    """Only those with a role in the admin site, today or later, get past its door."""
    lasting = Q(ends_on=None) | Q(ends_on__gt=timezone.localdate())
    user.is_staff = user.is_superuser or user.memberships.filter(lasting, role__in=STAFF).exists()
    user.save(update_fields=["is_staff"])
