"""Who is where in the steps of an individual hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, prefetch_related_objects
from django.urls import reverse

from accounts.models import User
from activities.models import FlowStep, Referral
from courses.access import acting_side

MOST = 200


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of one citizen."""

    step: FlowStep
    tone: str
    tick_url: str


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A citizen, the steps, and how many of them are done."""

    name: str
    case: str
    url: str
    steps: Sequence[StepRow]
    done: int
    begin_url: str


def flows_of(referrals: Iterable[Referral], user: User, *, on: date) -> list[FlowRow]:
    """A row for each citizen whom the person may read; one query more for all of them."""
    rows = list(referrals)
    prefetch_related_objects(rows, "flow__owner")
    return [_row(one, user, on=on) for one in rows]


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step that waits for its owner: whose, in which activity, due when."""

    step: FlowStep
    name: str
    case: str
    url: str
    tone: str
    tick_url: str


def own_steps(user: User, *, on: date) -> list[OwnStep]:
    """What a person has to do in the hands that run, the first due first; one query."""
    open_ones = Referral.objects.visible_to(user).filter(state=Referral.State.STARTED)
    rows = FlowStep.objects.filter(owner=user, done_on=None, referral__in=open_ones.values("pk"))
    known = rows.select_related("referral__activity", "referral__course__citizen")
    return [
        OwnStep(
            step=one,
            name=str(one.referral.course.citizen.name),
            case=str(one.referral.course.case_number),
            url=one.referral.get_absolute_url(),
            tone="over" if one.due_on and one.due_on < on else "booked",
            tick_url=reverse("activities:do_step", args=[one.pk]),
        )
        for one in known.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST]
    ]


def _row(referral: Referral, user: User, *, on: date) -> FlowRow:
    course = referral.course
    acts = acting_side(user, course, on=on) is not None
    steps = [_step(one, acts=acts, on=on) for one in referral.flow.all()]
    begins = acts and not steps and referral.state == Referral.State.STARTED
    return FlowRow(
        name=str(course.citizen.name),
        case=str(course.case_number),
        url=course.get_absolute_url(),
        steps=steps,
        done=sum(1 for one in steps if one.step.done_on),
        begin_url=reverse("activities:begin_flow", args=[referral.pk]) if begins else "",
    )


def _step(step: FlowStep, *, acts: bool, on: date) -> StepRow:
    late = step.due_on is not None and step.due_on < on
    tone = "held" if step.done_on else ("over" if late else "booked")
    may = acts and step.done_on is None
    return StepRow(step, tone, reverse("activities:do_step", args=[step.pk]) if may else "")
