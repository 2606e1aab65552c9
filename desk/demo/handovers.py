"""Hand-overs in each state, a talk with a sick member, and a member who was visited out."""

from datetime import date, datetime, time, timedelta

from accounts.models import User
from courses.models import Absence, AbsenceKind, Course
from desk.demo.diary import ZONE
from handovers.models import Handover, Sheet, SicknessTalk
from handovers.preparing import prepare
from handovers.sheet_text import known_of

State = Handover.State
DAY = timedelta(1)
COPENHAGEN, OURS = "101", "3f"
NEXT = "Ring til tre arbejdsgivere inden for transport. Møde om opkvalificering i uge 50."
BARRIERS = "Har ikke bil og kan tidligst møde kl. 8. Søger også uden for kommunen."
RETURNED = "Skriv, hvad der er aftalt om opkvalificering, og hvornår det begynder."
TALKS, TELL_AFTER = 4, 3
SENT, RETURNS, ACCEPTS = 1, 2, 4  # what becomes of every fifth


def hand_over_some(people: dict[str, User], *, on: date) -> None:
    """Prepare the hand-overs of today and the weeks before, and let some go on."""
    at = datetime.combine(on, time(5, 30), ZONE)
    prepare(on=on, at=at)
    rows = Handover.objects.filter(
        course__municipality=COPENHAGEN, course__a_kasse__slug=OURS
    ).select_related("course__a_kasse", "course__jobcentre", "course__citizen")
    ahead = list(rows.filter(moves_on__gt=on).order_by("moves_on", "pk"))
    for number, handover in enumerate(ahead):
        _go_on(handover, number % (ACCEPTS + 1), people, on=on)
    past = rows.filter(moves_on__lte=on).order_by("moves_on", "pk")
    for number, handover in enumerate(past):
        if number % 3:
            _send(handover, people, on=on - DAY)
            _accept(handover, State.DONE, people, on=on)
    _talk(people["jobkonsulent"], on=on)


def _go_on(handover: Handover, step: int, people: dict[str, User], *, on: date) -> None:
    """Nothing yet, a sheet, a sheet sent back, accepted: one after the other."""
    if step in (SENT, RETURNS, ACCEPTS):
        _send(handover, people, on=on - (1 + step) * DAY)
    if step == RETURNS:
        handover.state, handover.returned_reason = State.RETURNED, RETURNED
        handover.returned_by = people["sagsbehandler"]
        handover.returned_at = datetime.combine(on - DAY, time(14, 5), ZONE)
        handover.save()
    if step == ACCEPTS:
        _accept(handover, State.ACCEPTED, people, on=on)


def _send(handover: Handover, people: dict[str, User], *, on: date) -> None:
    at = datetime.combine(on, time(10, 20), ZONE)
    known = known_of(handover.course, on=on)
    Sheet.objects.create(
        handover=handover,
        version=1,
        **known | {"next_actions": known["next_actions"] or NEXT, "barriers": BARRIERS},
        citizen_told_on=on - DAY,
        participation=Sheet.Participation.WANTED,
        written_at=at,
        written_by=people["jobkonsulent"],
        sent_at=at,
    )
    handover.state = State.SHEET_READY
    handover.save()


def _accept(handover: Handover, state: str, people: dict[str, User], *, on: date) -> None:
    handover.state, handover.accepted_by = state, people["sagsbehandler"]
    handover.accepted_at = datetime.combine(on, time(8, 40), ZONE)
    handover.save()
    Course.objects.filter(pk=handover.course_id).update(caseworker=people["sagsbehandler"])


def _talk(consultant: User, *, on: date) -> None:
    """Talks with members who are sick now; every other one the municipality was told of."""
    sick = Absence.objects.standing().filter(kind=AbsenceKind.SICK, starts_on__lte=on - 10 * DAY)
    now = sick.exclude(ends_on__lte=on).order_by("pk")
    courses = {
        one.citizen_id: one for one in Course.objects.active(on=on).filter(a_kasse__slug=OURS)
    }
    ours = [one for one in now if one.citizen_id in courses][:TALKS]
    for number, absence in enumerate(ours):
        told = on - TELL_AFTER * DAY if number % 2 else None
        SicknessTalk.objects.create(
            course=courses[absence.citizen_id],
            sick_from=absence.starts_on,
            held_on=on - 5 * DAY,
            form="phone",
            illness_prevents=True,
            back_on=on + 14 * DAY,
            agreed="Vi ringer igen om to uger.",
            recorded_at=datetime.combine(on - 5 * DAY, time(11, 0), ZONE),
            recorded_by=consultant,
            informed_on=told,
            informed_by=consultant if told else None,
        )
