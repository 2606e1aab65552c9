"""What stands on the pages of a worker's week, leave and calendars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.models import Organisation
from shared.dates import start_of
from shared.written import moment_text, plain_day
from staffing.access import coordinated, reads_citizens, workplaces
from staffing.clashes import Clash, clashes_of_worker
from staffing.languages import language_name
from staffing.models import AllowedHost, BusySource, Competence, Leave
from staffing.week_days import Week, standing_hours, total_text, weeks_of

DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose page it is, at which organisation, and who looks."""

    worker: User
    house: Organisation
    reader: User
    on: date

    @property
    def is_own(self) -> bool:
        """Whether people look at their own."""
        return self.worker == self.reader

    @property
    def plans(self) -> bool:
        """Whether the reader plans staff of some organisation."""
        return bool(coordinated(self.reader, on=self.on))

    @property
    def others(self) -> list[Organisation]:
        """The other workplaces that the page can be opened for."""
        houses = workplaces(self.worker, on=self.on)
        if not self.is_own:
            own = coordinated(self.reader, on=self.on)
            houses = [one for one in houses if one in own]
        return [one for one in houses if one != self.house]

    def url(self, page: str) -> str:
        """The address of `hours` or `leave`, of the same person and workplace."""
        if self.is_own:
            return f"{reverse(f'staffing:{page}')}?sted={self.house.slug}"
        return f"{reverse(f'staffing:staff_{page}', args=[self.worker.pk])}?sted={self.house.slug}"

    @property
    def hours_url(self) -> str:
        return self.url("hours")

    @property
    def leave_url(self) -> str:
        return self.url("leave")


@dataclass(frozen=True, slots=True)
class HoursPage:
    """The week that holds, those before and after it, and what the person may decide."""

    desk: Desk
    weeks: list[Week]
    total: str
    competences: list[str]

    @property
    def is_assumed(self) -> bool:
        """Whether nobody has said the hours, so that office hours are assumed."""
        return not any(one.holds(self.desk.on) for one in self.weeks)

    @property
    def current(self) -> Week | None:
        return next((one for one in self.weeks if one.holds(self.desk.on)), None)

    @property
    def coming(self) -> list[Week]:
        return [one for one in self.weeks if one.starts_on > self.desk.on]

    @property
    def past(self) -> list[Week]:
        return [one for one in self.weeks if one.ends_on and one.ends_on <= self.desk.on]


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """Leave that is not over, and what is booked in it."""

    pk: int
    days: str
    kind: str
    has_begun: bool
    clashes: list[Clash]


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A calendar that is read: of an address the host alone, for the rest may be secret."""

    pk: int
    name: str
    origin: str
    read: str
    failure: str
    times: int


def hours_page(desk: Desk) -> HoursPage:
    """The page of a working week."""
    standing = standing_hours(desk.worker, desk.house, on=desk.on)
    return HoursPage(
        desk,
        weeks_of(desk.worker, desk.house),
        total_text(one for clocks in standing.values() for one in clocks),
        competences_in_words(competences_of(desk)),
    )


def competences_of(desk: Desk) -> list[Competence]:
    """What the worker may do at the organisation, now or later."""
    rows = Competence.objects.filter(user=desk.worker, organisation=desk.house)
    return [row for row in rows if row.ends_on is None or row.ends_on > desk.on]


def competences_in_words(rows: Iterable[Competence]) -> list[str]:
    """Competences, one line each; the languages in one."""
    rows = list(rows)
    said = [kind_of(row) for row in rows if row.kind != Competence.Kind.LANGUAGE]
    spoken = [language_name(row.language) for row in rows if row.language]
    if spoken:
        said.append(_("speaks %(languages)s") % {"languages": ", ".join(sorted(spoken))})
    return said


def kind_of(row: Competence) -> str:
    """One competence in words."""
    if row.kind == Competence.Kind.LANGUAGE:
        return _("speaks %(languages)s") % {"languages": language_name(row.language)}
    return str(row.get_kind_display())


def leave_rows(desk: Desk, *, at: datetime) -> list[LeaveRow]:
    """Leave of the worker that is not over; the kind only for who wrote it and whose it is."""
    rows = Leave.objects.filter(user=desk.worker, ends_at__gt=at).order_by("starts_at")
    links = reads_citizens(desk.reader)
    return [
        LeaveRow(
            row.pk,
            days_text(row.starts_at, row.ends_at),
            str(_kind_for(desk.reader, row)),
            row.starts_at < at,
            clashes_of_worker(desk.worker, max(row.starts_at, at), row.ends_at, links=links),
        )
        for row in rows
    ]


def days_text(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when: whole days as days, the last one included."""
    first, last = timezone.localdate(starts_at), timezone.localdate(ends_at)
    if starts_at != start_of(first) or ends_at != start_of(last):
        return f"{moment_text(starts_at)} – {moment_text(ends_at)}"
    last -= DAY
    return plain_day(first) if first == last else f"{plain_day(first)}–{plain_day(last)}"


def calendar_rows(user: User) -> list[CalendarRow]:
    """The calendars of one's own that are read."""
    rows = BusySource.objects.visible_to(user).prefetch_related("times")
    return [
        CalendarRow(
            row.pk,
            row.name,
            urlsplit(row.address).hostname or "" if row.address else _("a file"),
            moment_text(row.read_at) if row.read_at else "",
            row.failure,
            len(row.times.all()),
        )
        for row in rows
    ]


def hosts() -> list[str]:
    """The hosts that calendars may be read from."""
    return list(AllowedHost.objects.values_list("host", flat=True))


def _kind_for(reader: User, row: Leave) -> str:
    if reader.pk in (row.user_id, row.recorded_by_id):
        return str(row.get_kind_display())
    return str(Leave.Kind.OTHER.label)
