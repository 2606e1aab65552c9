"""Working hours, leave, competences, closing days, and busy times read from other calendars."""

from staffing.models.busy import AllowedHost, BusySource, BusySourceQuerySet, BusyTime
from staffing.models.hours import (
    ClosingDay,
    ClosingDayQuerySet,
    Leave,
    LeaveQuerySet,
    WorkingHours,
    WorkingHoursQuerySet,
)
from staffing.models.people import Competence, CompetenceQuerySet

__all__ = [
    "AllowedHost",
    "BusySource",
    "BusySourceQuerySet",
    "BusyTime",
    "ClosingDay",
    "ClosingDayQuerySet",
    "Competence",
    "CompetenceQuerySet",
    "Leave",
    "LeaveQuerySet",
    "WorkingHours",
    "WorkingHoursQuerySet",
]
