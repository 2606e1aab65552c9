"""Who may do what with a course: plain questions that pages and acts ask."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from accounts.models import User
from courses.models import AccessGrant, Course, Duty, MeetingKind, Party
from partnerships.access import READS_CITIZENS, reach_of
from partnerships.models import Membership, Organisation, Role

Scope = tuple[date, tuple[int, ...], tuple[int, ...]]
NO_COURSE: tuple[str, tuple[Any, ...]] = ("SELECT NULL::bigint AS pk WHERE false", ())
MOST_SCOPES = 500  # kept; a scope holds a day, and days pass
_seen: dict[Scope, tuple[str, tuple[Any, ...]]] = {}


def scope_of(user: User, *, on: date) -> Scope | None:
    """Everything that `visible_to` asks of a person: who has the same scope sees the same courses.

    None for an administrator, whose logged reasons open and end by the minute.
    """
    reach = reach_of(user, on=on)
    if reach.has(Role.SYSTEM_ADMINISTRATOR):
        return None
    return reach.on, reach.jobcentres, reach.a_kasser


def courses_seen_by(user: User, *, on: date) -> tuple[str, tuple[Any, ...]]:
    """`visible_to` as a statement that gives the keys of the courses, for one written out."""
    scope = scope_of(user, on=on)
    found = _seen.get(scope) if scope else None
    if found is None:
        try:
            found = Course.objects.visible_to(user, on=on).values("pk").query.sql_with_params()
        except EmptyResultSet:
            found = NO_COURSE
        if scope:
            if len(_seen) >= MOST_SCOPES:
                _seen.clear()
            _seen[scope] = found
    return found


def own_side(user: User, *, on: date) -> Party:
    """The party that a person reads lists for."""
    return Party.JOBCENTRE if reach_of(user, on=on).jobcentres else Party.A_KASSE


def side_of(user: User, course: Course, *, on: date) -> Party | None:
    """The party for which a person reads a course; None when a logged reason opened it."""
    reach = reach_of(user, on=on)
    if course.jobcentre_id in reach.jobcentres and is_with_jobcentre(course, on=on):
        return Party.JOBCENTRE
    if course.a_kasse_id in reach.a_kasser:
        return Party.A_KASSE
    return None


def is_with_jobcentre(course: Course, *, on: date) -> bool:
    """Whether the jobcentre has had a duty, an interview or the responsibility by a day."""
    return course.jobcentre_from is not None and course.jobcentre_from <= on


def has_ended(course: Course, *, on: date) -> bool:
    """Whether a course is over on a day; the citizen may be in another one by then."""
    return course.ends_on is not None and course.ends_on <= on


def reads_until(user: User, course: Course, *, on: date) -> date | None:
    """The first day that a person may no longer read of a course: an a-kasse's member has left."""
    if side_of(user, course, on=on) != Party.A_KASSE:
        return None
    return course.ends_on if course.ends_on and course.ends_on <= on else None


def acting_side(user: User, course: Course, *, on: date) -> Party | None:
    """The party for which a person may act on a course: an a-kasse only while it has the member."""
    if reads_until(user, course, on=on):
        return None
    return side_of(user, course, on=on)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Someone who reads a course: for which party, and until before which day if it is over."""

    user: User
    side: Party | None
    today: date
    until: date | None = None

    @property
    def on(self) -> date:
        """The day they see the course on: today, or the last day of a membership that ended."""
        return self.until - timedelta(1) if self.until else self.today

    @property
    def may_act(self) -> bool:
        """Whether they may change anything in it."""
        return self.side is not None and self.until is None

    def sees(self, day: date | None) -> bool:
        """Whether something dated on a day is for them; what has no day is."""
        return self.until is None or day is None or day < self.until


def viewer_of(user: User, course: Course, *, on: date) -> Viewer:
    """How a person reads a course on a day."""
    return Viewer(user, side_of(user, course, on=on), on, reads_until(user, course, on=on))


def may_record_absence(user: User, course: Course, *, on: date) -> bool:
    """Either party may say that the citizen is away, or take it back, while the course runs."""
    return not has_ended(course, on=on) and acting_side(user, course, on=on) is not None


def may_report_hours(user: User, course: Course, *, on: date) -> bool:
    """Only the a-kasse knows what it paid."""
    return acting_side(user, course, on=on) == Party.A_KASSE


def may_record_choice(user: User, course: Course, *, on: date) -> bool:
    """Either party may write down what was chosen, while the course runs."""
    return not has_ended(course, on=on) and acting_side(user, course, on=on) is not None


def may_decide_entry(user: User, course: Course, *, on: date) -> bool:
    """The jobcentre's caseworkers, and the a-kasse's coordinator, while the course runs.

    The domain's visitator of the jobcentre has no role of its own: its caseworkers visitate.
    """
    side = None if has_ended(course, on=on) else acting_side(user, course, on=on)
    if side == Party.A_KASSE:
        return reach_of(user, on=on).has(Role.COORDINATOR)
    return side == Party.JOBCENTRE


def may_record_job_search(user: User, course: Course, *, on: date) -> bool:
    """Either party says where the search for work stands, while the course runs."""
    return not has_ended(course, on=on) and acting_side(user, course, on=on) is not None


def may_assign(user: User, course: Course, *, on: date) -> bool:
    """The jobcentre decides who of its own takes a course."""
    return acting_side(user, course, on=on) == Party.JOBCENTRE


def may_assign_consultant(user: User, course: Course, *, on: date) -> bool:
    """The a-kasse decides who of its own takes a course."""
    return acting_side(user, course, on=on) == Party.A_KASSE


def consultants_of(course: Course, *, on: date) -> QuerySet[User]:
    """Who can take a course in its a-kasse, or in the one that it has merged into."""
    houses = [course.a_kasse_id, course.a_kasse.successor_id]
    standing = Membership.objects.standing(on=on).filter(
        organisation__in=[key for key in houses if key],
        role__in=READS_CITIZENS[Organisation.Kind.A_KASSE],
    )
    return User.objects.filter(pk__in=standing.values("user"))


def may_acknowledge(user: User, course: Course, *, on: date) -> bool:
    """Either party may say why an interview was late; the cause says whose it was."""
    return acting_side(user, course, on=on) is not None


def may_see_looks(viewer: Viewer, *, on: date) -> bool:
    """Who answers a citizen that asks who looked, or an administrator with a reason.

    In an a-kasse its coordinator; a jobcentre has no such role, there the caseworkers answer.
    """
    if viewer.until:
        return False
    answers = {Party.A_KASSE: Role.COORDINATOR, Party.JOBCENTRE: Role.CASEWORKER}
    if viewer.side is None:
        return True
    return viewer.side in answers and reach_of(viewer.user, on=on).has(answers[viewer.side])


def may_book(user: User, course: Course, duty: Duty, *, on: date) -> bool:
    """Each party books its own interviews; the jobcentre summons to the joint ones."""
    owner = Party.JOBCENTRE if duty.kind == MeetingKind.JOINT else duty.responsible
    return acting_side(user, course, on=on) == owner


def uploads_for(user: User, *, on: date) -> list[Organisation]:
    """The a-kasser whose files a person may send."""
    reach = reach_of(user, on=on)
    return [one for one in reach.organisations if one.pk in reach.a_kasser]


def may_open_with_reason(user: User, *, on: date) -> bool:
    """A system administrator reads no citizen without a logged reason."""
    return reach_of(user, on=on).has(Role.SYSTEM_ADMINISTRATOR)


def grant_of(user: User, course: Course) -> AccessGrant | None:
    """The logged reason by which a person reads a course just now."""
    grants = AccessGrant.objects.standing().filter(user=user, course=course)
    return grants.order_by("until").last()
