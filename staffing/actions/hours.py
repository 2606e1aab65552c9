"""A worker's week: a new one takes the place of the old from a day on, and the old is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from partnerships.models import Organisation
from shared.dates import lasting
from shared.refusals import Refused
from staffing.access import may_write
from staffing.models import WorkingHours


@dataclass(frozen=True, slots=True)
class Stint:
    """Work on a day of the week, from a clock to a clock."""

    weekday: int
    starts: time
    ends: time


@transaction.atomic
def set_hours(  # noqa: PLR0913 (whose, where, what and from when)
    worker: User,
    house: Organisation,
    week: Sequence[Stint],
    *,
    starts_on: date,
    by: User,
    at: datetime,
) -> list[WorkingHours]:
    """Work these hours from a day on; rows that began before end there, later ones give way."""
    today = timezone.localdate(at)
    if not may_write(by, worker, house, on=today):
        raise Refused(_("Only the worker and the coordinator write working hours."))
    if starts_on < today:
        raise Refused(_("Hours that have been worked stay as they were. Choose a day ahead."))
    _check(week)
    User.objects.select_for_update().get(pk=worker.pk)
    rows = WorkingHours.objects.filter(user=worker, organisation=house)
    rows.filter(starts_on__gte=starts_on).delete()
    rows.filter(lasting(starts_on)).update(ends_on=starts_on)
    made = WorkingHours.objects.bulk_create(
        WorkingHours(
            user=worker,
            organisation=house,
            weekday=one.weekday,
            starts=one.starts,
            ends=one.ends,
            starts_on=starts_on,
        )
        for one in week
    )
    note(worker, "hours-set", by=by, case=None, house=house.slug, starts_on=starts_on.isoformat())
    return made


def _check(week: Sequence[Stint]) -> None:
    if not week:
        raise Refused(_("Write the hours of at least one day."))
    ordered = sorted(week, key=lambda one: (one.weekday, one.starts))
    for one in ordered:
        if one.ends <= one.starts:
            raise Refused(_("Working hours must end after they start."))
    for one, following in pairwise(ordered):
        if one.weekday == following.weekday and following.starts < one.ends:
            raise Refused(_("The second hours of a day begin after the first end."))
