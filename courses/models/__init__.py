"""Citizens, courses, the facts about them, the duties that follow, the flags on those."""

from courses.models.answers import DateMove, Duty, DutyQuerySet, Responsibility
from courses.models.citizens import AccessGrant, Citizen, Course, CourseQuerySet
from courses.models.entry import EntryDecision
from courses.models.facts import (
    Absence,
    AbsenceKind,
    Choice,
    ChoiceKind,
    Fact,
    HeldMeeting,
    MeetingForm,
    MeetingKind,
    Registration,
    ReportedHours,
)
from courses.models.flags import ChangedCourse, Flag, FlagQuerySet, Sweep
from courses.models.imports import MemberFile
from courses.models.job_search import JobSearchStatus
from courses.models.words import Insurance, Party

__all__ = [
    "Absence",
    "AbsenceKind",
    "AccessGrant",
    "ChangedCourse",
    "Choice",
    "ChoiceKind",
    "Citizen",
    "Course",
    "CourseQuerySet",
    "DateMove",
    "Duty",
    "DutyQuerySet",
    "EntryDecision",
    "Fact",
    "Flag",
    "FlagQuerySet",
    "HeldMeeting",
    "Insurance",
    "JobSearchStatus",
    "MeetingForm",
    "MeetingKind",
    "MemberFile",
    "Party",
    "Registration",
    "ReportedHours",
    "Responsibility",
    "Sweep",
]
