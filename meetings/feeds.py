"""What stands behind a private calendar address, and the pages that give addresses out."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from meetings import group_files
from meetings.calendar import changed_at, feed
from meetings.models import (
    CalendarFeed,
    GroupMeeting,
    GroupMeetingQuerySet,
    Meeting,
    MeetingQuerySet,
    Room,
)
from meetings.models.feeds import SEEN_ANEW, fingerprint
from partnerships.access import reach_of
from shared.written import moment_text

BACK, AHEAD = timedelta(30), timedelta(181)  # from the first day to the day after the last


@dataclass(frozen=True, slots=True)
class Answer:
    """A calendar as it goes out, and what a reader can ask by whether it is newer."""

    body: bytes
    etag: str
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A calendar that one may give out: whose, and what is known of its address."""

    name: str
    place: str
    feed: CalendarFeed | None
    made: str
    last_read: str
    room_pk: int | None = None


def feed_behind(token: str) -> CalendarFeed | None:
    """The calendar that an address opens; none when it is wrong, withdrawn, or nobody's now."""
    in_use = Q(user__is_active=True) | Q(room__is_active=True)
    found = CalendarFeed.objects.standing().filter(in_use, token_hash=fingerprint(token))
    return found.select_related("user", "room").first()


def answer_of(found: CalendarFeed, *, at: datetime) -> Answer:
    """A calendar in the language of the one who reads it."""
    today = timezone.localdate(at)
    meetings, groups = list(_interviews(found, today)), list(_groups(found, today))
    changed = [*map(changed_at, meetings), *map(group_files.changed_at, groups)]
    with override(found.user.language if found.user else settings.LANGUAGE_CODE):
        others = [
            group_files.event_of(one, stamped_at=group_files.changed_at(one)) for one in groups
        ]
        body = feed(meetings, others, name=_("Interviews: %(whose)s") % {"whose": found})
    newest = max([found.changed_at, _midnight(today), *changed])
    return Answer(body, f'"{hashlib.sha256(body).hexdigest()}"', newest)


def noticed(found: CalendarFeed, *, at: datetime) -> None:
    """Keep when a calendar was last read, by the hour: an address that nobody reads can go."""
    if found.read_at is None or (at - found.read_at).total_seconds() >= SEEN_ANEW:
        CalendarFeed.objects.filter(pk=found.pk).update(read_at=at)


def _interviews(found: CalendarFeed, today: date) -> MeetingQuerySet:
    rows = Meeting.objects.filter(
        starts_at__gte=_midnight(today - BACK), starts_at__lt=_midnight(today + AHEAD)
    )
    if found.user:
        rows = rows.visible_to(found.user, on=today).of_worker(found.user).distinct()
    else:
        rows = rows.filter(room=found.room)
    return rows.select_related("course", "duty", "room").order_by("starts_at", "pk")


def _groups(found: CalendarFeed, today: date) -> GroupMeetingQuerySet:
    """The group meetings of the same days that a worker takes part in, or that have the room."""
    rows = GroupMeeting.objects.filter(
        starts_at__gte=_midnight(today - BACK), starts_at__lt=_midnight(today + AHEAD)
    )
    if found.user:
        own = Q(host=found.user) | Q(guest=found.user)
        rows = rows.visible_to(found.user).filter(own)
    else:
        rows = rows.filter(room=found.room)
    return rows.select_related("room").order_by("starts_at", "pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def own_address(user: User) -> Address:
    """One's own calendar."""
    found = CalendarFeed.objects.standing().filter(user=user).first()
    return _address(str(user), "", found)


def room_addresses(user: User) -> list[Address]:
    """The calendars of the rooms that one plans."""
    standing = Prefetch("calendar_feeds", CalendarFeed.objects.standing(), to_attr="standing_feeds")
    rooms = Room.objects.filter(organisation__in=reach_of(user).booking_at, is_active=True)
    return [
        _address(room.name, room.place, next(iter(room.standing_feeds), None), room.pk)
        for room in rooms.prefetch_related(standing)
    ]


def room_of(user: User, pk: int) -> Room | None:
    """A room that one plans."""
    return Room.objects.filter(pk=pk, organisation__in=reach_of(user).booking_at).first()


def url_of(token: str) -> str:
    """The address to give to a calendar program."""
    return f"{settings.PUBLIC_URL}{reverse('meetings:feed', args=[token])}"


def _address(
    name: str, place: str, found: CalendarFeed | None, room_pk: int | None = None
) -> Address:
    read_at = found.read_at if found else None
    return Address(
        name=name,
        place=place,
        feed=found,
        made=moment_text(found.made_at) if found else "",
        last_read=moment_text(read_at) if read_at else "",
        room_pk=room_pk,
    )
