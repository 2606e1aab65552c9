"""Writing in the journal."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from accounts.models import User
from journal.models import Entry

Detail = str | int | bool | float | list[str] | dict[str, str] | None


def note(
    subject: models.Model, what: str, *, by: User | None, case: int | None, **details: Detail
) -> Entry:
    """Write one entry, in the transaction of its act; `by` is None for the calendar."""
    for tell in _told():
        tell(subject, case)
    return Entry.objects.create(
        by=by,
        what=what,
        subject_kind=subject._meta.label_lower,
        subject_pk=subject.pk,
        case_pk=case,
        details=details,
    )


@cache
def _told() -> tuple[Callable[[models.Model, int | None], None], ...]:
    """What wants to know that something was done in a course; it lies above, so it is named."""
    return tuple(map(import_string, settings.AFTER_EACH_ACT))
