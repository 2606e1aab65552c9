"""Asking the jobcentre, which summons to joint interviews, to book one in a certain time."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import acting_side
from courses.audience import told_of
from courses.models import Course, Duty, Party
from journal.actions import note
from notices.actions import tell
from shared.refusals import Refused
from shared.written import moment_text
from slots.models import Slot, SlotBooking
from slots.offers import houses


@transaction.atomic
def ask_for_time(
    course: Course, duty: Duty | None, slot: Slot, *, by: User, at: datetime
) -> list[User]:
    """Tell those who book for the course of a time that suits the a-kasse; it is not held.

    The notice leads to the booking page with the time chosen, and knows no name.
    """
    on = timezone.localdate(at)
    if acting_side(by, course, on=on) != Party.A_KASSE:
        raise Refused(_("Only the a-kasse asks for a time: the jobcentre books it."))
    _check_free(slot, course, at=at)
    people = told_of(course, Party.JOBCENTRE, on=on)
    if not people:
        raise Refused(_("Nobody at the jobcentre has this case. Write or call them."))
    when = moment_text(slot.starts_at)
    note(course, "time-asked-for", by=by, case=course.pk, when=when)
    query = {"krav": str(duty.pk)} if duty else {}
    url = reverse("slots:book", args=[course.case_number], query=query | {"tid": str(slot.pk)})
    case = course.case_number
    tell(people, "time-asked-for", case_number=case, url=url, at=at, about=when, by=by)
    return people


def _check_free(slot: Slot, course: Course, *, at: datetime) -> None:
    """Refuse a time that could not be booked for the course now."""
    if slot.starts_at <= at:
        raise Refused(_("This time has passed. Choose another."))
    same = Slot.objects.filter(pk=slot.pk, pool__is_published=True)
    if not any(same.usable_by(house).exists() for house in houses(course.a_kasse)):
        raise Refused(_("This time is not for the a-kasse's members any more. Choose another."))
    if SlotBooking.objects.filter(slot=slot, is_live=True).count() >= slot.seats:
        raise Refused(_("The time has just been taken. Choose another."))
