"""A member goes to the jobcentre before the time: opts out (2009), or is visited out (2024)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from courses.actions.facts import record_choice, withdraw_choice
from courses.audience import told_of
from courses.models import Choice, ChoiceKind, Course, Party, Responsibility
from handovers.access import LEAVING, may_let_go
from handovers.models import Departure
from handovers.preparing import prepare_course
from handovers.wording import leaving_in_words
from journal.actions import note
from letters import actions as post
from letters.drafts import Draft
from letters.models import LetterKind
from meetings import actions as meeting_actions
from meetings.models import Meeting
from notices.actions import tell
from shared.refusals import Refused
from shared.written import long_date

LANGUAGE = "da"


@dataclass(frozen=True, slots=True)
class Leaving:
    """When, how and why, as it was said."""

    chosen_on: date
    channel: str
    reason: str
    text: str = ""


@transaction.atomic
def leave(course: Course, said: Leaving, *, by: User, at: datetime) -> Departure:
    """Record it, let the responsibility move, cancel what the a-kasse had booked, and tell.

    A choice that comes after the first interview is noted and moves nothing (R09-12): the right
    applies from the start.
    """
    today = timezone.localdate(at)
    ahead = _own_ahead(course, at=at)  # interviews are locked before their course, never after
    _lock_courses(course)
    _check(course, said, by=by, on=today)
    kind = LEAVING[course.regime]
    by_party = Party.CITIZEN if kind == ChoiceKind.CHOOSE_JOBCENTRE else Party.A_KASSE
    label = str(Departure.Reason(said.reason).label)
    choice = record_choice(
        course=course,
        kind=kind,
        chosen_on=said.chosen_on,
        by_party=by_party,
        by=by,
        reason=said.text or label,
    )
    moved = has_left(course, on=today)
    departure = Departure.objects.create(
        course=course,
        choice=choice,
        channel=said.channel,
        reason=said.reason,
        text=said.text,
        took_effect=moved,
        interviews_cancelled=_cancel(ahead, by=by, at=at) if moved else 0,
        letter=post.queue(course, _letter(course, kind, said), by=by, at=at) if moved else None,
        at=at,
        by=by,
    )
    prepare_course(course.pk, on=today, at=at)
    if moved:
        people = told_of(course, Party.JOBCENTRE, on=today)
        number, url = course.case_number, course.get_absolute_url()
        tell(people, "choice", case_number=number, url=url, at=at, by=by)
    note(
        departure, "left-for-jobcentre" if moved else "left-too-late", by=by, case=course.pk,
        said_by=said.channel, meetings=departure.interviews_cancelled,
    )  # fmt: skip
    return departure


@transaction.atomic
def undo_leaving(departure: Departure, *, by: User, at: datetime) -> bool:
    """Take it back with its letter; False when the letter is gone and another must follow.

    Interviews that were cancelled stay so: their times may be others' by now.
    """
    course, today = departure.course, timezone.localdate(at)
    _lock_courses(course)
    departure.refresh_from_db(fields=["undone_at"])
    if not may_let_go(by, course, on=today):
        raise Refused(_("Only the a-kasse that has the member takes this back."))
    if departure.undone_at:
        raise Refused(_("This has been taken back already. Reload the page."))
    departure.undone_at = at
    departure.save(update_fields=["undone_at"])
    withdraw_choice(choice=departure.choice, course=course, by=by)
    taken_back = departure.letter is None or post.take_back(departure.letter, by=by, at=at)
    prepare_course(course.pk, on=today, at=at)
    note(departure, "leaving-undone", by=by, case=course.pk)
    people = told_of(course, Party.JOBCENTRE, on=today) if departure.took_effect else []
    number, url = course.case_number, course.get_absolute_url()
    tell(people, "choice", case_number=number, url=url, at=at, by=by)
    return taken_back


def _lock_courses(course: Course) -> None:
    """Let a second click on the same button wait: the citizen's courses, as facts lock them."""
    own = Course.objects.select_for_update(of=("self",)).filter(citizen=course.citizen_id)
    list(own.order_by("pk"))


def _check(course: Course, said: Leaving, *, by: User, on: date) -> None:
    if not may_let_go(by, course, on=on):
        raise Refused(_("Only the a-kasse that has the member writes this down."))
    if said.chosen_on > on:
        raise Refused(_("The choice cannot lie ahead. Write the day on which it was made."))
    if Choice.objects.standing().filter(course=course, kind=LEAVING[course.regime]).exists():
        raise Refused(_("This is recorded already. Take it back first to change it."))


def has_left(course: Course, *, on: date) -> bool:
    """Whether the jobcentre holds the course on a day, as the law now says."""
    now = Responsibility.objects.filter(course=course, starts_on__lte=on).order_by("starts_on")
    last = now.last()
    return last is not None and last.party == Party.JOBCENTRE


def _own_ahead(course: Course, *, at: datetime) -> list[Meeting]:
    """The a-kasse's interviews that lie ahead, locked."""
    rows = Meeting.objects.booked().select_for_update(of=("self",))
    own = rows.filter(course=course, held_by=Party.A_KASSE, starts_at__gte=at)
    return list(own.order_by("pk"))


def _cancel(meetings: list[Meeting], *, by: User, at: datetime) -> int:
    """Cancel interviews with their letters; how many there were."""
    for meeting in meetings:
        said = {"house": meeting.course.jobcentre.short}
        reason = _("The course has passed to %(house)s.") % said
        meeting_actions.cancel(meeting, cancelled_by=Party.A_KASSE, reason=reason, by=by, at=at)
    return len(meetings)


def _letter(course: Course, kind: ChoiceKind, said: Leaving) -> Draft:
    """The confirmation; the text in a few words stays in the case."""
    with translation.override(LANGUAGE):
        facts = [
            (_("What"), capfirst(leaving_in_words(kind, course))),
            (_("Day"), long_date(said.chosen_on)),
            (_("From then on"), course.jobcentre.name),
        ]
        duty = leaving_in_words(kind, course)
        why = _(
            "%(house)s holds your interviews from then on. Interviews that we had booked"
            " with you are cancelled. We still pay your benefit."
        ) % {"house": course.jobcentre.name}
    return Draft(
        kind=LetterKind.CONFIRMATION,
        sender=course.a_kasse,
        values={"duty": duty, "why": why},
        facts=facts,
        language=LANGUAGE,
    )
