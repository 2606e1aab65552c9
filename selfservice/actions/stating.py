"""What a citizen does by link: nothing of it takes effect before a worker has confirmed it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.audience import told_of
from courses.models import Party
from courses.participation import citizen_chooses
from journal.actions import note
from meetings.models import CitizenLink, Meeting
from notices.actions import tell
from selfservice.models import Opening, Statement
from shared.refusals import Refused
from slots.models import Slot

Kind, Answer = Statement.Kind, Statement.Answer
PARTICIPATION = (Kind.WITHOUT, Kind.TOGETHER)


def opened(link: CitizenLink, *, by: None = None, at: datetime) -> None:  # noqa: ARG001 (nobody is signed in)
    """Count that a link was opened."""
    CitizenLink.objects.filter(pk=link.pk).update(opened_at=at)
    Opening.objects.bulk_create([Opening(link=link)], ignore_conflicts=True)
    Opening.objects.filter(link=link).update(times=F("times") + 1)


@transaction.atomic
def state(  # noqa: PLR0913 (what is stated, by which link, and when)
    link: CitizenLink,
    kind: Statement.Kind,
    *,
    by: None = None,  # noqa: ARG001 (nobody is signed in)
    at: datetime,
    slot: Slot | None = None,
    wanted_at: datetime | None = None,
) -> Statement:
    """Keep what a citizen states; the same again is one statement, another takes its place."""
    link = CitizenLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    meeting = Meeting.objects.select_related("course__citizen", "duty").get(pk=link.meeting_id)
    _check_open(link, meeting, at=at)
    if kind in PARTICIPATION:
        _check_choice(meeting, kind)
    rivals = PARTICIPATION if kind in PARTICIPATION else (kind,)
    waiting = Statement.objects.filter(meeting=meeting, kind__in=rivals, answer="")
    same = {"slot": slot, "wanted_at": wanted_at, "about": meeting.starts_at}
    if again := waiting.filter(kind=kind, **same).first():
        return again
    waiting.update(answer=Answer.OVERTAKEN, answered_at=at)
    statement = Statement.objects.create(
        link=link, meeting=meeting, kind=kind, stated_at=at, **same
    )
    note(statement, "statement-made", by=None, case=meeting.course_id)
    tell(
        _answerers(meeting, at),
        "stated-by-link",
        case_number=meeting.course.case_number,
        url=reverse("selfservice:answer", args=[statement.pk]),
        at=at,
    )
    return statement


@transaction.atomic
def take_back(
    link: CitizenLink,
    key: int,
    *,
    by: None = None,
    at: datetime,
) -> bool:
    """Take back what waits for an answer; False when it has been answered, or taken back before."""
    link = CitizenLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    rows = Statement.objects.select_for_update(of=("self",)).waiting(at=at)
    statement = rows.filter(pk=key, meeting=link.meeting_id).first()
    if statement is None:
        return False
    statement.answer, statement.answered_at = Answer.OVERTAKEN, at
    statement.why = _("The citizen took it back by link.")
    statement.save(update_fields=["answer", "answered_at", "why"])
    note(statement, "statement-taken-back", by=by, case=link.meeting.course_id)
    return True


def _check_open(link: CitizenLink, meeting: Meeting, *, at: datetime) -> None:
    """Refuse what comes too late for anybody to act on."""
    if link.revoked_at or link.expires_at <= at or meeting.state != Meeting.State.BOOKED:
        raise Refused(_("The interview is not booked any more. Contact us if it should be."))
    if meeting.starts_at <= at:
        raise Refused(_("The interview has begun. Contact us by phone, as your letter says."))


def _check_choice(meeting: Meeting, kind: Statement.Kind) -> None:
    """Refuse a choice that the rules do not give, or that changes nothing."""
    if not citizen_chooses(meeting.duty):
        raise Refused(_("There is nothing to choose about who takes part in this interview."))
    if meeting.with_other_party == (kind == Kind.TOGETHER):
        raise Refused(_("That is how the interview is booked already."))


def _answerers(meeting: Meeting, at: datetime) -> list[User]:
    """Who holds the interview, else the people of its party."""
    own = meeting.participants.filter(role=meeting.held_by).exclude(worker=None)
    found = [row.worker for row in own.select_related("worker") if row.worker]
    return found or told_of(meeting.course, Party(meeting.held_by), on=timezone.localdate(at))
