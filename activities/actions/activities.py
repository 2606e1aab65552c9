"""An activity from draft to evaluation: one party proposes, the other approves or says why not."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from activities import parties
from activities.actions.referrals import settle_open
from activities.agreed_on import check_clubs, check_phase
from activities.models import Activity, FlowTemplateStep, Session
from activities.plans import COLUMNS, ActivityPlan
from journal.actions import note
from meetings.actions.groups import cancel_group
from meetings.group_access import may_plan
from meetings.models import GroupMeeting
from notices.actions import settle, tell
from partnerships.models import Agreement, Organisation
from shared.refusals import Refused

State = Activity.State
OPEN_TO_CHANGE = (State.DRAFT, State.REJECTED)
OVER = (State.DONE, State.CANCELLED)
COPIED = tuple(name for name in COLUMNS if name not in ("starts_on", "ends_on"))


@transaction.atomic
def make(plan: ActivityPlan, *, by: User, at: datetime) -> Activity:
    """Write an activity down as a draft of the party that holds it."""
    _check_plan(plan, by, on=timezone.localdate(at))
    activity = Activity(made_at=at, made_by=by)
    _take_over(activity, plan)
    note(activity, "activity-made", by=by, case=None, title=activity.title)
    return activity


@transaction.atomic
def change(activity: Activity, plan: ActivityPlan, *, by: User, at: datetime) -> Activity:
    """Write a draft, or what was rejected, anew; what is approved has the other party's word."""
    activity = locked(activity)
    if activity.state not in OPEN_TO_CHANGE:
        raise Refused(gettext_noop("Only a draft or a rejected activity can be changed."))
    _check_own(activity, by, on=timezone.localdate(at))
    _check_plan(plan, by, on=timezone.localdate(at))
    _take_over(activity, plan)
    note(activity, "activity-changed", by=by, case=None, title=activity.title)
    return activity


@transaction.atomic
def propose(activity: Activity, *, by: User, at: datetime) -> Activity:
    """Put an activity before the other party."""
    activity, today = locked(activity), timezone.localdate(at)
    _check_own(activity, by, on=today)
    if activity.state not in OPEN_TO_CHANGE:
        raise Refused(gettext_noop("The activity is proposed already."))
    others = parties.other_parties(activity)
    if not others:
        raise Refused(
            gettext_noop("None of its agreements has another party that could approve it.")
        )
    activity.state = State.PROPOSED
    activity.decided_at, activity.decided_by, activity.decision_remark = None, None, ""
    activity.save(update_fields=["state", "decided_at", "decided_by", "decision_remark"])
    note(activity, "activity-proposed", by=by, case=None, title=activity.title)
    _tell(activity, others, "activity-proposed", by=by, at=at)
    return activity


@transaction.atomic
def approve(activity: Activity, *, remark: str = "", by: User, at: datetime) -> Activity:
    """The other party says yes, within the number of job clubs agreed on for the year."""
    activity = _to_decide(activity, by, on=timezone.localdate(at))
    _lock_agreements(activity)
    check_clubs(activity)
    return _decide(activity, State.APPROVED, remark, by=by, at=at)


@transaction.atomic
def reject(activity: Activity, *, reason: str, by: User, at: datetime) -> Activity:
    """The other party says no, and why."""
    activity = _to_decide(activity, by, on=timezone.localdate(at))
    if not reason.strip():
        raise Refused(gettext_noop("Write why the activity is rejected."))
    return _decide(activity, State.REJECTED, reason, by=by, at=at)


@transaction.atomic
def start(activity: Activity, *, by: User, at: datetime) -> Activity:
    """Begin: phase 1 under an agreement in force, phase 2 with law, budget and signed addendum."""
    activity, today = locked(activity), timezone.localdate(at)
    _check_own(activity, by, on=today)
    if activity.state != State.APPROVED:
        raise Refused(gettext_noop("Only what the other party has approved can start."))
    check_phase(activity, on=today)
    activity.state = State.RUNNING
    activity.save(update_fields=["state"])
    note(activity, "activity-started", by=by, case=None, title=activity.title)
    return activity


@transaction.atomic
def finish(activity: Activity, *, evaluation: str, by: User, at: datetime) -> Activity:
    """End it with what was learnt; nobody referred is forgotten."""
    activity = locked(activity)
    _check_own(activity, by, on=timezone.localdate(at))
    if activity.state != State.RUNNING:
        raise Refused(gettext_noop("Only what is running can be finished."))
    if not evaluation.strip():
        raise Refused(gettext_noop("Write what you learnt: the steering group reads it."))
    waiting = activity.referrals.filter(state__in=("proposed", "accepted", "started")).count()
    if waiting:
        raise Refused(
            gettext_noop(
                "%(count)d referrals are open: finish or revoke them, then finish the activity."
            ),
            count=waiting,
        )
    activity.state, activity.evaluation = State.DONE, evaluation
    activity.save(update_fields=["state", "evaluation"])
    _lapse_volume(activity, by=by, at=at)
    note(activity, "activity-finished", by=by, case=None, title=activity.title)
    return activity


@transaction.atomic
def cancel(activity: Activity, *, reason: str, by: User, at: datetime) -> Activity:
    """Call it off: its open referrals are revoked, its group meetings cancelled, all are told."""
    activity, today = locked(activity), timezone.localdate(at)
    _check_own(activity, by, on=today)
    if activity.state in OVER:
        raise Refused(gettext_noop("The activity is over already."))
    if not reason.strip():
        raise Refused(gettext_noop("Write why the activity is cancelled."))
    was_open = activity.state not in OPEN_TO_CHANGE
    revoked = settle_open(activity, reason=reason, by=by, at=at)
    _cancel_meetings(activity, reason, by=by, at=at)
    activity.state, activity.why_cancelled = State.CANCELLED, reason
    activity.save(update_fields=["state", "why_cancelled"])
    note(activity, "activity-cancelled", by=by, case=None, reason=reason, revoked=revoked)
    settle("activity-proposed", url=activity.get_absolute_url(), by=by, at=at)
    _lapse_volume(activity, by=by, at=at)
    if was_open:
        _tell(activity, parties.other_parties(activity), "activity-cancelled", by=by, at=at)
    return activity


@transaction.atomic
def copy(activity: Activity, *, starts_on: date, by: User, at: datetime) -> Activity:
    """Make a draft like it that starts on another day, with its sessions as long after."""
    houses = parties.houses_writing(by, on=timezone.localdate(at))
    if parties.party_for(houses, [activity.host]) is None:
        raise Refused(gettext_noop("Only the party that holds the activity may do this."))
    days = starts_on - activity.starts_on
    words = {name: getattr(activity, name) for name in COPIED}
    copied = Activity.objects.create(
        **words, starts_on=starts_on, ends_on=activity.ends_on + days, made_at=at, made_by=by
    )
    copied.agreements.set(activity.agreements.all())
    FlowTemplateStep.objects.bulk_create(
        FlowTemplateStep(
            activity=copied, order=one.order, what=one.what, party=one.party,
            after_days=one.after_days,
        )
        for one in activity.flow_template.all()
    )  # fmt: skip
    Session.objects.bulk_create(
        Session(
            activity=copied,
            starts_at=_later(one.starts_at, days),
            ends_at=_later(one.ends_at, days),
            place=one.place,
        )
        for one in activity.sessions.all()
    )
    note(copied, "activity-copied", by=by, case=None, title=activity.title)
    return copied


def locked(activity: Activity) -> Activity:
    """The activity as it stands, held until the act is done."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("host", "provider")
    return rows.get(pk=activity.pk)


def _take_over(activity: Activity, plan: ActivityPlan) -> None:
    for name in COLUMNS:
        setattr(activity, name, getattr(plan, name))
    activity.state = State.DRAFT
    activity.save()
    activity.agreements.set(plan.agreements)


def _check_plan(plan: ActivityPlan, by: User, *, on: date) -> None:
    """Refuse a plan of somebody else, without an agreement, or that cannot be."""
    if parties.party_for(parties.houses_writing(by, on=on), [plan.host]) is None:
        raise Refused(gettext_noop("Plan for the party that you work for."))
    known = set(parties.agreements_for(plan.host).values_list("pk", flat=True))
    if not plan.agreements or not {one.pk for one in plan.agreements} <= known:
        raise Refused(gettext_noop("Choose at least one agreement that the host is a party to."))
    _check_kind(plan)


def _check_kind(plan: ActivityPlan) -> None:
    """Refuse days, seats or a provider that the kind of activity cannot have."""
    if plan.ends_on <= plan.starts_on:
        raise Refused(gettext_noop("An activity must end after it starts."))
    if plan.kind == Activity.Kind.EARLY_EFFORT and plan.phase != Activity.PHASE_TWO:
        raise Refused(gettext_noop("Early effort is an activity of phase 2."))
    if plan.kind == Activity.Kind.JOB_CLUB and not plan.seats:
        raise Refused(gettext_noop("Say how many seats the job club has."))
    if plan.provider and plan.provider.kind != Organisation.Kind.PROVIDER:
        raise Refused(gettext_noop("Choose a provider, or none."))


def _check_own(activity: Activity, by: User, *, on: date) -> None:
    if not parties.is_hosts(by, activity, on=on):
        raise Refused(gettext_noop("Only the party that holds the activity may do this."))


def _to_decide(activity: Activity, by: User, *, on: date) -> Activity:
    activity = locked(activity)
    if activity.state != State.PROPOSED:
        raise Refused(gettext_noop("The activity does not wait for an answer. Reload the page."))
    if activity.made_by_id == by.pk or parties.deciding_party(by, activity, on=on) is None:
        raise Refused(gettext_noop("The other party decides on this activity."))
    return activity


def _lock_agreements(activity: Activity) -> None:
    """One approval at a time under an agreement, so that two cannot both be the last club."""
    rows = Agreement.objects.select_for_update(no_key=True).filter(activities=activity)
    list(rows.order_by("pk").values_list("pk", flat=True))


def _decide(activity: Activity, state: State, remark: str, *, by: User, at: datetime) -> Activity:
    activity.state, activity.decision_remark = state, remark
    activity.decided_at, activity.decided_by = at, by
    activity.save(update_fields=["state", "decision_remark", "decided_at", "decided_by"])
    note(activity, f"activity-{state.value}", by=by, case=None, title=activity.title, reason=remark)
    settle("activity-proposed", url=activity.get_absolute_url(), by=by, at=at)
    _tell(activity, [activity.host], "activity-answered", by=by, at=at)
    return activity


def _cancel_meetings(activity: Activity, reason: str, *, by: User, at: datetime) -> None:
    """The group meetings to come that the same person may cancel."""
    planned = GroupMeeting.objects.filter(
        session__activity=activity, state=GroupMeeting.State.PLANNED, starts_at__gt=at
    )
    for group in planned.order_by("pk"):
        if may_plan(by, group.organisation_id, on=timezone.localdate(at)):
            cancel_group(group, reason=reason, by=by, at=at)


def _lapse_volume(activity: Activity, *, by: User, at: datetime) -> None:
    """A question of seats that nobody answered is answered by the end: no; the alert goes."""
    waiting = activity.volume_changes.filter(accepted=None)
    waiting.update(accepted=False, answered_at=at)
    settle("volume-asked", url=activity.get_absolute_url(), by=by, at=at)


def _later(moment: datetime, days: timedelta) -> datetime:
    """The same time of day so many days later, across summer time."""
    local = timezone.localtime(moment).replace(tzinfo=None)
    return timezone.make_aware(local + days)


def _tell(
    activity: Activity, houses: Iterable[Organisation], kind: str, *, by: User, at: datetime
) -> None:
    people = parties.deciders_at(houses, on=timezone.localdate(at))
    if kind == "activity-answered" and activity.made_by:
        people = [*people, activity.made_by]
    url, about = activity.get_absolute_url(), activity.title[:80]
    tell(people, kind, case_number="", url=url, at=at, about=about, by=by)
