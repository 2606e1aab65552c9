"""Leave of a worker: written by the worker or a coordinator; it cancels no interview by itself."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from partnerships.models import Organisation
from shared.refusals import Refused
from staffing.access import may_write
from staffing.models import Leave


@transaction.atomic
def take_leave(  # noqa: PLR0913 (whose, where, when and what)
    worker: User,
    house: Organisation,
    *,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    by: User,
    at: datetime,
) -> Leave:
    """Be away from a moment to a moment."""
    _check_writer(worker, house, by, at)
    if ends_at <= starts_at:
        raise Refused(_("Leave must end after it starts."))
    if ends_at <= at:
        raise Refused(_("This leave is over already. Choose days ahead."))
    User.objects.select_for_update().get(pk=worker.pk)
    if Leave.objects.filter(user=worker, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Refused(_("There is leave at this time already. Take it back first."))
    leave = Leave.objects.create(
        user=worker,
        organisation=house,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        recorded_by=by,
    )
    _note(leave, "leave-taken", by)
    return leave


@transaction.atomic
def take_back_leave(leave: Leave, *, by: User, at: datetime) -> None:
    """Leave that has not begun goes; of leave that has begun, what is past stays."""
    rows = Leave.objects.select_for_update(of=("self",)).select_related("user", "organisation")
    found = rows.filter(pk=leave.pk).first()
    if found is None or found.ends_at <= at:
        raise Refused(_("This leave is over already, or was taken back."))
    _check_writer(found.user, found.organisation, by, at)
    _note(found, "leave-taken-back", by)
    if found.starts_at >= at:
        found.delete()
    else:
        found.ends_at = at
        found.save(update_fields=["ends_at"])


def _check_writer(worker: User, house: Organisation, by: User, at: datetime) -> None:
    if not may_write(by, worker, house, on=timezone.localdate(at)):
        raise Refused(_("Only the worker and the coordinator write leave."))


def _note(leave: Leave, what: str, by: User) -> None:
    """Times alone: of what kind the leave is, the journal need not know."""
    note(
        leave,
        what,
        by=by,
        case=None,
        starts_at=leave.starts_at.isoformat(),
        ends_at=leave.ends_at.isoformat(),
    )
