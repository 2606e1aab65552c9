"""What the citizen is written of a deadline for booking: that it is set, and that it comes near."""

from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from courses.audience import told_of
from courses.models import Party
from courses.sentences import say
from courses.wording import interview_name
from law.self_booking import Missed
from letters import actions as post
from letters.access import may_write_to
from letters.drafts import Draft
from letters.models import Letter, LetterKind
from selfservice.booking_deadlines import rule_of
from selfservice.models import BookingDeadline
from shared.written import long_day

LANGUAGE = "da"
DAY = timedelta(1)


def write(
    deadline: BookingDeadline, kind: LetterKind, *, by: User | None = None, at: datetime
) -> Letter | None:
    """Put a letter of a deadline into the outbox; none where nobody may write for the party."""
    writer = _writer(deadline, by, at=at)
    if writer is None:
        return None
    letter = post.queue(deadline.course, draft_of(deadline, kind), by=writer, at=at)
    deadline.letters.add(letter)
    return letter


def draft_of(deadline: BookingDeadline, kind: LetterKind) -> Draft:
    """Which interview, by when, where it is booked, and what follows if it is not."""
    duty, course = deadline.duty, deadline.course
    is_jobcentre = deadline.held_by == Party.JOBCENTRE
    with translation.override(LANGUAGE):
        name = interview_name(duty.rule, duty.ordinal, duty.kind)
        day = long_day(deadline.book_by)
        where = _("On Jobnet") if is_jobcentre else _("With us, where you book your interviews")
        return Draft(
            kind=kind,
            sender=course.jobcentre if is_jobcentre else course.a_kasse,
            values={
                "duty": name.lower(),
                "day": day,
                "why": capfirst(say(duty.because)),
                "consequences": _consequences(deadline),
            },
            facts=[
                (_("Interview"), name),
                (_("Book by"), capfirst(day)),
                (_("Where you book"), where),
            ],
            meeting_kind=duty.kind,
            language=LANGUAGE,
        )


def _consequences(deadline: BookingDeadline) -> str:
    """What the rules say, in words that decide nothing: others de-register, and decide."""
    row = rule_of(deadline.duty, on=deadline.book_by)
    if row and row.missed is Missed.DEREGISTERED:
        return _(
            "By the rules you are de-registered as a jobseeker from %(day)s if you have booked no"
            " time by then. Register again on Jobnet, and you get a new deadline."
        ) % {"day": long_day(deadline.book_by + DAY)}
    return _("If you have booked no time by then, we summon you to an interview.")


def _writer(deadline: BookingDeadline, by: User | None, *, at: datetime) -> User | None:
    """Who did it, else who set the deadline, else who has the course now."""
    course, on = deadline.course, timezone.localdate(at)
    party = Party(deadline.held_by)
    sender = course.jobcentre if party == Party.JOBCENTRE else course.a_kasse
    those = [by or deadline.set_by, *told_of(course, party, on=on)]
    return next((one for one in those if may_write_to(one, course, sender, on=on)), None)
