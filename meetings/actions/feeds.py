"""Private calendar addresses: made, renewed and withdrawn by those whose calendars they are."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from meetings.models import CalendarFeed, Room
from meetings.models.feeds import fingerprint, new_token
from partnerships.access import reach_of
from shared.refusals import Refused


def renew_own_feed(*, by: User, at: datetime) -> str:
    """A new address for one's own calendar, in place of the old; shown now and never again."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        old = CalendarFeed.objects.standing().filter(user=by)
        return _renewed(CalendarFeed(user=by), replaces=old.first(), by=by, at=at)


def renew_room_feed(room: Room, *, by: User, at: datetime) -> str:
    """A new address for the calendar of a room that one plans."""
    with transaction.atomic():
        room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
        _check_planner(room, by, at)
        if not room.is_active:
            raise Refused(_("This room is not in use, so it has no calendar."))
        old = CalendarFeed.objects.standing().filter(room=room)
        return _renewed(CalendarFeed(room=room), replaces=old.first(), by=by, at=at)


def revoke_feed(feed: CalendarFeed, *, by: User, at: datetime) -> CalendarFeed:
    """Withdraw an address: whoever still reads it finds nothing."""
    with transaction.atomic():
        feed = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
        if feed.room:
            _check_planner(feed.room, by, at)
        elif feed.user_id != by.pk:
            raise Refused(_("Only the person whose calendar it is withdraws its address."))
        if feed.revoked_at is None:
            feed.revoked_at = at
            feed.save(update_fields=["revoked_at"])
            note(feed, "feed-revoked", by=by, case=None, calendar=str(feed))
    return feed


def _check_planner(room: Room, by: User, at: datetime) -> None:
    if room.organisation_id not in reach_of(by, on=timezone.localdate(at)).booking_at:
        raise Refused(_("Only those who plan the rooms give out their calendars."))


def _renewed(feed: CalendarFeed, *, replaces: CalendarFeed | None, by: User, at: datetime) -> str:
    if replaces:
        replaces.revoked_at = at
        replaces.save(update_fields=["revoked_at"])
    token = new_token()
    feed.token_hash = fingerprint(token)
    feed.made_at = feed.changed_at = at
    feed.made_by = by
    feed.save()
    note(feed, "feed-renewed", by=by, case=None, calendar=str(feed), replaced=bool(replaces))
    return token
