"""A course with every row that its page is made of, read in one statement that is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.models import User
from courses.models import (
    Absence,
    AccessGrant,
    Choice,
    Course,
    Duty,
    EntryDecision,
    Flag,
    HeldMeeting,
    JobSearchStatus,
    Registration,
    ReportedHours,
    Responsibility,
)
from partnerships.access import reach_of
from partnerships.kept_for_readers import KeptForReaders
from partnerships.models import Agreement, Organisation, OrganisationName, Role
from shared.nested_rows import nested, restored

REFERRED = ("a_kasse", "jobcentre", "municipality", "caseworker", "consultant", "agreement")
ROOM = ("id", "name")
DEPARTURE = ("id", "undone_at")
GROUP = ("id", "title", "kind", "starts_at", "ends_at", "state", "organisation_id", "invited_id")
A_YEAR = timedelta(365)
NAME = ("id", "first_name", "last_name", "username")


@dataclass(frozen=True, slots=True)
class CourseRows:
    """What is stored of one course and its citizen; facts come with those that no longer stand.

    `meetings` are interviews as the reader may read them; their table lies above this app, as
    that of `enrolments` in group meetings does. `entries` are decisions on entry, `above` is what
    the agreement stands under, `ended` the last one there that was over when the course began.
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
    job_search: Sequence[JobSearchStatus]
    enrolments: Sequence[Any] = ()
    entries: Sequence[EntryDecision] = ()
    above: Sequence[Agreement] = ()
    ended: Sequence[Agreement] = ()

    def name_of(self, party: Organisation, *, on: date) -> str:
        """What a party is called on a day."""
        for one in self.names:
            ends_on = one.ends_on or date.max
            if one.organisation_id == party.pk and one.starts_on <= on < ends_on:
                return one.name
        return party.name


def read_course(case: int, *, user: User, on: date) -> CourseRows | None:
    """A course that a person may read on a day, with its rows; None where they may not."""
    found = _course_with_rows.ask(user, on=on, case=case)
    return _rows(found[0], _meetings()) if found else None


def _meetings() -> type[Any]:
    return _lying_above("meetings")


def _lying_above(name: str) -> type[Any]:
    """The model of rows that hang on a course and whose app lies above this one."""
    reference: Any = Course._meta.get_field(name)
    model: type[Any] = reference.related_model
    return model


def _of_reader(user: User, *, on: date, case: int) -> QuerySet[Course]:
    rows = {f"rows_of_{name}": rows for name, rows in _wanted(user, on).items()}
    one = {f"one_{name}": row for name, row in _referred().items()}
    courses = Course.objects.visible_to(user, on=on).select_related("citizen")
    return courses.annotate(**rows, **one, **_panels(on)).filter(pk=case)


def _panels(on: date) -> dict[str, Exists]:
    """Whether there is anything for the panels of apps above, which ask no more where not."""
    mine = {"course": OuterRef("pk")}
    return {
        "has_handover": Exists(_lying_above("handovers").objects.filter(**mine)),
        "has_letters": Exists(_lying_above("letters").objects.filter(**mine)),
        "has_missed_deadlines": Exists(
            _lying_above("booking_deadlines").objects.flagged().filter(**mine)
        ),
        "has_no_times": Exists(_lying_above("no_times").objects.filter(**mine)),
        "has_unanswered": Exists(_meetings().objects.filter(**mine, statements__answer="")),
        "opens_times": Exists(_publishing()),
        "may_be_taken_in": Exists(
            Agreement.objects.in_force(on=on).filter(parties__organisation=OuterRef("a_kasse_id"))
        ),
    }


def _publishing() -> QuerySet[Organisation]:
    """The course's jobcentre, or the one it merged into, if it publishes times."""
    houses = Organisation.objects.filter(
        Q(pk=OuterRef("jobcentre_id")) | Q(predecessors=OuterRef("jobcentre_id"))
    )
    return houses.filter(pools__is_published=True)


def _referred() -> dict[str, Any]:
    """What a course refers to: each read by its key, because to plan eight joins takes longer."""
    only = {"caseworker": NAME, "consultant": NAME}
    return {name: nested(_one(name), only=only.get(name, ())) for name in REFERRED}


def _one(name: str) -> QuerySet[Any]:
    model: Any = Course._meta.get_field(name).related_model
    return model.objects.filter(pk=OuterRef(f"{name}_id"))  # type: ignore[no-any-return]


def _wanted(user: User, on: date) -> dict[str, Any]:
    """The rows that hang on a course, and those that hang on its citizen."""
    mine, theirs = {"course": OuterRef("pk")}, {"citizen": OuterRef("citizen_id")}
    meetings = _meetings().objects.visible_to(user, on=on)
    duties = Duty.objects.filter(**mine).exclude(outcome=Duty.Outcome.WITHDRAWN)
    names = OrganisationName.objects.filter(
        Q(organisation=OuterRef("a_kasse_id")) | Q(organisation=OuterRef("jobcentre_id"))
    )
    wanted = {
        "registration": nested(Registration.objects.standing().filter(**mine)),
        "courses": nested(Course.objects.filter(**theirs).order_by("starts_on", "pk")),
        "duties": nested(duties),
        "flags": nested(Flag.objects.overdue().filter(**mine).order_by("pk")),
        "meetings": nested(meetings.filter(**mine).order_by("pk"), room=ROOM),
        "held": nested(HeldMeeting.objects.standing().filter(**theirs)),
        "absences": nested(Absence.objects.filter(**theirs).order_by("-starts_on", "-pk")),
        "hours": nested(ReportedHours.objects.filter(**theirs).order_by("-month", "-pk")),
        "choices": nested(
            Choice.objects.filter(**mine).order_by("-chosen_on", "-pk"), departure=DEPARTURE
        ),
        "responsible": nested(Responsibility.objects.filter(**mine).order_by("starts_on")),
        "names": nested(names.order_by("starts_on")),
        "entries": nested(
            EntryDecision.objects.filter(**mine).order_by("-decided_from", "-pk"),
            recorded_by=NAME,
            agreement=("id", "title"),
        ),
        "above": nested(_above()),
        "ended": nested(_ended_before()[:1]),
        "enrolments": nested(
            _lying_above("enrolments").objects.filter(**mine).order_by("pk"), group=GROUP
        ),
        "job_search": nested(JobSearchStatus.objects.filter(**mine).newest()),
    }
    if reach_of(user, on=on).has(Role.SYSTEM_ADMINISTRATOR):  # nobody else reads by a grant
        grants = AccessGrant.objects.standing().filter(**mine, user=user)
        wanted["grants"] = nested(grants.order_by("until"))
    return wanted


def _above() -> QuerySet[Agreement]:
    """What the agreement of a course stands under, two steps up: there is no longer chain."""
    own = OuterRef("agreement_id")
    return Agreement.objects.filter(Q(below=own) | Q(below__below=own)).distinct()


def _ended_before() -> QuerySet[Agreement]:
    """The agreements of a course's a-kasse and municipality that had ended, a year before it."""
    place = OuterRef("municipality_id")
    here = Q(municipalities=place) | Q(municipalities=None, parent__municipalities=place)
    over = Agreement.objects.filter(
        here,
        state__in=Agreement.ACTING,
        ends_on__lte=OuterRef("registered_on"),
        ends_on__gt=OuterRef("registered_on") - A_YEAR,
        parties__organisation=OuterRef("a_kasse_id"),
    )
    return over.exclude(kind=Agreement.Kind.ADDENDUM).order_by("-ends_on", "-pk")


_course_with_rows = KeptForReaders(_of_reader)


def _rows(course: Course, meetings: type[Any]) -> CourseRows | None:
    told: dict[str, list[dict[str, Any]]] = {
        name.removeprefix("rows_of_"): vars(course).pop(name)
        for name in list(vars(course))
        if name.startswith("rows_of_")
    }
    for name in REFERRED:
        _refer(course, name, vars(course).pop(f"one_{name}"))

    def rows(name: str, model: type[Any]) -> list[Any]:
        return _of(model, told.get(name, ()), course)

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
        job_search=restored(JobSearchStatus, told["job_search"]),
        enrolments=rows("enrolments", _lying_above("enrolments")),
        entries=rows("entries", EntryDecision),
        above=restored(Agreement, told["above"]),
        ended=restored(Agreement, told["ended"]),
    )


def _refer(course: Course, name: str, told: list[dict[str, Any]]) -> None:
    """Put what a course refers to where its reference looks for it."""
    model: Any = Course._meta.get_field(name).related_model
    setattr(course, name, restored(model, told)[0] if told else None)


def _of(model: type[Any], told: Iterable[dict[str, Any]], course: Course) -> list[Model]:
    """Rows that know their course, so that nothing asks for it again."""
    found: list[Any] = restored(model, told)
    for row in found:
        row.course = course
    return found
