"""What the citizen is written of a hand-over: that it comes, and that its day is another."""

from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from courses.audience import told_of
from courses.models import Party
from handovers.models import Handover
from letters import actions as post
from letters.access import may_write_to
from letters.drafts import Draft
from letters.models import Letter, LetterKind
from shared.written import long_date

LANGUAGE = "da"


def letter_of(handover: Handover, *, before: date | None = None) -> Draft:
    """Who holds the interviews from which day, and why; `before` is the day told of earlier."""
    course = handover.course
    with translation.override(LANGUAGE):
        facts = [
            (_("Until and including"), f"{long_date(handover.last_on)}: {course.a_kasse.name}"),
            (_("From"), f"{long_date(handover.moves_on)}: {course.jobcentre.name}"),
        ]
        why = _("The course moves because of this: %(basis)s.") % {
            "basis": handover.basis_in_words()
        }
        if before:
            said = {"day": long_date(before)}
            why = _("We wrote %(day)s to you before. That day no longer holds.") % said + " " + why
        if handover.is_forecast:
            why += " " + _("The day is expected; it can move with absences and reported hours.")
    return Draft(
        kind=LetterKind.HANDOVER,
        sender=course.a_kasse,
        values={"why": why},
        facts=facts,
        language=LANGUAGE,
    )


def write_anew(handover: Handover, before: date, *, at: datetime) -> Letter | None:
    """Write of the new day to a citizen who was told of another; None when nobody was told.

    It goes in the name of the one who wrote the last letter, or who has the course now. One that
    still waits is taken back, and then the citizen never read of the day before.
    """
    course = handover.course
    last = _last(handover)
    by = _writer(handover, last, on=timezone.localdate(at)) if last else None
    if last is None or by is None:
        return None
    unread = last.state == Letter.State.FAILED or post.take_back(last, by=by, at=at)
    return post.queue(course, letter_of(handover, before=None if unread else before), by=by, at=at)


def take_back_waiting(handover: Handover, *, at: datetime) -> bool:
    """Take back the letter of a hand-over that waits; whether the citizen read of it instead."""
    last = _last(handover)
    if last is None or last.state == Letter.State.FAILED:
        return False
    by = _writer(handover, last, on=timezone.localdate(at))
    return not (by and post.take_back(last, by=by, at=at))


def _last(handover: Handover) -> Letter | None:
    """The last letter of the hand-over that was not taken back."""
    course = handover.course
    told = course.letters.filter(kind=LetterKind.HANDOVER, sender=course.a_kasse_id)
    return told.exclude(state=Letter.State.TAKEN_BACK).order_by("queued_at", "pk").last()


def _writer(handover: Handover, last: Letter, *, on: date) -> User | None:
    course = handover.course
    those = [last.queued_by, *told_of(course, Party.A_KASSE, on=on)]
    fit = (one for one in those if may_write_to(one, course, course.a_kasse, on=on))
    return next(fit, None)
