"""Ticking what was agreed at an interview; its outcome writes it down."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from meetings.access import may_tick
from meetings.models import Agreed
from shared.refusals import Refused


@transaction.atomic
def tick_agreement(agreed: Agreed, *, done: bool, by: User, at: datetime) -> Agreed:
    """Say that something agreed is done, or that it is not after all."""
    rows = Agreed.objects.select_for_update(of=("self",)).select_related("meeting__course")
    agreed = rows.get(pk=agreed.pk)
    if not may_tick(by, agreed, on=timezone.localdate(at)):
        raise Refused(_("Only the two parties of the course say whether an agreement is kept."))
    if done == (agreed.done_on is not None):
        return agreed
    agreed.done_on = timezone.localdate(at) if done else None
    agreed.done_by = by if done else None
    agreed.save(update_fields=["done_on", "done_by"])
    slug = "agreement-kept" if done else "agreement-reopened"
    note(agreed, slug, by=by, case=agreed.meeting.course_id, meeting=agreed.meeting_id)
    return agreed
