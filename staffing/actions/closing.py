"""Closing days of an organisation: its coordinator writes them; they cancel no interview."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from partnerships.models import Organisation
from shared.refusals import Refused
from staffing.access import coordinated
from staffing.models import ClosingDay


@transaction.atomic
def close_on(  # noqa: PLR0913 (where, when and why)
    house: Organisation,
    *,
    starts_on: date,
    ends_on: date,
    reason: str = "",
    by: User,
    at: datetime,
) -> ClosingDay:
    """Close an office from a day until before another."""
    _check_coordinator(house, by, at)
    if ends_on <= starts_on:
        raise Refused(_("The office must open after it closes."))
    if ends_on <= timezone.localdate(at):
        raise Refused(_("These days have passed. Choose days ahead."))
    Organisation.objects.select_for_update().get(pk=house.pk)
    standing = ClosingDay.objects.filter(
        organisation=house, starts_on__lt=ends_on, ends_on__gt=starts_on
    )
    if standing.exists():
        raise Refused(_("The office is closed on some of these days already."))
    closing = ClosingDay.objects.create(
        organisation=house, starts_on=starts_on, ends_on=ends_on, reason=reason
    )
    _note(closing, "closing-day-set", by)
    return closing


@transaction.atomic
def open_again(closing: ClosingDay, *, by: User, at: datetime) -> None:
    """Take closing days back that have not begun."""
    rows = ClosingDay.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.filter(pk=closing.pk).first()
    if found is None or found.starts_on <= timezone.localdate(at):
        raise Refused(_("These closing days have begun already, or were taken back."))
    _check_coordinator(found.organisation, by, at)
    _note(found, "closing-day-taken-back", by)
    found.delete()


def _check_coordinator(house: Organisation, by: User, at: datetime) -> None:
    if house not in coordinated(by, on=timezone.localdate(at)):
        raise Refused(_("Only the coordinator of the organisation writes its closing days."))


def _note(closing: ClosingDay, what: str, by: User) -> None:
    note(
        closing,
        what,
        by=by,
        case=None,
        house=closing.organisation.slug,
        starts_on=closing.starts_on.isoformat(),
        ends_on=closing.ends_on.isoformat(),
    )
