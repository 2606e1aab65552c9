"""What the agreement of a course asks of a time: its notice, and how soon after a no-show."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Course, Duty, MeetingKind
from meetings.models import Meeting
from meetings.plans import Purpose, Sitting
from partnerships.models import AgreementTerms, Organisation
from shared.dates import working_days_after
from shared.written import plain_day

Said = tuple[str, str]


def not_as_agreed(
    course: Course, purpose: Purpose, sitting: Sitting, terms: AgreementTerms | None, *, on: date
) -> Iterator[Said]:
    """Codes and sentences for what is otherwise than the parties agreed; nothing without terms."""
    if terms is None:
        return
    given = (sitting.day - on).days
    if sitting.summon and 0 <= given < terms.notice_days and _has_room(purpose, terms, on):
        said = ngettext(
            "The agreement asks for a notice of %(days)d day.",
            "The agreement asks for a notice of %(days)d days.",
            terms.notice_days,
        )
        yield "agreed_notice", said % {"days": terms.notice_days}
    by = new_time_after_no_show(course, purpose, terms)
    if by and sitting.day > by:
        said = _("The agreement asks for a new interview by %(day)s after the one that was missed.")
        yield "agreed_new_time", said % {"day": plain_day(by)}


def _has_room(purpose: Purpose, terms: AgreementTerms, on: date) -> bool:
    """Whether the law's last day leaves room for the agreed notice: the law goes first."""
    due_on = purpose.duty.due_on if purpose.duty else None
    return due_on is None or (due_on - on).days >= terms.notice_days


def new_time_after_no_show(course: Course, purpose: Purpose, terms: AgreementTerms) -> date | None:
    """The last day agreed for the new interview, where the last one of the duty was missed."""
    if purpose.duty is None:
        return None
    missed = Meeting.objects.filter(
        course=course, duty=purpose.duty, state=Meeting.State.NO_SHOW
    ).order_by("-starts_at")
    last = missed.values_list("starts_at", flat=True).first()
    return new_time_by(timezone.localdate(last), terms) if last else None


def writes_beforehand(terms: AgreementTerms | None) -> bool:
    """Whether the a-kasse says its part in writing and does not come to the table."""
    return bool(terms and terms.participation == AgreementTerms.Participation.WRITTEN)


def place_agreed(course: Course, duty: Duty, terms: AgreementTerms | None) -> str:
    """Where a joint interview is held by agreement: at the a-kasse where it is the host.

    Where they host in turn, the jobcentre has the first, and each time it is the other's turn.
    """
    if terms is None or not duty.with_party:
        return ""
    in_turn = terms.host == AgreementTerms.Host.IN_TURN
    is_host = terms.host == AgreementTerms.Host.A_KASSE or (in_turn and _a_kasse_is_next(course))
    return course.a_kasse.name if is_host else ""


def _a_kasse_is_next(course: Course) -> bool:
    """Whether the last joint interview that stands or was held is in the jobcentre's house."""
    joint = Q(kind=MeetingKind.JOINT) | Q(with_other_party=True)
    stands = course.meetings.filter(joint, state__in=[Meeting.State.BOOKED, Meeting.State.HELD])
    last = stands.select_related("room__organisation").order_by("-starts_at", "-pk").first()
    if last is None:
        return False
    if last.room:
        return last.room.organisation.kind != Organisation.Kind.A_KASSE
    return last.place != course.a_kasse.name


def said_of_participation(terms: AgreementTerms) -> str:
    """How the a-kasse takes part by agreement, for the form that asks it."""
    how = terms.get_participation_display()
    return _("By agreement the a-kasse takes part %(how)s.") % {"how": how}


def new_time_by(missed_on: date, terms: AgreementTerms) -> date:
    """The last day on which the agreement lets a new interview be held after a no-show."""
    return working_days_after(missed_on, terms.rebook_days)
