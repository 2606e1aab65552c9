"""Telling who pays and who refers that the statement of the month before is ready."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from frames.models import Frame, Grant
from frames.warning import concerned
from notices.actions import tell
from notices.models import Notice
from partnerships.models import Organisation, Role
from shared.dates import start_of
from shared.written import month_text

READERS = (Role.FINANCE, Role.COORDINATOR)
KIND = "frame-statement"


@dataclass(frozen=True, slots=True)
class Stated:
    """How many a-kasser have a statement of the month, and how many people were told now."""

    month: date
    a_kasser: int
    told: int


@transaction.atomic
def tell_of_statements(*, on: date, at: datetime) -> Stated:
    """Tell each once of the month before `on`; a day that was missed is made up for."""
    month = (on.replace(day=1) - timedelta(1)).replace(day=1)
    people = _people(month, on=on, at=at)
    told = sum(_told(a_kasse, month, users, at=at) for a_kasse, users in people.items())
    return Stated(month, len(people), told)


def _people(month: date, *, on: date, at: datetime) -> dict[Organisation, dict[int, User]]:
    """Who reads the statement of each a-kasse that had a frame in the month."""
    found: dict[Organisation, dict[int, User]] = {}
    for frame in _frames_in(month, on=on):
        mine = found.setdefault(frame.a_kasse, {})
        mine.update({one.pk: one for one in concerned(frame, at=at, roles=READERS)})
    return found


def _frames_in(month: date, *, on: date) -> Iterator[Frame]:
    begun = start_of(on.replace(day=1))
    granted = Grant.objects.filter(frame=OuterRef("pk"), granted_at__lt=begun)
    rows = Frame.objects.filter(Exists(granted)).exclude(closed_at__lt=start_of(month))
    yield from rows.select_related("a_kasse").order_by("pk")


def _told(a_kasse: Organisation, month: date, users: dict[int, User], *, at: datetime) -> int:
    url = reverse("frames:statement", args=[a_kasse.slug, month.year, month.month])
    knowing = Notice.objects.filter(kind=KIND, url=url, user__in=list(users))
    known = set(knowing.values_list("user", flat=True))
    about = f"{a_kasse.short}, {month_text(month)}"
    news = [user for key, user in users.items() if key not in known]
    return tell(news, KIND, case_number="", url=url, at=at, about=about)
