"""Tells the a-kasse on day 14 of a sickness that the municipality pays from the next day on."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from courses.audience import told_of
from courses.models import Absence, AbsenceKind, Course, Party
from handovers.sickness_page import BENEFIT_DAYS
from journal.actions import note
from journal.models import Entry
from notices.actions import tell

WHAT = "sickness-benefit"
BACK = timedelta(14)  # a standstill this long is caught up


def tell_of_benefit(*, on: date, at: datetime) -> int:
    """Tell of each sickness once; how many were told of. The journal remembers which."""
    last_first_day = on - timedelta(BENEFIT_DAYS - 1)
    sick = (
        Absence.objects.standing()
        .filter(kind=AbsenceKind.SICK, starts_on__range=(last_first_day - BACK, last_first_day))
        .exclude(ends_on__lte=on)
    )
    running = Course.objects.active(on=on).filter(citizen__in=sick.values("citizen"))
    return sum(
        _tell(key, on=on, at=at) for key in running.order_by("pk").values_list("pk", flat=True)
    )


@transaction.atomic
def _tell(key: int, *, on: date, at: datetime) -> bool:
    """Tell those who have the course; another process waits for it, and finds it told."""
    course = (
        Course.objects.select_for_update(of=("self",))
        .select_related("a_kasse__successor")
        .get(pk=key)
    )
    last_first_day = on - timedelta(BENEFIT_DAYS - 1)
    sick = Absence.objects.standing().filter(citizen=course.citizen_id, kind=AbsenceKind.SICK)
    found = sick.filter(starts_on__lte=last_first_day).exclude(ends_on__lte=on).last()
    if found is None or _is_told(course, found.starts_on):
        return False
    note(course, WHAT, by=None, case=course.pk, **{"from": str(found.starts_on)})
    tell(
        told_of(course, Party.A_KASSE, on=on),
        WHAT,
        case_number=course.case_number,
        url=reverse("handovers:sickness", args=[course.case_number]),
        at=at,
    )
    return True


def _is_told(course: Course, first_day: date) -> bool:
    """Whether the a-kasse was told of a sickness that began on a day."""
    told = Entry.objects.filter(case_pk=course.pk, what=WHAT)
    return told.filter(details__from=str(first_day)).exists()
