"""What was done with an activity, from the journal, in words."""

from dataclasses import dataclass
from datetime import datetime

from activities.models import Activity
from courses.words_of_acts import Words, entry_in_words
from journal.models import Entry

MOST = 30


@dataclass(frozen=True, slots=True)
class Happened:
    """One act: when, by whom, what, and what is said of it."""

    at: datetime
    who: str
    what: str
    told: Words


def history_of(activity: Activity) -> list[Happened]:
    """The acts on an activity itself, newest first; those on a citizen stand in the course."""
    rows = Entry.objects.filter(
        subject_kind=Activity._meta.label_lower, subject_pk=activity.pk, case_pk=None
    )
    found = []
    for one in rows.select_related("by").order_by("-at", "-pk")[:MOST]:
        what, told = entry_in_words(one.what, one.details)
        found.append(Happened(one.at, str(one.by or ""), what, told))
    return found
