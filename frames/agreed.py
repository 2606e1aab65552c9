"""What an agreement says of frames: how much an a-kasse may be granted, and for how long."""

from datetime import date

from partnerships.models import Agreement, AgreementTerms
from shared.dates import lasting


def agreed_frame(agreement: Agreement, on: date) -> AgreementTerms | None:
    """The terms of a day that name an amount: the agreement's own, else of one above it."""
    level: Agreement | None = agreement
    while level is not None:
        rows = level.terms.filter(lasting(on), starts_on__lte=on, frame_amount__isnull=False)
        found = rows.first()
        if found:
            return found
        level = level.parent
    return None
