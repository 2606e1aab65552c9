"""Facts that turned out to be different: each is superseded, and the dates move with a reason."""

from datetime import timedelta
from decimal import Decimal

from accounts.models import User
from courses.actions import facts
from courses.models import Absence, AbsenceKind, ReportedHours
from desk.demo.stories import COPENHAGEN, CORRECTION
from desk.demo.telling import World


def correct(world: World, people: dict[str, User]) -> None:
    """Correct what the stories of `present` say is to be corrected."""
    courses = {
        title.removeprefix(CORRECTION): course
        for title, course in world.courses.items()
        if title.startswith(CORRECTION)
    }
    threef, foa = people["jobkonsulent"], people["foa"]
    hours = courses["hours"]
    paid = ReportedHours.objects.standing().filter(citizen=hours.citizen_id).order_by("month")
    facts.report_hours(course=hours, month=paid[1].month, hours=Decimal("81.40"), by=threef)
    sick = courses["sick for longer"]
    absence = Absence.objects.standing().get(citizen=sick.citizen_id)
    facts.record_absence(
        course=sick,
        kind=AbsenceKind.SICK,
        starts_on=absence.starts_on,
        ends_on=absence.starts_on + timedelta(33),
        by=foa,
    )
    there = courses["was not away"]
    holiday = Absence.objects.standing().get(citizen=there.citizen_id)
    facts.withdraw_absence(absence=holiday, course=there, by=threef, reason="Ferien blev aflyst.")
    moved = courses["moved to Copenhagen"]
    facts.record_registration(course=moved, by=None, municipality_id=COPENHAGEN)
    moved.caseworker = people["sagsbehandler"]
    moved.save(update_fields=["caseworker"])
    later = courses["registered a week later"]
    week = timedelta(7)
    facts.record_registration(
        course=later,
        by=None,
        registered_on=later.registered_on + week,
        placed_on=later.placed_on + week,
    )
