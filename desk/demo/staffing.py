"""Who works when in the demo world, who is away, what is closed, and who may do what."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from accounts.models import User
from desk.demo.diary import ZONE
from partnerships.models import Organisation
from shared.dates import nearest_working_day
from staffing.models import (
    AllowedHost,
    BusySource,
    BusyTime,
    ClosingDay,
    Competence,
    Leave,
    WorkingHours,
)

WEEK, DAY = timedelta(7), timedelta(1)
LONG, RECENTLY = timedelta(380), timedelta(63)
Kind = Competence.Kind
Hours = tuple[str, ...]  # of Monday, Tuesday …: `8-12 12.30-16`, or nothing

FULL, SHORT = "8-12 12.30-16", "8-12 12.30-14.30"
LATE, MORNING = "10-12.30 13-17", "8.30-12 12.30-14"
OFFICE: Hours = (FULL, FULL, FULL, FULL, SHORT)
WEEKS: dict[str, Hours] = {
    "sagsbehandler": (FULL, FULL, FULL, "9-12 12.30-17", SHORT),
    "kbh-ls": (FULL, FULL, FULL, FULL, ""),
    "kbh-mk": (MORNING, MORNING, MORNING, MORNING, MORNING),
    "kbh-hd": OFFICE,
    "kbh-ym": (FULL, FULL, FULL, LATE, SHORT),
    "jobkonsulent": (FULL, FULL, FULL, LATE, SHORT),
    "3f-pb": OFFICE,
    "3f-st": ("", FULL, FULL, FULL, FULL),
    "3f-nk": (FULL, FULL, MORNING, FULL, SHORT),
    "akasse-leder": OFFICE,
    "foa": (FULL, FULL, FULL, FULL, "8-12"),
    "foa-jr": (FULL, FULL, FULL, FULL, SHORT),
    "aarhus": (FULL, FULL, FULL, FULL, SHORT),
    "aarhus-el": (FULL, LATE, FULL, FULL, ""),
}  # the others have said nothing
BEFORE: dict[str, Hours] = {"sagsbehandler": OFFICE}  # until some weeks ago
AFTER: dict[str, Hours] = {"kbh-ls": OFFICE}  # from some weeks ahead
CHANGES_AFTER = 5 * WEEK

# Whose, what, how many days after this Monday it begins, how many days it lasts.
AWAY = [
    ("kbh-mk", Leave.Kind.HOLIDAY, 14, 5),
    ("kbh-ym", Leave.Kind.COURSE, 10, 1),
    ("kbh-ls", Leave.Kind.OTHER, 3, 1),
    ("sagsbehandler", Leave.Kind.HOLIDAY, 28, 5),
    ("3f-nk", Leave.Kind.HOLIDAY, 7, 3),
    ("3f-pb", Leave.Kind.COURSE, 8, 2),
    ("jobkonsulent", Leave.Kind.HOLIDAY, 21, 5),
    ("foa", Leave.Kind.COURSE, 16, 1),
    ("aarhus-el", Leave.Kind.HOLIDAY, 14, 3),
]
SKILLS: dict[str, tuple[Kind, ...]] = {
    "sagsbehandler": (Kind.DECIDE, Kind.GRANT),
    "kbh-ls": (Kind.DECIDE,),
    "kbh-mk": (Kind.DECIDE, Kind.EDUCATION),
    "kbh-hd": (Kind.DECIDE, Kind.GRANT),
    "kbh-ym": (Kind.DECIDE,),
    "aarhus": (Kind.DECIDE, Kind.GRANT),
    "aarhus-el": (Kind.DECIDE,),
    "3f-st": (Kind.EDUCATION,),
    "foa-jr": (Kind.EDUCATION,),
}
TONGUES: dict[str, tuple[str, ...]] = {
    "sagsbehandler": ("en",),
    "kbh-ym": ("ar", "en", "so"),
    "kbh-mk": ("pl",),
    "jobkonsulent": ("en", "de"),
    "3f-nk": ("uk", "ru"),
    "foa": ("en",),
    "aarhus-el": ("tr",),
}
CLOSED = [(12, 24, "Juleaften"), (12, 31, "Nytårsaften"), (6, 5, "Grundlovsdag")]
STAFF_DAY = ("jc-101", 25, "Personaledag")  # days after this Monday
HOST = "kalender.kontaktforloeb.example"
# Whose calendar, on which day of the week, from and until what hour.
ELSEWHERE = [("sagsbehandler", 2, 13, 14), ("jobkonsulent", 1, 9, 10), ("kbh-hd", 4, 8, 9)]
WEEKS_ELSEWHERE = 8


def staff_week(people: Mapping[str, User], *, on: date) -> None:
    """Write hours, leave, closing days, competences, and times that calendars were read of."""
    monday = on - on.weekday() * DAY
    houses = {
        row.user.username: row.organisation
        for one in people.values()
        for row in one.memberships.select_related("user", "organisation")
        if row.organisation
    }
    WorkingHours.objects.bulk_create(_hours(people, houses, monday))
    Leave.objects.bulk_create(
        Leave(
            user=people[name],
            organisation=houses[name],
            kind=kind,
            starts_at=_moment(monday + after * DAY),
            ends_at=_moment(monday + (after + days) * DAY),
            recorded_by=people[name],
        )
        for name, kind, after, days in AWAY
    )
    Competence.objects.bulk_create(_competences(people, houses, on))
    ClosingDay.objects.bulk_create(_closing(monday, on))
    _elsewhere(people, monday, on)


def _hours(
    people: Mapping[str, User], houses: Mapping[str, Organisation], monday: date
) -> Iterator[WorkingHours]:
    changed, changes = monday - RECENTLY, monday + CHANGES_AFTER
    for name, week in WEEKS.items():
        first = changed if name in BEFORE else monday - LONG
        spans = [(week, first, changes if name in AFTER else None)]
        if name in BEFORE:
            spans.append((BEFORE[name], monday - LONG, changed))
        if name in AFTER:
            spans.append((AFTER[name], changes, None))
        for hours, starts_on, ends_on in spans:
            for weekday, starts, ends in _clocks(hours):
                yield WorkingHours(
                    user=people[name],
                    organisation=houses[name],
                    weekday=weekday,
                    starts=starts,
                    ends=ends,
                    starts_on=starts_on,
                    ends_on=ends_on,
                )


def _clocks(hours: Hours) -> Iterator[tuple[int, time, time]]:
    for weekday, day in enumerate(hours):
        for span in day.split():
            starts, _to, ends = span.partition("-")
            yield weekday, _clock(starts), _clock(ends)


def _clock(text: str) -> time:
    hour, _dot, minute = text.partition(".")
    return time(int(hour), int(minute or 0))


def _competences(
    people: Mapping[str, User], houses: Mapping[str, Organisation], on: date
) -> Iterator[Competence]:
    said = [(name, kind, "") for name, kinds in SKILLS.items() for kind in kinds]
    said += [(name, Kind.LANGUAGE, code) for name, codes in TONGUES.items() for code in codes]
    for name, kind, language in said:
        yield Competence(
            user=people[name],
            organisation=houses[name],
            kind=kind,
            language=language,
            starts_on=on - LONG,
        )


def _closing(monday: date, on: date) -> Iterator[ClosingDay]:
    slugs = ["jc-101", "jc-147", "jc-751", "3f", "foa"]
    houses = {row.slug: row for row in Organisation.objects.filter(slug__in=slugs)}
    for slug in slugs:
        for month, day, reason in CLOSED:
            held_on = date(on.year, month, day)
            if held_on < on:
                held_on = held_on.replace(year=on.year + 1)
            yield _closed(houses[slug], held_on, reason)
    slug, after, reason = STAFF_DAY
    yield _closed(houses[slug], nearest_working_day(monday + after * DAY), reason)


def _closed(house: Organisation, day: date, reason: str) -> ClosingDay:
    return ClosingDay(organisation=house, starts_on=day, ends_on=day + DAY, reason=reason)


def _elsewhere(people: Mapping[str, User], monday: date, on: date) -> None:
    """Meetings of the own team, read of a file; the host is one that no machine has."""
    AllowedHost.objects.create(host=HOST, note="Et eksempel")
    for name, weekday, starts, ends in ELSEWHERE:
        source = BusySource.objects.create(
            user=people[name], name="Outlook", read_at=_moment(on, 7)
        )
        days = [monday + number * WEEK + weekday * DAY for number in range(WEEKS_ELSEWHERE)]
        BusyTime.objects.bulk_create(
            BusyTime(source=source, starts_at=_moment(day, starts), ends_at=_moment(day, ends))
            for day in days
        )


def _moment(day: date, hour: int = 0) -> datetime:
    return datetime.combine(day, time(hour), ZONE)
