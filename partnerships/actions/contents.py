"""Acts on what the parties went through: points of the check-list, workflows, phase 2."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from accounts.models import User
from journal.actions import note
from partnerships.checklist import template_points
from partnerships.models import Agreement, PhaseTwo, Point, WorkflowStep
from partnerships.versions import keep_version, keep_what_stood
from shared.refusals import Refused

OVER = (Agreement.State.ENDED, Agreement.State.EXPIRED, Agreement.State.RENEWED)


@transaction.atomic
def use_template(agreement: Agreement, *, by: User, at: datetime) -> int:
    """Add the points of the template that the check-list lacks, and say how many those were."""
    row = _held(agreement, by=by, at=at)
    there = set(row.points.values_list("template_key", flat=True))
    missing = [
        Point(
            agreement=row,
            order=number,
            template_key=one["key"],
            title=one["title"],
            guide=one["guide"],
        )
        for number, one in enumerate(template_points(), start=1)
        if one["key"] not in there
    ]
    Point.objects.bulk_create(missing)
    _kept(row, "agreement-point-added", by=by, at=at, count=len(missing))
    return len(missing)


@transaction.atomic
def add_point(
    agreement: Agreement, *, title: str, guide: str = "", by: User, at: datetime
) -> Point:
    """Add a point of the parties' own, after the others."""
    row = _held(agreement, by=by, at=at)
    last = row.points.aggregate(last=Max("order"))["last"] or 0
    point = row.points.create(order=last + 1, title=title, guide=guide)
    _kept(row, "agreement-point-added", by=by, at=at, count=1)
    return point


@transaction.atomic
def settle_point(point: Point, *, state: str, text: str, by: User, at: datetime) -> Point:
    """Say of a point what was agreed, that it is open, or that it does not matter here."""
    row = _held(point.agreement, by=by, at=at)
    point = row.points.get(pk=point.pk)
    if state == Point.State.AGREED and not text.strip():
        raise Refused(gettext_noop("Write what was agreed."))
    point.state, point.text = state, text
    point.save(update_fields=["state", "text"])
    _kept(row, "agreement-point-settled", by=by, at=at, count=point.order)
    return point


@transaction.atomic
def add_workflow_step(  # noqa: PLR0913 (the columns of a step)
    agreement: Agreement,
    *,
    workflow: str,
    who: str,
    what: str,
    registered_in: str = "",
    by: User,
    at: datetime,
) -> WorkflowStep:
    """Add a step to a workflow that the parties agreed on, after its others."""
    row = _held(agreement, by=by, at=at)
    own = row.workflow_steps.filter(workflow=workflow)
    last = own.aggregate(last=Max("order"))["last"] or 0
    said = {"who": who, "what": what, "registered_in": registered_in}
    step = row.workflow_steps.create(workflow=workflow, order=last + 1, **said)
    _kept(row, "agreement-workflow-changed", by=by, at=at, count=1)
    return step


@transaction.atomic
def remove_workflow_step(step: WorkflowStep, *, by: User, at: datetime) -> None:
    """Take a step out of a workflow; the versions still know it."""
    row = _held(step.agreement, by=by, at=at)
    row.workflow_steps.filter(pk=step.pk).delete()
    _kept(row, "agreement-workflow-changed", by=by, at=at, count=1)


@transaction.atomic
def record_phase_two(  # noqa: PLR0913 (what phase 2 waits for)
    agreement: Agreement,
    *,
    law_in_force_on: date | None,
    law_source: str,
    budget_in_place_on: date | None,
    budget_source: str,
    addendum: Agreement | None,
    by: User,
    at: datetime,
) -> PhaseTwo:
    """Record what is known of the law, the budget and the addendum that phase 2 waits for."""
    row = _held(agreement, by=by, at=at)
    if addendum and (addendum.kind != Agreement.Kind.ADDENDUM or addendum.parent_id != row.pk):
        refused = gettext_noop("“%(title)s” is no addendum to this agreement.")
        raise Refused(refused, title=addendum.title)
    said = {
        "law_in_force_on": law_in_force_on,
        "law_source": law_source,
        "budget_in_place_on": budget_in_place_on,
        "budget_source": budget_source,
        "addendum": addendum,
    }
    phase, _made = PhaseTwo.objects.update_or_create(agreement=row, defaults=said)
    _kept(row, "agreement-phase-two", by=by, at=at, count=1)
    return phase


def _held(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if row.state in OVER:
        raise Refused(gettext_noop("The agreement is over; what it said stays as it is."))
    if row.state != Agreement.State.DRAFT:
        keep_what_stood(row, by=by, at=at)
    return row


def _kept(row: Agreement, what: str, *, by: User, at: datetime, count: int) -> None:
    """Journal it, and keep a version once others have read the agreement."""
    if row.state != Agreement.State.DRAFT:
        keep_version(row, why=what.removeprefix("agreement-"), by=by, at=at)
    note(row, what, by=by, case=None, count=count)
