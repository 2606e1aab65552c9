"""Interviews as calendar entries (RFC 5545): what and when, by case number; nobody's name.

Where people meet stands there only when it is one of our rooms: what somebody wrote as a place may
be a citizen's home.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vText,
)

from accounts.models import User
from courses.models import MeetingForm, MeetingKind
from courses.wording import interview_name
from meetings.models import Meeting
from meetings.plans import JOINT_NUMBERS
from partnerships.models import Organisation

PRODUCT = "-//Kontaktforloeb//DA"
REFRESH = timedelta(minutes=15)
State = Meeting.State


def feed(meetings: Iterable[Meeting], others: Iterable[Event] = (), *, name: str) -> bytes:
    """A calendar to subscribe to; the same interviews and other entries give the same bytes."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", vDuration(REFRESH), {"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for meeting in meetings:
        calendar.add_component(_event(meeting, stamped_at=changed_at(meeting)))
    for event in others:
        calendar.add_component(event)
    return _written(calendar)


def request(meeting: Meeting, worker: User, *, at: datetime) -> str:
    """An invitation, or a newer version of one."""
    return sent("REQUEST", _event(meeting, stamped_at=at), meeting.organisation, worker)


def cancellation(meeting: Meeting, worker: User, *, at: datetime) -> str:
    """The end of an invitation: the interview is cancelled, or the worker is no longer in it."""
    event = _event(meeting, stamped_at=at)
    event["status"] = vText("CANCELLED")
    return sent("CANCEL", event, meeting.organisation, worker)


def download(meeting: Meeting) -> bytes:
    """One interview as a file to open."""
    calendar = _calendar("PUBLISH")
    calendar.add_component(_event(meeting, stamped_at=changed_at(meeting)))
    return _written(calendar)


def for_citizen(meeting: Meeting, *, place: str) -> bytes:
    """One interview for the citizen's own calendar: which kind it is stands nowhere, nor a link."""
    event = _times(meeting, stamped_at=changed_at(meeting))
    event.add("summary", " · ".join((_("Interview"), meeting.course.case_number)))
    event.add("location", place or str(meeting.get_form_display()))
    calendar = _calendar("PUBLISH")
    calendar.add_component(event)
    return _written(calendar)


def written_with(event: Event) -> bytes:
    """A file to open with one entry in it."""
    calendar = _calendar("PUBLISH")
    calendar.add_component(event)
    return _written(calendar)


def summary_of(meeting: Meeting) -> str:
    """What the entry is called: the interview and the case number."""
    return f"{_kind(meeting)} · {meeting.course.case_number}"


def changed_at(meeting: Meeting) -> datetime:
    """When the interview was last booked, moved, answered or cancelled."""
    return meeting.changed_at or meeting.booked_at


def page_of(meeting: Meeting) -> str:
    """The address of the interview's page, from outside."""
    return f"{settings.PUBLIC_URL}{reverse('meetings:detail', args=[meeting.pk])}"


def place_of(meeting: Meeting) -> str:
    """The room or its video link, or how people meet; never a place in somebody's own words."""
    room = meeting.room
    if room and room.link and meeting.form == MeetingForm.VIDEO:
        return room.link
    if room is None:
        return str(meeting.get_form_display())
    return f"{room.name}, {room.place}" if room.place else room.name


def _kind(meeting: Meeting) -> str:
    """The interview by name; beside a case number, mail and calendars say nothing of health."""
    if meeting.kind == MeetingKind.SICKNESS:
        return _("Interview")
    if meeting.duty and meeting.duty.rule in JOINT_NUMBERS:
        return interview_name(meeting.duty.rule, meeting.duty.ordinal, meeting.kind)
    name = str(meeting.get_kind_display())
    return f"{name[:1].upper()}{name[1:]}"


def _event(meeting: Meeting, *, stamped_at: datetime) -> Event:
    event = _times(meeting, stamped_at=stamped_at)
    event.add("summary", summary_of(meeting))
    event.add("location", place_of(meeting))
    event.add("description", _("Open the interview: %(url)s") % {"url": page_of(meeting)})
    event.add("url", page_of(meeting))
    return event


def _times(meeting: Meeting, *, stamped_at: datetime) -> Event:
    """An entry that says when, and which version of it this is."""
    event = Event()
    event.add("uid", f"samtale-{meeting.pk}@kontaktforloeb")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamped_at)
    event.add("created", meeting.booked_at)
    event.add("last-modified", changed_at(meeting))
    event.add("dtstart", timezone.localtime(meeting.starts_at))
    event.add("dtend", timezone.localtime(meeting.ends_at))
    event.add("class", "PRIVATE")
    cancelled = meeting.state == State.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return event


def sent(method: str, event: Event, organisation: Organisation, worker: User) -> str:
    """An entry on its way between two calendars: who sends it, and whom it is for (RFC 5546)."""
    organiser = vCalAddress(f"mailto:{_plain_address(settings.DEFAULT_FROM_EMAIL)}")
    organiser.params["CN"] = vText(str(organisation))
    event.add("organizer", organiser)
    attendee = vCalAddress(f"mailto:{worker.email}")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee)
    calendar = _calendar(method)
    calendar.add_component(event)
    return _written(calendar).decode()


def _plain_address(sender: str) -> str:
    """The address in `Name <address>`."""
    return sender.rpartition("<")[2].rstrip(">")


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("calscale", "GREGORIAN")
    calendar.add_component(_danish_time())
    return calendar


def _danish_time() -> Timezone:
    """The rule of Danish time since 1996.

    Written out here because the library lists the days on which the clock changed one by one, an
    hour too late in spring.
    """
    zone = Timezone()
    zone.add("tzid", settings.TIME_ZONE)
    for part, first, before, after, month in (
        (TimezoneDaylight(), datetime(1996, 3, 31, 2), 1, 2, 3),  # noqa: DTZ001 (local by RFC 5545)
        (TimezoneStandard(), datetime(1996, 10, 27, 3), 2, 1, 10),  # noqa: DTZ001
    ):
        part.add("dtstart", first)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("tzname", "CEST" if after > before else "CET")
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def _written(calendar: Calendar) -> bytes:
    return bytes(calendar.to_ical())
