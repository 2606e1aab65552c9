"""A worker's own calendars, of which only the busy times are kept; nobody else writes them."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from shared.refusals import Refused
from staffing import tasks
from staffing.addresses import place_of
from staffing.calendar_times import times_in
from staffing.models import BusySource
from staffing.reading import store, window

MOST_CALENDARS = 5


def read_file(*, name: str, content: bytes, by: User, at: datetime) -> BusySource:
    """Keep the times of a file; handed in again under its name, it takes the place of the old."""
    first, last = window(at)
    spans = times_in(content, first=first, last=last)
    with transaction.atomic():
        source = _own(name, by) or _new(name, by)
        if source.address:
            raise Refused(
                _("A calendar of this name is read from an address. Choose another name.")
            )
        source.read_at = at
        source.save()
        store(source, spans)
        note(source, "calendar-added", by=by, case=None, from_address=False)
    return source


@transaction.atomic
def subscribe(*, name: str, address: str, by: User) -> BusySource:
    """Read a calendar from an address from now on, every hour; the first time at once."""
    place_of(address)
    if _own(name, by):
        raise Refused(_("You have a calendar of this name already. Choose another name."))
    source = _new(name, by)
    source.address = address
    source.save()
    note(source, "calendar-added", by=by, case=None, from_address=True)
    transaction.on_commit(partial(tasks.read_calendar.delay, source_pk=source.pk))
    return source


@transaction.atomic
def forget(source: BusySource, *, by: User) -> None:
    """Read a calendar no longer, and forget its times."""
    found = BusySource.objects.select_for_update().filter(pk=source.pk, user=by).first()
    if found is None:
        raise Refused(_("Only the worker whose calendar it is removes it."))
    note(found, "calendar-removed", by=by, case=None)
    found.delete()


def _own(name: str, by: User) -> BusySource | None:
    """The calendar of a name; calls of one worker wait for each other."""
    User.objects.select_for_update().get(pk=by.pk)
    return BusySource.objects.filter(user=by, name=name).first()


def _new(name: str, by: User) -> BusySource:
    if BusySource.objects.filter(user=by).count() >= MOST_CALENDARS:
        raise Refused(
            _("Up to %(count)d calendars are read. Remove one first.") % {"count": MOST_CALENDARS}
        )
    return BusySource(user=by, name=name)
