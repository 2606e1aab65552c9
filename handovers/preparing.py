"""Keeps hand-overs equal to the stored answers, and tells each side of them once a step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import Error, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from courses.access import has_ended
from courses.agreed import agreed_terms
from courses.audience import told_of
from courses.models import Course, Party, Responsibility
from handovers.access import leaders_of
from handovers.letters_to_citizen import take_back_waiting, write_anew
from handovers.models import Handover
from journal.actions import note
from notices.actions import tell

STEPS = (7, 14, 30)
AHEAD = timedelta(max(STEPS))
BACK = timedelta(30)  # a standstill this long is caught up
State, Basis = Handover.State, Handover.Basis
Change = dict[str, object]


@dataclass(frozen=True, slots=True)
class Passing:
    """What the stored answers say of a hand-over: the jobcentre's first day, and why."""

    moves_on: date
    basis: Handover.Basis
    is_forecast: bool


@dataclass(slots=True)
class Prepared:
    """What a run came to."""

    created: int = 0
    moved: int = 0
    lapsed: int = 0
    told: int = 0
    escalated: int = 0
    done: int = 0
    errors: list[dict[str, str]] = field(default_factory=list)


def prepare(*, on: date, at: datetime) -> Prepared:
    """Bring all hand-overs up to date with a day; asked twice it writes nothing more.

    A day that lies ahead makes and tells of what will come, but nothing passes before its day:
    what is done or late by then is so when the calendar (`at`) gets there.
    """
    done = Prepared()
    for key in _candidates(on):
        try:
            prepare_course(key, on=on, at=at, done=done)
        except (Error, ValueError) as error:
            words = str(error).partition("\n")[0]
            done.errors.append({"course": f"K-{key:06d}", "message": words})
    return done


@transaction.atomic
def prepare_course(
    key: int, *, on: date, at: datetime, done: Prepared | None = None
) -> Handover | None:
    """Bring the hand-over of one course up to date; other processes wait for it."""
    done = done if done is not None else Prepared()
    course = (
        Course.objects.select_for_update(of=("self",))
        .select_related("a_kasse__successor", "jobcentre__successor")
        .get(pk=key)
    )
    handover = Handover.objects.filter(course=course).first()
    passing = passing_of(course)
    if passing is None or has_ended(course, on=min(on, passing.moves_on)):
        return _lapse(handover, course, on=on, at=at, done=done)
    if handover is None:
        if not on - BACK <= passing.moves_on <= on + ahead_of(course, on=on):
            return None
        handover = _create(course, passing, at=at, done=done)
    else:
        handover.course = course
        _follow(handover, passing, on=on, at=at, done=done)
    handover.course = course
    _tell_ahead(handover, on=on, at=at, done=done)
    _pass_the_day(handover, on=min(on, timezone.localdate(at)), at=at, done=done)
    return handover


def ahead_of(course: Course, *, on: date) -> timedelta:
    """How long before its day a hand-over is prepared: as agreed, never before it can be seen."""
    agreed = agreed_terms(course, on=on)
    return min(AHEAD, timedelta(agreed.handover_ahead_days)) if agreed else AHEAD


def passing_of(course: Course) -> Passing | None:
    """When and why a course passes from the a-kasse to the jobcentre, as it is stored."""
    held = list(Responsibility.objects.filter(course=course).order_by("starts_on"))
    for before, after in pairwise(held):
        if (before.party, after.party) == (Party.A_KASSE, Party.JOBCENTRE):
            return _passing(course, after.starts_on)
    return None


def _passing(course: Course, moves_on: date) -> Passing:
    if course.handover_on and course.handover_on + timedelta(1) == moves_on:
        return Passing(moves_on, Basis(course.handover_rule), course.handover_is_forecast)
    chosen = Basis.CHOSEN if course.regime == "2009" else Basis.VISITED_OUT
    return Passing(moves_on, chosen, is_forecast=False)


def _candidates(on: date) -> Sequence[int]:
    """Courses that pass about now, and those whose hand-over is not over with."""
    before = Responsibility.objects.filter(
        course=OuterRef("course"), party=Party.A_KASSE, ends_on=OuterRef("starts_on")
    )
    passing = Responsibility.objects.filter(
        Exists(before), party=Party.JOBCENTRE, starts_on__range=(on - BACK, on + AHEAD)
    )
    settled = Q(state__in=[State.DONE, State.LAPSED])
    known = Handover.objects.exclude(settled)
    settled_rows = Handover.objects.filter(state=State.DONE)
    keys = set(passing.order_by().values_list("course", flat=True))
    keys -= set(settled_rows.values_list("course", flat=True))
    return sorted(keys | set(known.values_list("course", flat=True)))


def _create(course: Course, passing: Passing, *, at: datetime, done: Prepared) -> Handover:
    handover = Handover.objects.create(
        course=course,
        moves_on=passing.moves_on,
        known_on=timezone.localdate(at),
        basis=passing.basis,
        is_forecast=passing.is_forecast,
    )
    done.created += 1
    note(
        handover, "handover-coming", by=None, case=course.pk,
        from_day=str(passing.moves_on), basis=passing.basis,
    )  # fmt: skip
    return handover


def _follow(
    handover: Handover, passing: Passing, *, on: date, at: datetime, done: Prepared
) -> None:
    """Follow the law's answer; a hand-over that had lapsed begins anew."""
    changed: Change = {}
    anew: Change = {"told_days": None, "escalated_at": None, "known_on": timezone.localdate(at)}
    if handover.state == State.LAPSED:
        changed |= {"state": State.COMING} | anew
    if handover.moves_on != passing.moves_on:
        before, knew = handover.moves_on, _is_known(handover)
        changed |= anew | {"moves_on": passing.moves_on}
        if handover.state == State.DONE:
            changed["state"] = State.ACCEPTED
        done.moved += 1
        note(
            handover, "handover-moved", by=None, case=handover.course_id,
            before_day=str(before), from_day=str(passing.moves_on),
        )  # fmt: skip
        _write(handover, changed | {"basis": passing.basis, "is_forecast": passing.is_forecast})
        if knew:
            _tell_moved(handover, before, on=on, at=at, done=done)
        return
    if (handover.basis, handover.is_forecast) != (passing.basis, passing.is_forecast):
        changed |= {"basis": passing.basis, "is_forecast": passing.is_forecast}
    _write(handover, changed)


def _lapse(
    handover: Handover | None, course: Course, *, on: date, at: datetime, done: Prepared
) -> Handover | None:
    """The law no longer gives it, or the course is over before.

    Where the course goes on, both sides are told, and a letter of the day that waits goes back.
    One that went cannot: what is written to the citizen of it is for a worker to say.
    """
    if handover is None or handover.state in (State.LAPSED, State.DONE):
        return handover
    _write(handover, {"state": State.LAPSED})
    done.lapsed += 1
    note(handover, "handover-lapsed", by=None, case=handover.course_id)
    if has_ended(course, on=on):
        return handover
    handover.course = course
    reached = take_back_waiting(handover, at=at)
    kind = "handover-lapsed-told" if reached else "handover-lapsed"
    done.told += _tell(handover, told_of(course, Party.A_KASSE, on=on), kind, at=at)
    theirs = told_of(course, Party.JOBCENTRE, on=on) if handover.told_days is not None else ()
    done.told += _tell_alone(handover, theirs, "handover-lapsed", at=at)
    return handover


def _tell_ahead(handover: Handover, *, on: date, at: datetime, done: Prepared) -> None:
    """Tell those who are to act 30, 14 and 7 days ahead, each step once."""
    left, step = _step(handover, on=on)
    if step is None or (handover.told_days is not None and handover.told_days <= step):
        return
    _write(handover, {"told_days": step})
    if not handover.is_open or left <= 0:
        return
    people = told_of(handover.course, Party.A_KASSE, on=on)
    if handover.state == State.SHEET_READY:
        people = told_of(handover.course, Party.JOBCENTRE, on=on)
    elif step == max(STEPS):
        people = [*people, *told_of(handover.course, Party.JOBCENTRE, on=on)]
    done.told += _tell(handover, people, "handover-coming", at=at)


def _step(handover: Handover, *, on: date) -> tuple[int, int | None]:
    """How many days are left, and the nearest step that has come."""
    left = (handover.moves_on - on).days
    return left, next((one for one in STEPS if left <= one), None)


def _is_known(handover: Handover) -> bool:
    """Whether people count on its day: they were told of it, or did something about it."""
    if handover.state == State.LAPSED:
        return False
    return handover.told_days is not None or handover.state != State.COMING


def _tell_moved(
    handover: Handover, before: date, *, on: date, at: datetime, done: Prepared
) -> None:
    """Tell both sides of the new day, and the citizen by letter; it stands for the day's step."""
    _left, step = _step(handover, on=on)
    _write(handover, {"told_days": step})
    write_anew(handover, before, at=at)
    kind, course = "handover-moved", handover.course
    done.told += _tell(handover, told_of(course, Party.A_KASSE, on=on), kind, at=at)
    theirs = told_of(course, Party.JOBCENTRE, on=on)
    if step is not None:
        done.told += _tell(handover, theirs, kind, at=at)
    else:
        done.told += _tell_alone(handover, theirs, "handover-moved-away", at=at)


def _pass_the_day(handover: Handover, *, on: date, at: datetime, done: Prepared) -> None:
    """The law moves the course on its day: what is accepted is done, what is not is escalated."""
    if handover.moves_on > on:
        return
    if handover.state == State.ACCEPTED:
        _write(handover, {"state": State.DONE})
        done.done += 1
    elif handover.is_overdue(on=on) and handover.escalated_at is None:
        _write(handover, {"escalated_at": at})
        done.escalated += 1
        note(handover, "handover-overdue", by=None, case=handover.course_id)
        done.told += _escalate(handover, on=on, at=at)


def _escalate(handover: Handover, *, on: date, at: datetime) -> int:
    """Tell the leaders of both sides, and in the jobcentre who has the course.

    A jobcentre has no role of a leader here: its booking coordinator, who plans its work, stands
    for one. That role opens no case, and the notice says who does.
    """
    course, kind = handover.course, "handover-overdue"
    planners = leaders_of(course, Party.JOBCENTRE, on=on)
    working = told_of(course, Party.JOBCENTRE, on=on)
    alone = [one for one in planners if one not in working]
    told = _tell(handover, [*leaders_of(course, Party.A_KASSE, on=on), *working], kind, at=at)
    return told + _tell_alone(handover, alone, "handover-overdue-there", at=at)


def _tell_alone(handover: Handover, people: Iterable[User], kind: str, *, at: datetime) -> int:
    """Tell those who may not open the page of it: the notice says all, and leads to the notices.

    The case number keeps apart what is told of two courses.
    """
    number = handover.course.case_number
    url = f"{reverse('notices:list')}?vis=alle&sag={number}"
    return tell(people, kind, case_number=number, url=url, at=at)


def _tell(handover: Handover, people: Iterable, kind: str, *, at: datetime) -> int:  # type: ignore[type-arg]
    return tell(
        people,
        kind,
        case_number=handover.course.case_number,
        url=handover.get_absolute_url(),
        at=at,
    )


def _write(handover: Handover, changed: Change) -> None:
    if not changed:
        return
    for name, value in changed.items():
        setattr(handover, name, value)
    handover.save(update_fields=list(changed))
