"""Who gets a digest on a day, and putting them into the outbox."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from meetings.digests import Digest, daily, weekly
from notices import outbox
from notices.hours import Hours
from notices.models import Mail
from notices.sending import send_waiting
from partnerships.models import Membership, Organisation, Role
from shared.dates import is_working_day

WORKERS = {Role.CASEWORKER, Role.JOB_CONSULTANT, Role.COORDINATOR}
LEADERS = {Role.COORDINATOR, Role.BOOKING_COORDINATOR}
DIGESTS = (Mail.Kind.DAILY, Mail.Kind.WEEKLY)


@dataclass(slots=True)
class Sent:
    """How many people were to get a digest, how many got one now, and what went wrong."""

    people: int = 0
    sent: int = 0
    errors: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Due:
    """A digest that a person is to get."""

    user: User
    kind: Mail.Kind
    organisation: Organisation

    def draft(self, on: date, at: datetime) -> outbox.Draft:
        """The digest, in the person's language."""
        with override(self.user.language):
            said = self._said(on, at)
        house = self.organisation
        whose = f".{house.pk}" if self.kind == Mail.Kind.WEEKLY else ""
        return outbox.Draft(
            user=self.user,
            kind=self.kind,
            key=f"{self.kind}-{on}.{self.user.pk}{whose}",
            subject=said.subject,
            text=said.text,
            hours=Hours(house.mail_from, house.mail_until),
            for_day=on,
        )

    def _said(self, on: date, at: datetime) -> Digest:
        if self.kind == Mail.Kind.WEEKLY:
            return weekly(self.organisation, on=on)
        return daily(self.user, on=on, at=at)


def send_digests_of(on: date, *, at: datetime) -> Sent:
    """Queue and send the digests of a day, once each; a day before the last run only reports."""
    done = Sent()
    if not is_working_day(on):
        return done
    due = list(_due(on))
    done.people = len({one.user.pk for one in due})
    if on < _last_day():
        return done
    keys: list[str] = []
    for one in due:
        try:
            with transaction.atomic():
                keys += outbox.queue([one.draft(on, at)], at=at)
        except Exception as error:  # noqa: BLE001 (one bad record stops nothing else)
            done.errors.append({"user": one.user.username, "problem": repr(error)})
    done.sent = len(send_waiting(at=timezone.now(), only=keys).people)
    return done


def _last_day() -> date:
    """The last day whose digests were queued."""
    newest = Mail.objects.filter(kind__in=DIGESTS).order_by("-for_day").first()
    return newest.for_day if newest and newest.for_day else date.min


def _due(on: date) -> Iterator[Due]:
    """The digests of a day, a person's once for each organisation that the person leads."""
    rows = Membership.objects.standing(on=on).filter(role__in=WORKERS | LEADERS)
    rows = rows.exclude(user__email="").select_related("user", "organisation")
    told: set[tuple[int, Mail.Kind, int]] = set()
    for row in rows.order_by("user", "pk"):
        for one in _of(row, on):
            whose = one.organisation.pk if one.kind == Mail.Kind.WEEKLY else 0
            if (key := (one.user.pk, one.kind, whose)) not in told:
                told.add(key)
                yield one


def _of(row: Membership, on: date) -> Iterator[Due]:
    if row.organisation is None:
        return
    if row.role in WORKERS and row.user.mail_daily:
        yield Due(row.user, Mail.Kind.DAILY, row.organisation)
    if row.role in LEADERS and row.user.mail_weekly and _opens_the_week(on):
        yield Due(row.user, Mail.Kind.WEEKLY, row.organisation)


def _opens_the_week(on: date) -> bool:
    """Monday, or the first working day after a Monday that is a holiday."""
    before = (on - timedelta(number) for number in range(1, on.weekday() + 1))
    return not any(is_working_day(day) for day in before)
