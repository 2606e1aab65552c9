"""The parties and people of the demo's activities, and what each of them may do with one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.models import User
from activities.actions import activities as planning
from activities.actions import referrals
from activities.actions.sessions import add_session
from activities.models import Activity, EmployerOrder, Referral
from activities.plans import ActivityPlan, SessionPlan
from courses.models import Course
from desk.demo.agreements import COPENHAGEN
from desk.demo.diary import ZONE
from partnerships.models import Agreement, Organisation
from shared.dates import nearest_working_day

UNION, OTHER_UNION = "3f", "foa"
DAY = timedelta(1)
PLANNERS = {UNION: "akasse-leder", OTHER_UNION: "foa-leder", COPENHAGEN: "planlaegger"}
DECIDES = {UNION: "planlaegger", OTHER_UNION: "planlaegger", COPENHAGEN: "akasse-leder"}
WHY = "Har søgt i samme branche i flere måneder uden samtaler."
EFFECT = "Job eller praktik inden for tre måneder"


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts, for which parties, under which agreement, on which morning."""

    people: Mapping[str, User]
    houses: Mapping[str, Organisation]
    agreement: Agreement
    at: datetime

    @property
    def on(self) -> date:
        return self.at.date()

    def act(self, days: int) -> datetime:
        """The same hour some days ago, but in this year, where its frame is."""
        return max(self.at - days * DAY, datetime(self.on.year, 1, 1, 9, tzinfo=ZONE))

    def plan(
        self,
        kind: Activity.Kind,
        title: str,
        house: str,
        days: tuple[int, int],
        **said: Any,  # noqa: ANN401 (the rest of a plan)
    ) -> Activity:
        """An activity as its host first writes it."""
        plan = ActivityPlan(
            kind=kind,
            title=title,
            host=self.houses[house],
            agreements=[self.agreement],
            starts_on=self.on + days[0] * DAY,
            ends_on=self.on + days[1] * DAY,
            **said,
        )
        return planning.make(plan, by=self.people[PLANNERS[house]], at=self.at - 60 * DAY)

    def propose(self, activity: Activity) -> Activity:
        by = self.people[PLANNERS[activity.host.slug]]
        return planning.propose(activity, by=by, at=self.at - 55 * DAY)

    def approve(self, activity: Activity) -> Activity:
        by = self.people[DECIDES[activity.host.slug]]
        return planning.approve(self.propose(activity), by=by, at=self.at - 50 * DAY)

    def start(self, activity: Activity) -> Activity:
        by = self.people[PLANNERS[activity.host.slug]]
        return planning.start(self.approve(activity), by=by, at=self.at - 28 * DAY)

    def gather(self, activity: Activity, *days: int) -> None:
        """Sessions of two hours, on working days."""
        by = self.people[PLANNERS[activity.host.slug]]
        for after in days:
            day = nearest_working_day(self.on + after * DAY)
            starts_at = datetime.combine(day, time(9, 30), ZONE)
            plan = SessionPlan(starts_at, starts_at + timedelta(hours=2))
            add_session(activity, plan, by=by, at=self.at - 27 * DAY)

    def courses(self, slug: str) -> Iterator[Course]:
        """Members whom both parties work with, the newest first."""
        rows = Course.objects.filter(
            ends_on=None,
            a_kasse=self.houses[slug],
            jobcentre=self.houses[COPENHAGEN],
            jobcentre_from__lte=self.on - 40 * DAY,
        )
        return iter(rows.order_by("-registered_on", "pk"))

    def refer(
        self, course: Course, activity: Activity, username: str, order: EmployerOrder | None = None
    ) -> Referral:
        """Some weeks ago; the other party has yet to answer."""
        by, at = self.people[username], self.act(24)
        return referrals.refer(
            course, activity, reason=WHY, expected_effect=EFFECT, order=order, by=by, at=at
        )
