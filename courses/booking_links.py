"""Where an interview that is owed is booked."""

from django.urls import reverse
from django.utils.http import urlencode

from courses.models import Duty, MeetingKind


def booking_url(duty: Duty, case_number: str) -> str:
    """Joint interviews are booked in published times, all others at a time of one's own."""
    if duty.kind == MeetingKind.JOINT:
        return f"{reverse('slots:book', args=[case_number])}?krav={duty.pk}"
    return f"{reverse('meetings:book', args=[case_number])}?duty={duty.pk}"


def times_url(case_number: str, duty: Duty | None) -> str:
    """The published times for a joint interview, beside its case."""
    query = {"sag": case_number} | ({"krav": str(duty.pk)} if duty else {})
    return f"{reverse('slots:calendar')}?{urlencode(query)}"
