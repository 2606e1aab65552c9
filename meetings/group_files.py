"""A group meeting as a calendar entry: what, when and where; it names no citizen."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from icalendar import Event

from meetings.calendar import written_with
from meetings.group_page import place_of
from meetings.models import GroupMeeting


def group_file_of(group: GroupMeeting, *, at: datetime) -> bytes:
    """One group meeting as a file to open."""
    is_off = group.state == GroupMeeting.State.CANCELLED
    event = Event()
    event.add("uid", f"moede-{group.pk}@kontaktforloeb")
    event.add("dtstamp", at)
    event.add("dtstart", timezone.localtime(group.starts_at))
    event.add("dtend", timezone.localtime(group.ends_at))
    event.add("summary", f"{group.title} ({group.get_kind_display()})")
    event.add("location", place_of(group))
    event.add("url", f"{settings.PUBLIC_URL}{group.get_absolute_url()}")
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return written_with(event)
