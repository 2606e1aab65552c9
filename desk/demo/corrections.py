"""Facts that turned out to be different: each is superseded, and the dates move with a reason."""

from datetime import timedelta
from decimal import Decimal

from accounts.models import User
from courses.actions import facts
from courses.deadlines import refresh_many
from courses.models import Absence, AbsenceKind, Course, ReportedHours
from desk.demo.stories import COPENHAGEN, CORRECTION
from desk.demo.telling import World

WEEK = timedelta(7)


def correct(world: World, people: dict[str, User]) -> None:
    """Correct what the stories of `present` say is to be corrected, one fact a course."""
    courses = {
        title.removeprefix(CORRECTION): course
        for title, course in world.courses.items()
        if title.startswith(CORRECTION)
    }
    _fewer_hours(courses["hours"], by=people["jobkonsulent"])
    _sick_for_longer(courses["sick for longer"], by=people["foa"])
    _was_not_away(courses["was not away"], by=people["jobkonsulent"])
    _moved(courses["moved to Copenhagen"], caseworker=people["sagsbehandler"])
    _registered_later(courses["registered a week later"])
    keys = sorted(course.pk for course in courses.values())
    refresh_many(keys, cause="demo", on=world.today)  # the acts answer as of the clock's day


def _fewer_hours(course: Course, *, by: User) -> None:
    paid = ReportedHours.objects.standing().filter(citizen=course.citizen_id).order_by("month")
    facts.report_hours(course=course, month=paid[1].month, hours=Decimal("81.40"), by=by)


def _sick_for_longer(course: Course, *, by: User) -> None:
    sick = Absence.objects.standing().get(citizen=course.citizen_id)
    facts.record_absence(
        course=course,
        kind=AbsenceKind.SICK,
        starts_on=sick.starts_on,
        ends_on=sick.starts_on + timedelta(33),
        by=by,
    )


def _was_not_away(course: Course, *, by: User) -> None:
    holiday = Absence.objects.standing().get(citizen=course.citizen_id)
    facts.withdraw_absence(absence=holiday, course=course, by=by, reason="Ferien blev aflyst.")


def _moved(course: Course, *, caseworker: User) -> None:
    facts.record_registration(course=course, by=None, municipality_id=COPENHAGEN)
    course.caseworker = caseworker
    course.save(update_fields=["caseworker"])


def _registered_later(course: Course) -> None:
    facts.record_registration(
        course=course,
        by=None,
        registered_on=course.registered_on + WEEK,
        placed_on=course.placed_on + WEEK,
    )
