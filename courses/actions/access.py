"""Opening one course for a written reason, for those who otherwise see no citizen."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import may_open_with_reason
from courses.case_numbers import course_pk_of
from courses.models import AccessGrant, Course
from journal.looks import looked
from journal.models import Look
from shared.cpr import looks_like_cpr
from shared.refusals import Refused

OPEN_FOR = timedelta(minutes=60)
SHORTEST_REASON = 10


@transaction.atomic
def open_with_reason(case_number: str, reason: str, *, by: User) -> AccessGrant:
    """Let a system administrator read one course for an hour; the reason is kept with the look."""
    now, reason = timezone.now(), reason.strip()
    if not may_open_with_reason(by, on=timezone.localdate(now)):
        raise Refused(_("Only system administrators open a case with a reason."))
    _check_reason(reason)
    course = Course.objects.filter(pk=course_pk_of(case_number) or 0).first()
    if course is None:
        raise Refused(_("There is no case with this number. Check it, and try again."))
    grant = AccessGrant.objects.create(user=by, course=course, reason=reason, until=now + OPEN_FOR)
    looked(Look.Kind.GRANT, by=by, case=course.pk, reason=reason, minutes=OPEN_FOR.seconds // 60)
    return grant


def _check_reason(reason: str) -> None:
    if len(reason) < SHORTEST_REASON:
        raise Refused(_("Write why you need to see this case; the parties can read the reason."))
    if looks_like_cpr(reason):
        raise Refused(_("Leave CPR numbers out of the reason: it is kept in the log."))
