"""More or fewer seats: one party asks, the other answers, and both stand on record (S4)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from activities import parties
from activities.actions.activities import locked
from activities.models import Activity, VolumeChange
from journal.actions import note
from notices.actions import settle, tell
from shared.refusals import Refused

State = Activity.State
CHANGEABLE = (State.APPROVED, State.RUNNING)


@transaction.atomic
def ask_volume(
    activity: Activity, *, seats: int, reason: str, by: User, at: datetime
) -> VolumeChange:
    """Ask the other party for another number of seats; nothing changes before it answers."""
    activity, today = locked(activity), timezone.localdate(at)
    party = parties.binding_party(by, activity, on=today)
    if party is None:
        raise Refused(gettext_noop("Only those who bind a party may ask for other seats."))
    if activity.state not in CHANGEABLE:
        raise Refused(gettext_noop("Seats are changed by consent once the activity is approved."))
    if seats == activity.seats:
        raise Refused(gettext_noop("This is the number of seats already."))
    if not reason.strip():
        raise Refused(gettext_noop("Write why: the other party answers by that."))
    if activity.volume_changes.filter(accepted=None).exists():
        raise Refused(gettext_noop("A change of volume already waits for an answer."))
    _check_seated(activity, seats)
    change = VolumeChange.objects.create(
        activity=activity,
        seats=seats,
        seats_before=activity.seats,
        reason=reason,
        party=party,
        asked_at=at,
        asked_by=by,
    )
    note(activity, "volume-asked", by=by, case=None, **_said(change), reason=reason)
    others = [one for one in parties.parties_of(activity) if one.kind != party.kind]
    people = parties.deciders_at(others, on=today)
    url = activity.get_absolute_url()
    tell(people, "volume-asked", case_number="", url=url, at=at, about=activity.title[:80], by=by)
    return change


@transaction.atomic
def answer_volume(change: VolumeChange, *, accept: bool, by: User, at: datetime) -> VolumeChange:
    """The other party consents, or not; whoever asked is told."""
    activity = locked(change.activity)
    change = activity.volume_changes.select_for_update(of=("self",)).get(pk=change.pk)
    change.activity = activity
    if change.accepted is not None:
        raise Refused(gettext_noop("The change is answered already."))
    if parties.answering_party(by, change, on=timezone.localdate(at)) is None:
        raise Refused(gettext_noop("The other party answers a change of volume."))
    if accept:
        _accept(activity, change)
    change.accepted, change.answered_at, change.answered_by = accept, at, by
    change.save(update_fields=["accepted", "answered_at", "answered_by"])
    slug = "volume-accepted" if accept else "volume-declined"
    note(activity, slug, by=by, case=None, **_said(change))
    url = activity.get_absolute_url()
    settle("volume-asked", url=url, by=by, at=at)
    about = activity.title[:80]
    tell([change.asked_by], "volume-answered", case_number="", url=url, at=at, about=about, by=by)
    return change


def _accept(activity: Activity, change: VolumeChange) -> None:
    if activity.state not in CHANGEABLE:
        raise Refused(gettext_noop("Seats are changed by consent once the activity is approved."))
    _check_seated(activity, change.seats)
    activity.seats = change.seats
    activity.save(update_fields=["seats"])


def _check_seated(activity: Activity, seats: int) -> None:
    taken = activity.referrals.seated().count()
    if seats < taken:
        raise Refused(
            gettext_noop("%(taken)d seats are taken: there cannot be fewer."), taken=taken
        )


def _said(change: VolumeChange) -> dict[str, str]:
    before = "" if change.seats_before is None else str(change.seats_before)
    return {"seats_before": before, "seats_wanted": str(change.seats)}
