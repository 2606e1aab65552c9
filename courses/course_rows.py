"""A course with every row that its page is made of, read in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet

from accounts.models import User
from courses.models import (
    Absence,
    AccessGrant,
    Choice,
    Course,
    Duty,
    Flag,
    HeldMeeting,
    Registration,
    ReportedHours,
    Responsibility,
)
from partnerships.models import Organisation, OrganisationName
from shared.nested_rows import nested, restored

ROOM = ("id", "name")
NAME = ("id", "first_name", "last_name", "username")


@dataclass(frozen=True, slots=True)
class CourseRows:
    """What is stored of one course and its citizen; facts come with those that no longer stand.

    `meetings` are interviews as the reader may read them; their table lies above this app.
    """

    course: Course
    registration: Registration
    courses: Sequence[Course]
    duties: Sequence[Duty]
    flags: Sequence[Flag]
    meetings: Sequence[Any]
    held: Sequence[HeldMeeting]
    absences: Sequence[Absence]
    hours: Sequence[ReportedHours]
    choices: Sequence[Choice]
    responsible: Sequence[Responsibility]
    grants: Sequence[AccessGrant]
    names: Sequence[OrganisationName]

    def name_of(self, party: Organisation, *, on: date) -> str:
        """What a party is called on a day."""
        for one in self.names:
            ends_on = one.ends_on or date.max
            if one.organisation_id == party.pk and one.starts_on <= on < ends_on:
                return one.name
        return party.name


def read_course(courses: QuerySet[Course], case: int, *, user: User) -> CourseRows | None:
    """One of the courses that a person may read, with its rows; None when it is not among them."""
    model: type[Any] = Course._meta.get_field("meetings").related_model
    wanted = _wanted(user, model)
    found = (
        courses.for_page()  # type: ignore[attr-defined]  # of this app's own query set
        .annotate(**{f"rows_of_{name}": rows for name, rows in wanted.items()})
        .filter(pk=case)
        .first()
    )
    return _rows(found, model) if found else None


def _wanted(user: User, meetings: type[Any]) -> dict[str, Any]:
    """The rows that hang on a course, and those that hang on its citizen."""
    mine, theirs = {"course": OuterRef("pk")}, {"citizen": OuterRef("citizen_id")}
    duties = Duty.objects.filter(**mine).exclude(outcome=Duty.Outcome.WITHDRAWN)
    grants = AccessGrant.objects.standing().filter(**mine, user=user).order_by("until")
    names = OrganisationName.objects.filter(
        Q(organisation=OuterRef("a_kasse_id")) | Q(organisation=OuterRef("jobcentre_id"))
    )
    return {
        "registration": nested(Registration.objects.standing().filter(**mine)),
        "courses": nested(Course.objects.filter(**theirs).order_by("starts_on", "pk")),
        "duties": nested(duties),
        "flags": nested(Flag.objects.overdue().filter(**mine).order_by("pk")),
        "meetings": nested(
            meetings.objects.visible_to(user).filter(**mine).order_by("pk"), room=ROOM
        ),
        "held": nested(HeldMeeting.objects.standing().filter(**theirs)),
        "absences": nested(Absence.objects.filter(**theirs).order_by("-starts_on", "-pk")),
        "hours": nested(ReportedHours.objects.filter(**theirs).order_by("-month", "-pk")),
        "choices": nested(Choice.objects.filter(**mine).order_by("-chosen_on", "-pk")),
        "responsible": nested(Responsibility.objects.filter(**mine).order_by("starts_on")),
        "grants": nested(grants),
        "names": nested(names.order_by("starts_on")),
    }


def _rows(course: Course, meetings: type[Any]) -> CourseRows | None:
    told: dict[str, list[dict[str, Any]]] = {
        name.removeprefix("rows_of_"): vars(course).pop(name)
        for name in list(vars(course))
        if name.startswith("rows_of_")
    }

    def rows(name: str, model: type[Any]) -> list[Any]:
        return _of(model, told[name], course)

    registrations = rows("registration", Registration)
    if not registrations:
        return None
    return CourseRows(
        course=course,
        registration=registrations[-1],
        courses=restored(Course, told["courses"]),
        duties=rows("duties", Duty),
        flags=rows("flags", Flag),
        meetings=rows("meetings", meetings),
        held=restored(HeldMeeting, told["held"]),
        absences=restored(Absence, told["absences"]),
        hours=restored(ReportedHours, told["hours"]),
        choices=rows("choices", Choice),
        responsible=rows("responsible", Responsibility),
        grants=rows("grants", AccessGrant),
        names=restored(OrganisationName, told["names"]),
    )


def _of(model: type[Any], told: Iterable[dict[str, Any]], course: Course) -> list[Model]:
    """Rows that know their course, so that nothing asks for it again."""
    found: list[Any] = restored(model, told)
    for row in found:
        row.course = course
    return found
