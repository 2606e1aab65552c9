"""The talk with a sick member, telling the municipality of it, and what a sickness cancels."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import acting_side
from courses.actions.facts import record_held_meeting
from courses.audience import told_of
from courses.models import Absence, AbsenceKind, Course, MeetingForm, MeetingKind, Party
from handovers.access import may_cancel_for_sickness, may_talk_of_sickness
from handovers.models import SicknessTalk
from handovers.sick_bookings import on_sick_days
from journal.actions import note
from meetings import actions as meeting_actions
from notices.actions import tell
from shared.refusals import Refused


@transaction.atomic
def record_talk(  # noqa: PLR0913 (what the talk may say, and no more)
    course: Course,
    *,
    held_on: date,
    form: str,
    illness_prevents: bool,
    back_on: date | None,
    agreed: str,
    by: User,
    at: datetime,
) -> SicknessTalk:
    """Record the talk; it meets the duty where the rules know one."""
    today = timezone.localdate(at)
    if not may_talk_of_sickness(by, course, on=today):
        raise Refused(_("The a-kasse that has the member holds the talk."))
    if held_on > today:
        raise Refused(_("The talk cannot have been held on a day that lies ahead."))
    if form != MeetingForm.IN_PERSON and not illness_prevents:
        raise Refused(_("Tick that the illness prevents coming in person, or hold it in person."))
    spell = _spell(course, held_on)
    if spell is None:
        raise Refused(_("No sickness is recorded for that day. Record the absence first."))
    if SicknessTalk.objects.filter(course=course, held_on=held_on).exists():
        raise Refused(_("The talk of that day is recorded already."))
    talk = SicknessTalk.objects.create(
        course=course,
        sick_from=spell.starts_on,
        held_on=held_on,
        form=form,
        illness_prevents=illness_prevents and form != MeetingForm.IN_PERSON,
        back_on=back_on,
        agreed=agreed,
        recorded_at=at,
        recorded_by=by,
    )
    note(talk, "sickness-talk-held", by=by, case=course.pk, held_on=str(held_on))
    record_held_meeting(
        course=course,
        kind=MeetingKind.SICKNESS,
        held_on=held_on,
        by_party=Party.A_KASSE,
        form=form,
        by=by,
        source="meeting",
    )
    return talk


@transaction.atomic
def inform_municipality(talk: SicknessTalk, *, by: User, at: datetime) -> SicknessTalk:
    """Pass the talk's content on; from then on the jobcentre reads it."""
    talk = SicknessTalk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    course, today = talk.course, timezone.localdate(at)
    if not may_talk_of_sickness(by, course, on=today):
        raise Refused(_("The a-kasse that has the member tells the municipality."))
    if talk.informed_on:
        raise Refused(_("The municipality was told already. Reload the page."))
    talk.informed_on, talk.informed_by = today, by
    talk.save(update_fields=["informed_on", "informed_by"])
    note(talk, "municipality-informed", by=by, case=course.pk, held_on=str(talk.held_on))
    people = told_of(course, Party.JOBCENTRE, on=today)
    readers = [one for one in people if course.jobcentre_from and course.jobcentre_from <= today]
    url = course.get_absolute_url()
    tell(readers, "sickness-told", case_number=course.case_number, url=url, at=at, by=by)
    return talk


@transaction.atomic
def cancel_for_sickness(course: Course, keys: Collection[int], *, by: User, at: datetime) -> int:
    """Cancel own interviews on sick days with their letters; how many there were.

    It says that the citizen cannot come, not why: the reason is read by more than see the health.
    """
    today = timezone.localdate(at)
    if not may_cancel_for_sickness(by, course, on=today):
        raise Refused(_("Only those who work the course cancel its interviews."))
    rows = on_sick_days(course, at=at).filter(
        pk__in=keys, held_by=acting_side(by, course, on=today)
    )
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not found:
        raise Refused(_("Choose an interview to cancel. What is gone already is not on the list."))
    reason = _("The citizen cannot come on that day.")
    for one in found:
        meeting_actions.cancel(one, cancelled_by=Party.CITIZEN, reason=reason, by=by, at=at)
    return len(found)


def _spell(course: Course, day: date) -> Absence | None:
    """The sickness that a day lies in, or that it follows: a talk may be held while it is new."""
    sick = Absence.objects.standing().filter(
        citizen=course.citizen_id, kind=AbsenceKind.SICK, starts_on__lte=day
    )
    return next(
        (one for one in sick.order_by("-starts_on") if one.ends_on is None or day < one.ends_on),
        None,
    )
