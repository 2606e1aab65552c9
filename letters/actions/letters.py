"""Putting a letter into the outbox, taking it back, and sending it again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course
from journal.actions import note
from letters.access import may_change, may_write_to
from letters.channels import channel_for
from letters.drafts import Draft, content_of, text_for
from letters.models import Letter, LetterKind
from shared.refusals import Refused

State = Letter.State
WAIT = timedelta(minutes=10)


@transaction.atomic
def queue(course: Course, draft: Draft, *, by: User, at: datetime) -> Letter:
    """Write a letter and put it into the outbox, where it can be taken back for ten minutes."""
    if not may_write_to(by, course, draft.sender, on=timezone.localdate(at)):
        raise Refused(_("Only the party itself sends its letters. Ask it to write."))
    text = text_for(course, draft)
    letter = Letter.objects.create(
        course=course,
        sender=draft.sender,
        kind=draft.kind,
        channel=channel_for(course, draft.sender),
        language=draft.language,
        text=text,
        content=content_of(course, draft, text, by=by, on=timezone.localdate(at)),
        queued_at=at,
        queued_by=by,
        send_after=at + WAIT,
    )
    note(letter, "letter-queued", by=by, case=course.pk, **_said(letter))
    return letter


@transaction.atomic
def take_back(letter: Letter, *, by: User, at: datetime) -> bool:
    """Take back a letter that waits, in the outbox or for the printer; False when it is gone."""
    letter = _locked(letter)
    if not may_change(by, letter, on=timezone.localdate(at)):
        raise Refused(_("Only the party that sends the letter takes it back."))
    if not letter.is_here:
        return False
    letter.state = State.TAKEN_BACK
    letter.save(update_fields=["state"])
    note(letter, "letter-taken-back", by=by, case=letter.course_id, **_said(letter))
    return True


@transaction.atomic
def resend(letter: Letter, *, by: User, at: datetime) -> Letter:
    """Send a letter again, in the same words, the way that is right now."""
    _lock_its_case(letter)
    letter = _locked(letter)
    if not may_change(by, letter, on=timezone.localdate(at)):
        raise Refused(_("Only the party that sends the letter sends it again."))
    if letter.state not in (State.SENT, State.FAILED):
        raise Refused(_("This letter has not been sent yet."))
    if Letter.objects.filter(instead_of=letter).exists():
        raise Refused(_("This letter has been sent again already. Look at the newer one."))
    if Letter.objects.outdated().filter(pk=letter.pk).exists():
        raise Refused(_outdated(letter))
    again = Letter.objects.create(
        course=letter.course,
        sender=letter.sender,
        kind=letter.kind,
        channel=channel_for(letter.course, letter.sender),
        language=letter.language,
        text=letter.text,
        content=letter.content,
        queued_at=at,
        queued_by=by,
        send_after=at + WAIT,
        instead_of=letter,
    )
    again.meetings.set(letter.meetings.all())
    note(again, "letter-queued", by=by, case=letter.course_id, **_said(again), instead_of=letter.pk)
    return again


def _outdated(letter: Letter) -> str:
    if letter.kind == LetterKind.HANDOVER:
        return _("The day of the hand-over has moved since, and a newer letter says so.")
    return _(
        "The interview has been moved, cancelled or settled since this letter was written."
        " Write a new one from its page."
    )


def _lock_its_case(letter: Letter) -> None:
    """Lock the interviews and the course, which the new letter will point to.

    Acts on them come to their letters last; whoever held the letter first would wait for the
    interview while the act that moves it waits for the letter.
    """
    list(letter.meetings.select_for_update(of=("self",)).order_by("pk"))
    Course.objects.select_for_update(of=("self",)).get(pk=letter.course_id)


def _locked(letter: Letter) -> Letter:
    """The letter as it now stands; waits for the outbox job if that has just taken it up."""
    rows = Letter.objects.select_for_update(of=("self",)).for_list()
    return rows.get(pk=letter.pk)


def _said(letter: Letter) -> dict[str, str]:
    """What the journal says of a letter: its sort and its way, never its words."""
    return {"letter": letter.kind, "channel": letter.channel}
