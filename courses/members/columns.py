"""The columns of the four files, and what an empty cell of each means."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from courses.members.fields import (
    Reader,
    a_code,
    a_date,
    a_flag,
    a_month,
    a_number,
    a_word,
    an_email,
    hours_up_to,
    text_up_to,
)
from courses.models import (
    AbsenceKind,
    Citizen,
    Course,
    Insurance,
    MeetingForm,
    MeetingKind,
    Party,
    Registration,
)

CPR = "cpr"
MEMBERS, ABSENCES, HOURS, MEETINGS = "members", "absences", "hours", "meetings"
KINDS = (MEMBERS, ABSENCES, HOURS, MEETINGS)
MOST_HOURS_A_MONTH = 250
MOST_HOURS_A_WEEK = 37


class Kept:
    """An empty cell says nothing: what is known already stays."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how a cell is read, whether it must be there, what an empty cell means."""

    name: str
    read: Reader
    required: bool = False
    empty: Any = Kept


def _text(model: type[models.Model], name: str) -> Reader:
    """A reader of text that fits the column of a model."""
    longest: int = getattr(model._meta.get_field(name), "max_length")  # noqa: B009 (fields differ)
    return text_up_to(longest)


COLUMNS: dict[str, tuple[Column, ...]] = {
    MEMBERS: (
        Column(CPR, str, required=True),
        Column("first_name", _text(Citizen, "first_name"), required=True),
        Column("last_name", _text(Citizen, "last_name"), required=True),
        Column("municipality", a_code, required=True),
        Column("registered_on", a_date, required=True),
        Column("placed_on", a_date),
        Column("insured", a_word(Insurance.values)),
        Column("email", an_email, empty=""),
        Column("phone", _text(Citizen, "phone"), empty=""),
        Column("special_effort", a_flag),
        Column("address_protected", a_flag),
        Column("digital_post_exempt", a_flag),
        Column("interpreter", _text(Citizen, "interpreter"), empty=""),
        Column("source_id", _text(Course, "source_id")),
        Column("member_from", a_date),
        Column("ended_on", a_date, empty=None),
        Column("ended_reason", _text(Registration, "ended_reason"), empty=""),
        Column("benefit_ends_on", a_date, empty=None),
        Column("graduate", a_flag),
        Column("occupation", _text(Registration, "occupation"), empty=""),
        Column("skilled", a_flag, empty=None),
    ),
    ABSENCES: (
        Column(CPR, str, required=True),
        Column("kind", a_word(AbsenceKind.values), required=True),
        Column("from", a_date, required=True),
        Column("to", a_date, empty=None),
        Column("hours", hours_up_to(MOST_HOURS_A_WEEK), empty=None),
        Column("withdrawn", a_flag, empty=False),
    ),
    HOURS: (
        Column(CPR, str, required=True),
        Column("month", a_month, required=True),
        Column("hours", hours_up_to(MOST_HOURS_A_MONTH), required=True),
    ),
    MEETINGS: (
        Column(CPR, str, required=True),
        Column("kind", a_word(MeetingKind.values), required=True),
        Column("held_on", a_date, required=True),
        Column("by", a_word([Party.A_KASSE.value, Party.JOBCENTRE.value])),
        Column("form", a_word(MeetingForm.values)),
        Column("registered_type", a_number),
    ),
}


def file_of(kind: str) -> str:
    """The name of the file that holds rows of a kind."""
    return f"{kind}.csv"
