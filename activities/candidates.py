"""Who may be a candidate: unskilled for an education, near the end of benefit for early effort."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from activities import parties
from activities.models import Activity, CvReview
from courses.models import Course, Registration
from partnerships.access import reach_of
from shared.written import plain_day

ROWS = 25
NEAR_THE_END = timedelta(183)
FITTING = "egnede"


@dataclass(frozen=True, slots=True)
class Candidates:
    """A page of the courses to look through, and what was said of each before."""

    page: "Page[Any]"
    rows: Sequence[Course]
    known: dict[int, CvReview]
    looked_at: int
    total: int


def candidates(activity: Activity, user: User, *, number: str, only: str, on: date) -> Candidates:
    """The open courses of the activity's parties that the person works, those to look at first."""
    found = _fitting(activity, user, on=on)
    reviews = CvReview.objects.filter(activity=activity, course=OuterRef("pk"))
    if only == FITTING:
        found = found.filter(Exists(reviews.filter(verdict__in=("fits", "perhaps"))))
    standing = Registration.objects.filter(superseded_at=None)
    shown = found.annotate(is_known=Exists(reviews)).prefetch_related(
        Prefetch("registrations", standing, to_attr="standing")
    )
    page = Paginator(shown.order_by("is_known", "starts_on", "pk"), ROWS).get_page(number)
    rows = list(page)
    known = activity.cv_reviews.filter(course__in=rows)
    seen = activity.cv_reviews.filter(course__in=found.values("pk")).count()
    total = page.paginator.count
    return Candidates(page, rows, {one.course_id: one for one in known}, seen, total)


def _fitting(activity: Activity, user: User, *, on: date) -> QuerySet[Course]:
    """Courses that a person acts in: of the parties, open, and of the target group."""
    houses = [one.pk for one in parties.parties_of(activity)]
    own = reach_of(user, on=on)
    acts = Q(jobcentre__in=own.jobcentres) | Q(a_kasse__in=own.a_kasser)
    rows = Course.objects.visible_to(user, on=on).filter(acts)
    theirs = Q(a_kasse__in=houses) | Q(a_kasse__successor__in=houses)
    rows = rows.filter(theirs, Q(ends_on=None) | Q(ends_on__gt=on), jobcentre__in=houses)
    target = Registration.objects.filter(course=OuterRef("pk"), superseded_at=None)
    if activity.kind == Activity.Kind.EDUCATION:
        target = target.exclude(skilled=True)
    else:
        target = target.filter(Q(graduate=True) | Q(benefit_ends_on__lte=on + NEAR_THE_END))
    return rows.filter(Exists(target)).select_related("citizen", "a_kasse", "jobcentre")


def known_of(course: Course) -> str:
    """What the registration says that matters for a candidate."""
    registration: Registration | None = next(iter(course.standing), None)  # type: ignore[attr-defined]
    if registration is None:
        return ""
    skilled = {True: _("skilled"), False: _("unskilled"), None: ""}[registration.skilled]
    ends = registration.benefit_ends_on
    words = [
        registration.occupation,
        skilled,
        _("graduate") if registration.graduate else "",
        _("benefit ends %(day)s") % {"day": plain_day(ends)} if ends else "",
    ]
    return ", ".join(word for word in words if word)
