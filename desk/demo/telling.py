"""Stories → rows: citizens, courses and the facts about them, in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from courses.models import (
    Absence,
    AbsenceKind,
    Choice,
    Citizen,
    Course,
    Fact,
    HeldMeeting,
    Insurance,
    MeetingKind,
    Registration,
    ReportedHours,
)
from desk.demo.people import Crowd
from desk.demo.stories import Away, Held, Story
from partnerships.coverage import CoverageBook
from partnerships.models import Organisation

SATURDAY = 5
DAY_HOURS = {Insurance.FULL_TIME: Decimal("7.4"), Insurance.PART_TIME: Decimal(6)}
MONTH_HOURS = {Insurance.FULL_TIME: Decimal("160.33"), Insurance.PART_TIME: Decimal(130)}
UNPAID = {AbsenceKind.JOB, AbsenceKind.HOLIDAY, AbsenceKind.MATERNITY}
SICK_DAYS_PAID = 14
WEEKDAYS = 5
REGISTERED_TYPES = {MeetingKind.CV: 10, MeetingKind.JOINT: 17, MeetingKind.JOB: 7}
DEMO = Fact.Source.DEMO
FIRST_NUMBER = 70_000


@dataclass(slots=True)
class World:
    """What has been told so far: the courses by the title of their story, and the stories."""

    today: date
    courses: dict[str, Course] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)

    def tell(self, stories: Iterable[Story], crowd: Crowd) -> None:
        """Write the citizens, courses and facts of the stories."""
        told = [story for story in stories if story.registered_on < self.today]
        self.stories = {story.title: story for story in told}
        citizens = self._citizens(told, crowd)
        self._open_courses(told, citizens)
        _write_absences(told, citizens)
        _write_hours(told, citizens, self.courses, self.today)
        _write_choices(told, self.courses)
        write_held((citizens[story.title], held) for story in told for held in story.held)

    def _citizens(self, stories: Sequence[Story], crowd: Crowd) -> dict[str, Citizen]:
        """One person a story, or the person of the story it follows."""
        people: dict[str, Citizen] = {}
        for story in stories:
            people[story.title] = people.get(story.follows) or crowd.person(
                age=story.age, on=story.registered_on, **story.person
            )
        Citizen.objects.bulk_create({id(one): one for one in people.values()}.values())
        return people

    def _open_courses(self, stories: Sequence[Story], citizens: Mapping[str, Citizen]) -> None:
        areas = CoverageBook.load()
        a_kasser = dict(Organisation.objects.a_kasser().values_list("slug", "pk"))
        for number, story in enumerate(stories, start=1):
            self.courses[story.title] = Course(
                citizen=citizens[story.title],
                a_kasse_id=a_kasser[story.a_kasse],
                source_id=f"{story.a_kasse.upper()}-{FIRST_NUMBER + number}",
                registered_on=story.registered_on,
                placed_on=story.placed,
                starts_on=story.member_from or story.registered_on,
                ends_on=story.ended_on,
                municipality_id=story.municipality,
                jobcentre_id=areas.jobcentre_of(story.municipality, on=self.today),
            )
        Course.objects.bulk_create(self.courses.values())
        Registration.objects.bulk_create(
            _registration(story, self.courses[story.title]) for story in stories
        )


def number_of(course: Course) -> int:
    """Which course of the world it is: the same in each world of a day, whatever its key."""
    return int(course.source_id.rpartition("-")[2]) - FIRST_NUMBER


def _registration(story: Story, course: Course) -> Registration:
    return Registration(
        course=course,
        source=DEMO,
        registered_on=story.registered_on,
        placed_on=story.placed,
        member_from=course.starts_on,
        ended_on=story.ended_on,
        ended_reason=story.ended_reason,
        municipality_id=story.municipality,
        insured=story.insured,
        special_effort=story.special_effort,
        benefit_ends_on=story.benefit_ends_on,
        graduate=story.graduate,
        occupation=story.occupation,
        skilled=story.skilled,
    )


def _write_absences(stories: Sequence[Story], citizens: Mapping[str, Citizen]) -> None:
    Absence.objects.bulk_create(
        Absence(
            citizen=citizens[story.title],
            source=DEMO,
            kind=away.kind,
            starts_on=away.starts_on,
            ends_on=away.ends_on,
            hours=away.hours,
        )
        for story in stories
        for away in story.away
    )


def _write_choices(stories: Sequence[Story], courses: Mapping[str, Course]) -> None:
    Choice.objects.bulk_create(
        Choice(
            course=courses[story.title],
            source=DEMO,
            kind=choice.kind,
            chosen_on=choice.on,
            by=choice.by,
            rule=choice.rule,
            ordinal=choice.ordinal,
            postponed_to=choice.to,
            reason=choice.reason,
        )
        for story in stories
        for choice in story.choices
    )


def write_held(held: Iterable[tuple[Citizen, Held]]) -> None:
    """Write interviews that took place."""
    HeldMeeting.objects.bulk_create(
        HeldMeeting(
            citizen=citizen,
            source=DEMO,
            kind=one.kind,
            held_on=one.on,
            by=one.by,
            form="in_person",
            registered_type=one.registered_type or REGISTERED_TYPES.get(one.kind),
            other_party_came=True if one.kind == MeetingKind.JOINT else None,
        )
        for citizen, one in held
    )


def _write_hours(
    stories: Sequence[Story],
    citizens: Mapping[str, Citizen],
    courses: Mapping[str, Course],
    today: date,
) -> None:
    """What the a-kasser reported up to last month; every ninth is a month behind."""
    paid: dict[tuple[int, date], ReportedHours] = {}
    for story in stories:
        course = courses[story.title]
        behind = number_of(course) % 9 == 0
        for month, hours in _paid_hours(story, _first_of_month(today, back=int(behind))).items():
            row = paid.setdefault(
                (citizens[story.title].pk, month),
                ReportedHours(
                    citizen=citizens[story.title],
                    source=DEMO,
                    month=month,
                    hours=Decimal(0),
                    a_kasse_id=course.a_kasse_id,
                ),
            )
            row.hours = min(row.hours + hours, MONTH_HOURS[story.insured])
    ReportedHours.objects.bulk_create(paid.values())


def _first_of_month(day: date, *, back: int) -> date:
    first = day.replace(day=1)
    return (first - timedelta(1)).replace(day=1) if back else first


def _paid_hours(story: Story, before: date) -> dict[date, Decimal]:
    """Hours paid by month, from the first day of membership up to a day."""
    if not story.reports_hours:
        return {}
    hours: dict[date, Decimal] = defaultdict(Decimal)
    day = story.member_from or story.registered_on
    end = min(before, story.ended_on or before)
    while day < end:
        if day.weekday() < SATURDAY:
            hours[day.replace(day=1)] += _paid_on(story, day)
        day += timedelta(1)
    return {month: min(sum_, MONTH_HOURS[story.insured]) for month, sum_ in hours.items()}


def _paid_on(story: Story, day: date) -> Decimal:
    full = DAY_HOURS[story.insured]
    return min(
        (_left_by(away, day, full) for away in story.away if _covers(away, day)), default=full
    )


def _covers(away: Away, day: date) -> bool:
    return away.starts_on <= day and (away.ends_on is None or day < away.ends_on)


def _left_by(away: Away, day: date, full: Decimal) -> Decimal:
    """What an absence leaves of a day's benefit hours."""
    if away.kind in UNPAID:
        return Decimal(0)
    if away.kind == AbsenceKind.SICK:
        return full if (day - away.starts_on).days < SICK_DAYS_PAID else Decimal(0)
    return (away.hours / WEEKDAYS).quantize(Decimal("0.01")) if away.hours else full
