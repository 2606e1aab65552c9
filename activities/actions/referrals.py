"""A referral from proposal to end: who refers does not answer, and who answers binds the frame."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from activities.access import is_party_to, may_run, refers_as, works_for
from activities.fitting import charged_frame, receiver_of, why_not
from activities.invitation import invite
from activities.models import Activity, EmployerOrder, Referral
from activities.telling import receivers, senders
from courses.access import has_ended
from courses.models import Course
from frames import actions as ledger
from frames.models import Entry
from frames.reading import bound_line
from journal.actions import Detail, note
from notices.actions import settle, tell
from shared.refusals import Refused

State = Referral.State
ZERO = Decimal("0.00")
NOT_YOURS = gettext_noop("This referral does not wait for you. Reload the page to see its state.")


@transaction.atomic
def refer(  # noqa: PLR0913 (what a referral is made of)
    course: Course,
    activity: Activity,
    *,
    reason: str,
    expected_effect: str = "",
    order: EmployerOrder | None = None,
    by: User,
    at: datetime,
) -> Referral:
    """Propose a citizen for an activity, or for an employer's order; the other party answers."""
    today = timezone.localdate(at)
    side = refers_as(by, course, on=today)
    if side is None:
        raise Refused(gettext_noop("Only those who work the course may refer in it."))
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    if no := why_not(activity, course, side, on=today):
        raise Refused(no)
    if not reason.strip():
        raise Refused(gettext_noop("Write why the activity is right for the citizen."))
    if order and order.activity_id != activity.pk:
        raise Refused(gettext_noop("The employer's order belongs to another activity."))
    if activity.referrals.filter(course=course, state__in=Referral.OPEN).exists():
        raise Refused(gettext_noop("The citizen is already referred to this activity."))
    referral = Referral.objects.create(
        activity=activity,
        course=course,
        order=order,
        receiver=receiver_of(activity, course, side),
        reason=reason,
        expected_effect=expected_effect,
        price=activity.price or ZERO,
        referred_at=at,
        referred_by=by,
    )
    named: dict[str, Detail] = {"occupation": order.occupation} if order else {}
    note(referral, "referral-proposed", by=by, case=course.pk, activity=activity.title, **named)
    _tell(referral, receivers(referral, on=today), "referral-proposed", by=by, at=at)
    return referral


@transaction.atomic
def accept(
    referral: Referral,
    *,
    charge_others: bool = False,
    remark: str = "",
    by: User,
    at: datetime,
) -> Referral:
    """Give the citizen a seat, and bind its price in the frame of the a-kasse that pays.

    The seat of another a-kasse's member counts, but costs the frame nothing unless
    `charge_others` says that this is agreed; it is written in the journal.
    """
    referral, today = locked(referral), timezone.localdate(at)
    _check_answer(referral, by, on=today)
    activity = referral.activity
    if has_ended(referral.course, on=today):
        raise Refused(gettext_noop("The citizen's course is over. Reject the referral."))
    if activity.state not in (Activity.State.APPROVED, Activity.State.RUNNING):
        raise Refused(gettext_noop("The activity is not approved: nobody can be given a seat."))
    if activity.seats is not None and activity.referrals.seated().count() >= activity.seats:
        raise Refused(
            gettext_noop("All %(seats)d seats are taken. Ask for more seats, or reject."),
            seats=activity.seats,
        )
    frame = charged_frame(referral, charge_others=charge_others, on=today)
    if frame:
        referral.bound_by = ledger.reserve(
            frame, referral.price, text=_text(referral), on=today, by=by, at=at
        )
    referral.frame = frame
    _answer(referral, State.ACCEPTED, remark, by=by, at=at)
    referral.save()
    said: dict[str, Detail] = {
        "price": str(referral.price),
        "charged": bool(frame),
        "remark": remark,
    }
    note(referral, "referral-accepted", by=by, case=referral.course_id, **said)
    invite(referral, by=by, at=at)
    return _answered(referral, by=by, at=at)


@transaction.atomic
def reject(referral: Referral, *, reason: str, by: User, at: datetime) -> Referral:
    """Say no, and why; whoever referred is told."""
    referral, today = locked(referral), timezone.localdate(at)
    _check_answer(referral, by, on=today)
    if not reason.strip():
        raise Refused(gettext_noop("Write why the referral is rejected."))
    _answer(referral, State.REJECTED, reason, by=by, at=at)
    referral.save()
    note(referral, "referral-rejected", by=by, case=referral.course_id, reason=reason)
    return _answered(referral, by=by, at=at)


@transaction.atomic
def start(referral: Referral, *, on: date, by: User, at: datetime) -> Referral:
    """The citizen begins: what was reserved is committed from then on."""
    referral, today = locked(referral), timezone.localdate(at)
    if referral.state != State.ACCEPTED or not may_run(by, referral, on=today):
        raise Refused(gettext_noop("Only an accepted referral can be started."))
    if on > today:
        raise Refused(gettext_noop("Nobody has started on a day that is yet to come."))
    for entry, _left in _bound(referral):
        ledger.commit(entry, on=today, by=by, at=at)
    referral.state, referral.started_on = State.STARTED, on
    referral.save(update_fields=["state", "started_on"])
    note(referral, "referral-started", by=by, case=referral.course_id, on=on.isoformat())
    return referral


@transaction.atomic
def finish(  # noqa: PLR0913 (what an end is made of)
    referral: Referral,
    *,
    ended_on: date,
    result: str,
    remark: str = "",
    by: User,
    at: datetime,
) -> Referral:
    """The citizen is through, or left; `ended_on` is the day after the last. The price stands."""
    referral, today = locked(referral), timezone.localdate(at)
    if referral.state != State.STARTED or not may_run(by, referral, on=today):
        raise Refused(gettext_noop("Only a referral that has started can be finished."))
    if referral.started_on and ended_on <= referral.started_on:
        raise Refused(gettext_noop("The last day lies before the first."))
    if result not in Referral.Result.values:
        raise Refused(gettext_noop("Choose what it came to."))
    referral.state, referral.ended_on = State.DONE, ended_on
    referral.result, referral.result_remark = result, remark
    referral.save(update_fields=["state", "ended_on", "result", "result_remark"])
    note(referral, "referral-finished", by=by, case=referral.course_id, result=result)
    _tell(referral, senders(referral), "referral-finished", by=by, at=at)
    return referral


@dataclass(frozen=True, slots=True)
class Revoked:
    """A revoked referral, and how much its frame got back: nothing once it has started."""

    referral: Referral
    released: Decimal


@transaction.atomic
def revoke(referral: Referral, *, reason: str, by: User, at: datetime) -> Revoked:
    """Take the citizen out; before the start the frame gets its money back, after it does not."""
    referral, today = locked(referral), timezone.localdate(at)
    if not is_party_to(by, referral, on=today):
        raise Refused(gettext_noop("Only the parties of the referral may revoke it."))
    return _revoked(referral, reason=reason, by=by, at=at)


@transaction.atomic
def settle_open(
    activity: Activity, *, reason: str, by: User | None, at: datetime, started: bool = True
) -> int:
    """Revoke the open referrals of an activity, and say how many those were.

    Those that have started too, unless `started` is False: when an agreement ends, they may run
    on. Whoever may cancel the activity may do this; the act of cancelling has asked who that is.
    """
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    states = Referral.OPEN if started else (State.PROPOSED, State.ACCEPTED)
    rows = activity.referrals.filter(state__in=states).order_by("pk")
    for one in rows:
        _revoked(locked(one), reason=reason, by=by, at=at)
    return len(rows)


def locked(referral: Referral) -> Referral:
    """The referral as it stands; its activity is locked first, by everyone, so nobody deadlocks."""
    activity = Activity.objects.select_for_update(of=("self",)).select_related("host", "provider")
    held = activity.get(pk=referral.activity_id)
    rows = Referral.objects.select_for_update(of=("self",)).select_related(
        "receiver", "referred_by", "course__a_kasse", "course__jobcentre", "course__citizen"
    )
    found = rows.get(pk=referral.pk)
    found.activity = held
    return found


def _revoked(referral: Referral, *, reason: str, by: User | None, at: datetime) -> Revoked:
    today = timezone.localdate(at)
    if referral.state not in Referral.OPEN:
        raise Refused(gettext_noop("The referral is over already: there is nothing to revoke."))
    if not reason.strip():
        raise Refused(gettext_noop("Write why the referral is revoked."))
    released, started = ZERO, referral.state == State.STARTED
    for entry, left in () if started else _bound(referral):
        ledger.release(entry, on=today, by=by, at=at)
        released += left
    waited = referral.state == State.PROPOSED
    referral.state, referral.answer_reason = State.REVOKED, reason
    if waited:
        referral.answered_at, referral.answered_by = at, by
    if started:
        referral.ended_on = max(today, referral.started_on or today)
    referral.save()
    said: dict[str, Detail] = {"reason": reason, "released": str(released), "started": started}
    note(referral, "referral-revoked", by=by, case=referral.course_id, **said)
    settle("referral-proposed", url=referral.get_absolute_url(), by=by, at=at)
    people = {*senders(referral), *receivers(referral, on=today)}
    _tell(referral, people, "referral-revoked", by=by, at=at)
    return Revoked(referral, released)


def _check_answer(referral: Referral, by: User, *, on: date) -> None:
    if referral.referred_by_id == by.pk:
        raise Refused(gettext_noop("Somebody else must answer your referral."))
    if referral.state != State.PROPOSED or not works_for(by, referral.receiver, on=on):
        raise Refused(NOT_YOURS)


def _answer(referral: Referral, state: State, reason: str, *, by: User, at: datetime) -> None:
    referral.state, referral.answer_reason = state, reason
    referral.answered_at, referral.answered_by = at, by


def _answered(referral: Referral, *, by: User, at: datetime) -> Referral:
    """The alert goes away on the one side, and whoever referred gets one."""
    settle("referral-proposed", url=referral.get_absolute_url(), by=by, at=at)
    _tell(referral, senders(referral), "referral-answered", by=by, at=at)
    return referral


def _bound(referral: Referral) -> list[tuple[Entry, Decimal]]:
    """Where the price of a referral is bound now; collected before anything is added to it."""
    return list(bound_line(referral.bound_by)) if referral.bound_by else []


def _text(referral: Referral) -> str:
    """What the ledger says: the seat by case number and activity, no name."""
    return f"{referral.course.case_number}, {referral.activity.title}"[:160]


def _tell(
    referral: Referral, people: Iterable[User], kind: str, *, by: User | None, at: datetime
) -> None:
    number, url = referral.course.case_number, referral.get_absolute_url()
    tell(people, kind, case_number=number, url=url, at=at, by=by)
