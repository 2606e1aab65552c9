"""A group meeting as a calendar entry: what, when and where; it names no citizen."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event, vText

from accounts.models import User
from meetings.calendar import sent, written_with
from meetings.group_page import place_of
from meetings.models import GroupMeeting


def group_file_of(group: GroupMeeting) -> bytes:
    """One group meeting as a file to open."""
    return written_with(event_of(group, stamped_at=changed_at(group)))


def request(group: GroupMeeting, worker: User, *, at: datetime) -> str:
    """An invitation, or a newer version of one."""
    return sent("REQUEST", event_of(group, stamped_at=at), group.organisation, worker)


def cancellation(group: GroupMeeting, worker: User, *, at: datetime) -> str:
    """The end of an invitation: the meeting is cancelled, or the worker is no longer in it."""
    event = event_of(group, stamped_at=at)
    event["status"] = vText("CANCELLED")
    return sent("CANCEL", event, group.organisation, worker)


def event_of(group: GroupMeeting, *, stamped_at: datetime) -> Event:
    """The entry: which version it is, when, what and where."""
    is_off = group.state == GroupMeeting.State.CANCELLED
    page = page_of(group)
    event = Event()
    event.add("uid", f"moede-{group.pk}@kontaktforloeb")
    event.add("sequence", group.sequence)
    event.add("dtstamp", stamped_at)
    event.add("last-modified", changed_at(group))
    event.add("dtstart", timezone.localtime(group.starts_at))
    event.add("dtend", timezone.localtime(group.ends_at))
    event.add("class", "PRIVATE")
    event.add("summary", summary_of(group))
    event.add("location", place_of(group))
    event.add("description", _("Open the meeting: %(url)s") % {"url": page})
    event.add("url", page)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_off else "OPAQUE")
    return event


def summary_of(group: GroupMeeting) -> str:
    """What the entry is called."""
    return f"{group.title} ({group.get_kind_display()})"


def changed_at(group: GroupMeeting) -> datetime:
    """When the meeting was last planned, changed or cancelled, as far as calendars show it."""
    return group.changed_at or group.starts_at


def page_of(group: GroupMeeting) -> str:
    """The address of the meeting's page, from outside."""
    return f"{settings.PUBLIC_URL}{group.get_absolute_url()}"
