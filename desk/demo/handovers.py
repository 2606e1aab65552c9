"""Hand-overs in each state, talks with sick members, members who were visited out, calls."""

from datetime import date, datetime, time, timedelta

from accounts.models import User
from courses.deadlines import refresh_many
from courses.models import Absence, AbsenceKind, Course
from desk.demo.diary import ZONE
from handovers.actions import Leaving, leave, record_call
from handovers.models import Handover, HandoverQuerySet, Sheet, SicknessTalk
from handovers.preparing import prepare
from handovers.sheet_text import known_of
from notices.models import Notice

State = Handover.State
DAY = timedelta(1)
COPENHAGEN, OURS = "101", "3f"
NEXT = "Ring til tre arbejdsgivere inden for transport. Møde om opkvalificering i uge 50."
BARRIERS = "Har ikke bil og kan tidligst møde kl. 8. Søger også uden for kommunen."
RETURNED = "Skriv, hvad der er aftalt om opkvalificering, og hvornår det begynder."
TALKS, TELL_AFTER = 4, 3
CAUGHT_UP = 28 * DAY
OVERDUE_EVERY = 19
ADVISERS = {"101": "sagsbehandler", "751": "aarhus"}
REASONS = ("needs_more", "other_effort")
LET_GO, CALLS = 2, 2
SENT, RETURNS, ACCEPTS = 1, 2, 4  # what becomes of every fifth


def hand_over_some(people: dict[str, User], *, on: date) -> None:
    """Prepare the hand-overs of the weeks before and of today, and let most of them go on."""
    before = on - CAUGHT_UP
    prepare(on=before, at=datetime.combine(before, time(5, 30), ZONE))
    Notice.objects.filter(kind="handover-coming").update(
        read_at=datetime.combine(before, time(9, 15), ZONE)
    )
    past = _of_parties(Handover.objects.filter(moves_on__lte=on))
    for number, handover in enumerate(past):
        if number % OVERDUE_EVERY:
            _take_over(handover, people)
    prepare(on=on, at=datetime.combine(on, time(5, 30), ZONE))
    ahead = Handover.objects.filter(
        moves_on__gt=on, course__municipality=COPENHAGEN, course__a_kasse__slug=OURS
    )
    for number, handover in enumerate(_of_parties(ahead)):
        _go_on(handover, number % (ACCEPTS + 1), people, on=on)
    _talk(people["jobkonsulent"], on=on)
    _let_go(people["jobkonsulent"], on=on)
    _call(people["sagsbehandler"], on=on)


def _of_parties(found: HandoverQuerySet) -> HandoverQuerySet:
    rows = found.select_related("course__a_kasse", "course__jobcentre", "course__citizen")
    return rows.order_by("moves_on", "pk")


def _take_over(handover: Handover, people: dict[str, User]) -> None:
    """A hand-over of weeks ago: accepted in time, with a sheet where our a-kasse wrote one."""
    course = handover.course
    adviser = people.get(ADVISERS.get(course.municipality_id, ""))
    if course.a_kasse.slug == OURS:
        _send(handover, people, on=handover.moves_on - 9 * DAY)
    if adviser is None:
        adviser = course.caseworker or people["sagsbehandler"]
    _accept(handover, State.DONE, adviser, on=handover.moves_on - 4 * DAY)


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
        _accept(handover, State.ACCEPTED, people["sagsbehandler"], on=on)


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


def _accept(handover: Handover, state: str, adviser: User, *, on: date) -> None:
    handover.state, handover.accepted_by = state, adviser
    handover.accepted_at = datetime.combine(on, time(8, 40), ZONE)
    handover.save()
    if handover.course.caseworker_id is None or state == State.ACCEPTED:
        Course.objects.filter(pk=handover.course_id).update(caseworker=adviser)


def _let_go(consultant: User, *, on: date) -> None:
    """Members of the trial who were visited to the jobcentre this morning: it can be undone."""
    rows = Course.objects.active(on=on).filter(
        municipality=COPENHAGEN, a_kasse__slug=OURS, regime="2026", handovers=None, choices=None
    )
    found = list(rows.filter(jobcentre_from__gt=on).order_by("pk")[:LET_GO])
    for number, course in enumerate(found):
        said = Leaving(on - DAY, "phone", REASONS[number % len(REASONS)])
        leave(course, said, by=consultant, at=datetime.combine(on, time(8, 5), ZONE))
    refresh_many([one.pk for one in found], cause="demo", on=on)


def _call(caseworker: User, *, on: date) -> None:
    """Somebody was called about a job."""
    rows = Course.objects.active(on=on).filter(jobcentre_from__lte=on, caseworker=caseworker)
    for course in rows.order_by("pk")[:CALLS]:
        record_call(
            course,
            called_on=on - 2 * DAY,
            form="phone",
            about="Lagermedarbejder, jobannonce 5 812 334",
            by=caseworker,
            at=datetime.combine(on - DAY, time(9, 30), ZONE),
        )


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
