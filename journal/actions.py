"""Writing in the journal."""

from django.db import models

from accounts.models import User
from journal.models import Entry

Detail = str | int | bool | float | list[str] | dict[str, str] | None


def note(
    subject: models.Model, what: str, *, by: User | None, case: int | None, **details: Detail
) -> Entry:
    """Write one entry, in the transaction of its act; `by` is None for the calendar."""
    return Entry.objects.create(
        by=by,
        what=what,
        subject_kind=subject._meta.label_lower,
        subject_pk=subject.pk,
        case_pk=case,
        details=details,
    )
