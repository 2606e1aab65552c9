"""By when a sheet is answered, where the parties agreed on so many working days."""

from datetime import date

from django.utils import timezone

from courses.agreed import agreed_terms
from handovers.models import Handover, Sheet
from shared.dates import working_days_after


def answer_by(handover: Handover, sheet: Sheet | None, *, on: date) -> date | None:
    """The last day agreed for accepting or returning a sheet that waits for it; else None."""
    if handover.state != Handover.State.SHEET_READY or sheet is None or sheet.sent_at is None:
        return None
    terms = agreed_terms(handover.course, on=on)
    if terms is None:
        return None
    return working_days_after(timezone.localdate(sheet.sent_at), terms.handover_answer_days)
