"""Interviews, who takes part in them, rooms, and what follows a no-show."""

from meetings.models.batches import Batch, BatchQuerySet, BatchRow
from meetings.models.feeds import CalendarFeed
from meetings.models.follow_ups import Agreed, AgreedQuerySet, Question, QuestionQuerySet
from meetings.models.groups import (
    Enrolment,
    EnrolmentQuerySet,
    GroupMeeting,
    GroupMeetingQuerySet,
)
from meetings.models.interviews import Meeting, MeetingQuerySet
from meetings.models.links import CitizenLink, CitizenLinkQuerySet
from meetings.models.no_shows import NoShow, Notification, NotificationQuerySet
from meetings.models.rooms import Room
from meetings.models.seats import Participant

__all__ = [
    "Agreed",
    "AgreedQuerySet",
    "Batch",
    "BatchQuerySet",
    "BatchRow",
    "CalendarFeed",
    "CitizenLink",
    "CitizenLinkQuerySet",
    "Enrolment",
    "EnrolmentQuerySet",
    "GroupMeeting",
    "GroupMeetingQuerySet",
    "Meeting",
    "MeetingQuerySet",
    "NoShow",
    "Notification",
    "NotificationQuerySet",
    "Participant",
    "Question",
    "QuestionQuerySet",
    "Room",
]
