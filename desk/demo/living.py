"""What became of the stories up to today: interviews held, missed, cancelled, booked, forgotten."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Least

from accounts.models import User
from courses.deadlines import refresh_many
from courses.models import Course, Duty, HeldMeeting, Party
from desk.demo.diary import ZONE, Diary, settled
from desk.demo.planning import Planned, by_course, planned
from desk.demo.telling import World, number_of, write_held
from meetings.models import Meeting, NoShow
from shared.dates import working_days_before

ROUNDS = 12  # the next interview of a row is known when the one before it was held
OUTCOME_MISSING = 6  # days back in which an outcome may not have been recorded yet
ON_SCREEN = 180  # days back for which interviews have a booking, not the fact alone
AHEAD = timedelta(25)  # how far ahead people book
TODAY = [time(8, 30), time(9, 15), time(10, 0), time(11, 0), time(13, 15), time(14, 0)]
HELD_TODAY = 2
LAWFUL = [one for one in NoShow.Lawful if one != NoShow.Lawful.NONE]


@dataclass(slots=True)
class Living:
    """The world as it goes on, day by day in retrospect."""

    world: World
    diary: Diary
    rng: Random
    busy: dict[int, set[date]] = field(default_factory=lambda: defaultdict(set))
    forgotten: dict[int, Planned] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of the demo."""
        return self.world.today

    def hold(self) -> None:
        """Let the interviews of the past take place, and the dates follow, until none is left."""
        courses = list(self.world.courses.values())
        for _ in range(ROUNDS):
            due = [one for one in self.plans(courses) if one.day < self.today]
            held = [one for one in due if not self._forgets(one)]
            if not held:
                return
            self.happened(held)
            courses = [one.course for one in held]

    def happened(self, plans: Sequence[Planned]) -> None:
        """Write interviews that took place, and let the dates follow."""
        for plan in plans:
            self.busy[plan.course.citizen_id].add(plan.day)
        write_held((plan.course.citizen, plan.held()) for plan in plans)
        courses = self._courses_by_citizen()
        theirs = {one.pk for plan in plans for one in courses[plan.course.citizen_id]}
        refresh_many(sorted(theirs), cause="demo", on=self.today)

    def plans(self, courses: Iterable[Course]) -> list[Planned]:
        """When the pending duties of courses are to be met."""
        by_key = {course.pk: course for course in courses}
        stories = {self.world.courses[title].pk: one for title, one in self.world.stories.items()}
        duties = by_course(Duty.objects.pending().filter(course__in=by_key).order_by("pk"))
        return [
            plan
            for key, course in by_key.items()
            for plan in planned(
                course,
                stories[key],
                [duty for duty in duties[key] if duty.pk not in self.forgotten],
                taken=set(self.busy[course.citizen_id]),
                rng=self.rng,
                today=self.today,
            )
        ]

    def _forgets(self, plan: Planned) -> bool:
        """Whether an interview of the last days waits for somebody to say how it went."""
        recent = (self.today - plan.day).days <= OUTCOME_MISSING
        if recent and self.rng.random() < 1 / 3:
            self.forgotten[plan.duty.pk] = plan
        return plan.duty.pk in self.forgotten

    def fill_days(self, hosts: Iterable[tuple[User, int]]) -> None:
        """Give people a full day today, and book some of what lies ahead.

        A host is a person and the organisation at which they hold interviews.
        """
        ahead = self.plans(self.world.courses.values())
        for host, organisation in hosts:
            ours = list(_one_each(plan for plan in ahead if self._is_for(plan, organisation)))
            self._fill_today(host, ours[: len(TODAY)])
        for plan in self.forgotten.values():
            self.diary.enter(plan.course, plan.duty, plan.day, host=plan.course.caseworker)
        seen = {meeting.duty_id for meeting in self.diary.meetings}
        for plan in ahead:
            soon = self.today < plan.day <= self.today + AHEAD
            if soon and plan.duty.pk not in seen and self.rng.random() < 0.6:  # noqa: PLR2004
                self.diary.enter(plan.course, plan.duty, plan.day, host=plan.course.caseworker)

    def _is_for(self, plan: Planned, organisation: int) -> bool:
        """Whether an interview could be today, at an organisation."""
        duty = plan.duty
        home = duty.a_kasse_id if duty.responsible == Party.A_KASSE else duty.jobcentre_id
        open_now = duty.opens_on is None or duty.opens_on <= self.today
        soon = plan.day <= self.today + AHEAD
        return home == organisation and open_now and soon and not duty.is_suspended(on=self.today)

    def _fill_today(self, host: User, plans: Sequence[Planned]) -> None:
        """The first have taken place; the rest stand in the diary."""
        today = [Planned(one.duty, one.course, one.story, self.today) for one in plans]
        for plan, start in zip(today, TODAY, strict=False):
            over = plan in today[:HELD_TODAY]
            moment = datetime.combine(self.today, start, ZONE) + timedelta(minutes=45)
            columns = settled(plan.duty.kind, moment) if over else {}
            self.diary.enter(plan.course, plan.duty, self.today, host=host, at=start, **columns)
        self.happened(today[:HELD_TODAY])

    def look_back(self) -> None:
        """Enter the interviews of the last months; now and then one failed before it."""
        since = self.today - timedelta(ON_SCREEN)
        facts = HeldMeeting.objects.filter(held_on__gte=since, held_on__lt=self.today)
        courses = self._courses_by_citizen()
        met = _duties_by_day()
        for fact in facts.order_by("held_on", "pk"):
            course = next((one for one in courses[fact.citizen_id] if _runs(one, fact)), None)
            if course is None:
                continue
            duty = next(iter(met.get((course.pk, fact.kind, fact.held_on), [])), None)
            moment = datetime.combine(fact.held_on, time(15, 30), ZONE)
            self.diary.enter(
                course,
                duty,
                fact.held_on,
                host=course.caseworker,
                **settled(fact.kind, moment) | {"kind": fact.kind, "held_by": fact.by},
            )
            if duty:
                self._fail_before(course, duty, fact.held_on)

    def _courses_by_citizen(self) -> dict[int, list[Course]]:
        found: dict[int, list[Course]] = defaultdict(list)
        for course in self.world.courses.values():
            found[course.citizen_id].append(course)
        return found

    def _fail_before(self, course: Course, duty: Duty, held_on: date) -> None:
        """Every tenth interview took a second try."""
        day = working_days_before(held_on, 6)
        if day < (duty.opens_on or course.starts_on) or self.rng.random() > 1 / 10:
            return
        if day in self.busy[course.citizen_id]:
            return
        if self.rng.random() < 1 / 2:
            self.diary.enter(course, duty, day, host=course.caseworker, **_missed(day))
            return
        party = self.rng.choice(list(Party))
        self.diary.enter(
            course,
            duty,
            day,
            host=course.caseworker,
            state=Meeting.State.CANCELLED,
            cancelled_by=party,
            cancel_reason="Aflyst dagen før; ny tid er aftalt.",
            settled_at=datetime.combine(day - timedelta(1), time(14, 0), ZONE),
        )

    def write(self) -> None:
        """Write the diary, booked some days ahead each."""
        self.diary.write()
        NoShow.objects.bulk_create(
            NoShow(
                meeting=meeting,
                contact_attempts="Ringede to gange uden svar.",
                lawful_absence=LAWFUL[number_of(meeting.course) % len(LAWFUL)],
                contact_again_at=meeting.starts_at + timedelta(1),
            )
            for meeting in self.diary.meetings
            if meeting.state == Meeting.State.NO_SHOW
        )
        morning = datetime.combine(self.today, time(7, 0), ZONE)
        Meeting.objects.update(
            booked_at=Least(F("starts_at") - timedelta(9), Value(morning - timedelta(1)))
        )


def _one_each(plans: Iterable[Planned]) -> Iterator[Planned]:
    """One interview for each citizen, the most urgent first."""
    seen: set[int] = set()
    for plan in sorted(plans, key=lambda one: (one.duty.due_on or date.max, one.duty.pk)):
        if plan.course.citizen_id not in seen:
            seen.add(plan.course.citizen_id)
            yield plan


def _duties_by_day() -> dict[tuple[int, str, date | None], list[Duty]]:
    """The duties that were met, by course, kind and day."""
    found: dict[tuple[int, str, date | None], list[Duty]] = defaultdict(list)
    for duty in Duty.objects.exclude(met_on=None).order_by("pk"):
        found[duty.course_id, duty.kind, duty.met_on].append(duty)
    return found


def _runs(course: Course, fact: HeldMeeting) -> bool:
    return course.starts_on <= fact.held_on and (
        course.ends_on is None or fact.held_on < course.ends_on
    )


def _missed(day: date) -> dict[str, Any]:
    at = datetime.combine(day, time(15, 0), ZONE)
    return {"state": Meeting.State.NO_SHOW, "settled_at": at}
