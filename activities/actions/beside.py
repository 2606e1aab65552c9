"""What some kinds have beside the rest: orders, a flow's template, staff, reviews of CVs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from activities import parties
from activities.actions.activities import OVER, locked
from activities.models import (
    Activity,
    CvReview,
    EmployerOrder,
    FlowStep,
    FlowTemplateStep,
    Referral,
    Turnout,
)
from activities.plans import TemplateStep
from courses.access import acting_side
from courses.models import Course, Party
from journal.actions import note
from partnerships.models import Organisation
from shared.refusals import Refused

Kind = Activity.Kind
LOOKS_AT_CVS = (Kind.EDUCATION, Kind.EARLY_EFFORT)


@transaction.atomic
def add_order(  # noqa: PLR0913 (each is a column)
    activity: Activity, *, employer: str, occupation: str, wanted: int, by: User, at: datetime
) -> EmployerOrder:
    """An employer wants so many people of an occupation."""
    activity = _own(activity, (Kind.RECRUITMENT,), by, at=at)
    order = EmployerOrder.objects.create(
        activity=activity, employer=employer, occupation=occupation, wanted=wanted
    )
    note(
        activity, "order-added", by=by, case=None,
        employer=employer, occupation=occupation, wanted=wanted,
    )  # fmt: skip
    return order


@transaction.atomic
def set_flow(
    activity: Activity, steps: Sequence[TemplateStep], *, by: User, at: datetime
) -> list[FlowTemplateStep]:
    """Write the steps of an individual hand; flows that run already keep theirs."""
    activity = _own(activity, (Kind.HAND,), by, at=at)
    activity.flow_template.all().delete()
    made = FlowTemplateStep.objects.bulk_create(
        FlowTemplateStep(
            activity=activity, order=place, what=one.what, party=one.party,
            after_days=one.after_days,
        )
        for place, one in enumerate(steps, 1)
    )  # fmt: skip
    note(activity, "flow-written", by=by, case=None, steps=len(made))
    return made


@transaction.atomic
def begin_flow(referral: Referral, *, by: User, at: datetime) -> list[FlowStep]:
    """Give a citizen of an individual hand the steps of its template, each with an owner."""
    activity = locked(referral.activity)
    course, started = referral.course, referral.started_on
    if acting_side(by, course, on=timezone.localdate(at)) is None:
        raise Refused(gettext_noop("Only those who work the course may do this."))
    if started is None or referral.state != Referral.State.STARTED:
        raise Refused(gettext_noop("The flow begins when the referral has started."))
    if referral.flow.exists():
        raise Refused(gettext_noop("The citizen has the steps already."))
    owners = {Party.A_KASSE: course.consultant, Party.JOBCENTRE: course.caseworker}
    steps = FlowStep.objects.bulk_create(
        FlowStep(
            referral=referral,
            order=one.order,
            what=one.what,
            owner=owners[Party(one.party)] or by,
            due_on=started + timedelta(one.after_days),
        )
        for one in activity.flow_template.order_by("order")
    )
    note(referral, "flow-begun", by=by, case=course.pk, steps=len(steps))
    return steps


@transaction.atomic
def do_step(step: FlowStep, *, by: User, at: datetime) -> FlowStep:
    """A step of a flow is done."""
    step = FlowStep.objects.select_for_update(of=("self",)).select_related("referral__course").get(
        pk=step.pk
    )  # fmt: skip
    course = step.referral.course
    if acting_side(by, course, on=timezone.localdate(at)) is None:
        raise Refused(gettext_noop("Only those who work the course may do this."))
    if step.done_on is None:
        step.done_on = timezone.localdate(at)
        step.save(update_fields=["done_on"])
        note(step.referral, "flow-step-done", by=by, case=course.pk, step=step.order)
    return step


@transaction.atomic
def record_turnout(
    activity: Activity, people: Mapping[Organisation, int], *, by: User, at: datetime
) -> list[Turnout]:
    """How many of each organisation's own took part; no name, and no citizen."""
    activity = _own(activity, tuple(Kind(one) for one in Activity.FOR_STAFF), by, at=at, over=True)
    activity.turnouts.all().delete()
    made = Turnout.objects.bulk_create(
        Turnout(activity=activity, organisation=house, people=count)
        for house, count in people.items()
        if count
    )
    note(activity, "turnout-recorded", by=by, case=None, people=sum(people.values()))
    return made


@transaction.atomic
def review_cvs(
    activity: Activity, reviews: Iterable[tuple[Course, str, str]], *, by: User, at: datetime
) -> int:
    """Write down for each citizen whether the activity fits; what is said again replaces it."""
    activity, today = locked(activity), timezone.localdate(at)
    if activity.kind not in LOOKS_AT_CVS or activity.state in OVER:
        raise Refused(gettext_noop("Candidates are looked for while the activity is open."))
    count = 0
    for course, verdict, remark in reviews:
        if acting_side(by, course, on=today) is None:
            raise Refused(gettext_noop("Only those who work the course may do this."))
        said = {"verdict": verdict, "remark": remark, "reviewed_at": at, "reviewed_by": by}
        _row, made = CvReview.objects.update_or_create(
            activity=activity, course=course, defaults=said
        )
        note(activity, "cv-reviewed", by=by, case=course.pk, activity=activity.title, new=made)
        count += 1
    return count


@transaction.atomic
def assign_orders(
    activity: Activity, orders: Mapping[int, int | None], *, by: User, at: datetime
) -> int:
    """Say which order each referral answers, by key; say how many changed."""
    activity, today = locked(activity), timezone.localdate(at)
    known = {one.pk: one for one in activity.orders.all()}
    changed = 0
    rows = activity.referrals.filter(pk__in=orders).select_related("course")
    for referral in rows.order_by("pk"):
        order = known.get(orders[referral.pk] or 0)
        if referral.order_id == (order.pk if order else None):
            continue
        if acting_side(by, referral.course, on=today) is None:
            raise Refused(gettext_noop("Only those who work the course may do this."))
        referral.order = order
        referral.save(update_fields=["order"])
        said = order.occupation if order else ""
        note(referral, "order-answered", by=by, case=referral.course_id, occupation=said)
        changed += 1
    return changed


def _own(
    activity: Activity, kinds: tuple[Kind, ...], by: User, *, at: datetime, over: bool = False
) -> Activity:
    """A locked activity of one of the kinds that the same person plans."""
    activity = locked(activity)
    if activity.kind not in kinds:
        raise Refused(gettext_noop("This kind of activity has no such thing."))
    if not parties.is_hosts(by, activity, on=timezone.localdate(at)):
        raise Refused(gettext_noop("Only the party that holds the activity may do this."))
    if activity.state in OVER and not (over and activity.state == Activity.State.DONE):
        raise Refused(gettext_noop("The activity is over already."))
    return activity
