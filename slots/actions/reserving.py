"""Reserving times for an a-kasse, staffing them, and giving them back; each time is an act."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from meetings.collisions import seated
from partnerships.models import Organisation
from shared.refusals import Refused
from slots.access import coordinated_by
from slots.guests import Caution, check_guest
from slots.locking import locked_slot
from slots.models import Hold, Reservation, Slot, SlotBooking
from slots.planning import release_day
from slots.releasing import end_reservations, release_unused

__all__ = ["give_back", "release_unused", "reserve", "staff", "undo_reserving"]

BY_A_KASSE = Reservation.Released.BY_A_KASSE


@seated
def reserve(slot: Slot, a_kasse: Organisation, *, by: User, at: datetime) -> Reservation:
    """Keep a time for the members of an a-kasse, until it is used or released."""
    _check_coordinator(a_kasse, by, at)
    slot = _ahead(slot, at)
    if slot.a_kasse_id == a_kasse.pk:
        raise Refused(_("The time is yours already."))
    if slot.a_kasse_id:
        raise Refused(_("Another a-kasse has just reserved this time. Choose another."))
    if not slot.pool.is_published:
        raise Refused(_("The jobcentre has not published this time."))
    if not _is_open_to(slot, a_kasse):
        raise Refused(_("The jobcentre has opened this time to other a-kasser."))
    if _others_inside(slot, a_kasse):
        raise Refused(_("A member of another a-kasse is booked at this time. Choose another."))
    slot.a_kasse = a_kasse
    slot.release_on = release_day(slot.pool, slot.starts_at, on=timezone.localdate(at))
    slot.save(update_fields=["a_kasse", "release_on"])
    Hold.objects.filter(slot=slot).exclude(course__a_kasse__in=_with_merged(a_kasse)).delete()
    row = Reservation.objects.create(slot=slot, a_kasse=a_kasse, reserved_at=at, reserved_by=by)
    _note(slot, "slot-reserved", by, a_kasse)
    return row


@seated
def give_back(slot: Slot, *, by: User, at: datetime) -> Slot:
    """Let others have a time that one's a-kasse reserved; refuses once somebody is booked in it."""
    slot = _own(slot, by, at)
    a_kasse = slot.a_kasse
    if SlotBooking.objects.filter(slot=slot, is_live=True).exists():
        raise Refused(_("A member is booked at this time, so it cannot be given back."))
    end_reservations([slot], BY_A_KASSE, at=at)
    _note(slot, "slot-given-back", by, a_kasse)
    return slot


@seated
def staff(
    slot: Slot, guest: User | None, *, seen: Iterable[str] = (), by: User, at: datetime
) -> Slot:
    """Say who of the a-kasse comes; refuses who is taken, and warns once of what may be overruled.

    `seen` are the codes of the cautions that the coordinator has read.
    """
    slot = _own(slot, by, at)
    if slot.seats > 1:
        raise Refused(_("Several interviews are held at this time. Colleagues are named in each."))
    if SlotBooking.objects.filter(slot=slot, is_live=True).exists():
        raise Refused(
            _("A member is booked at this time. Answer the invitation of the interview instead.")
        )
    if guest and slot.a_kasse:
        unseen = [one for one in check_guest(slot, guest) if one.code not in set(seen)]
        if unseen:
            raise Unseen(unseen)
    slot.guest = guest
    slot.save(update_fields=["guest"])
    note(
        slot,
        "slot-staffed",
        by=by,
        case=None,
        worker=str(guest or ""),
        starts_at=slot.starts_at.isoformat(),
    )
    return slot


class Unseen(Refused):
    """Something is to be read before it is done all the same."""

    def __init__(self, cautions: Sequence[Caution]) -> None:
        super().__init__(" ".join(one.text for one in cautions))
        self.cautions = tuple(cautions)


def undo_reserving(*, by: User, made_at: datetime, at: datetime) -> tuple[int, int]:
    """Give back what a person reserved at one moment; how many went, and how many stay."""
    mine = Reservation.objects.standing().filter(reserved_by=by, reserved_at=made_at)
    gone = kept = 0
    for row in mine.select_related("slot__pool").order_by("slot_id"):
        try:
            give_back(row.slot, by=by, at=at)
            gone += 1
        except Refused:
            kept += 1
    return gone, kept


def _check_coordinator(a_kasse: Organisation, by: User, at: datetime) -> None:
    if a_kasse not in coordinated_by(by, on=timezone.localdate(at)):
        raise Refused(_("Only the a-kasse's coordinator reserves its times."))


def _ahead(slot: Slot, at: datetime) -> Slot:
    slot = locked_slot(slot)
    if slot.state != Slot.State.OPEN:
        raise Refused(_("This time has just been withdrawn. Choose another."))
    if slot.starts_at <= at:
        raise Refused(_("This time has passed."))
    return slot


def _own(slot: Slot, by: User, at: datetime) -> Slot:
    slot = _ahead(slot, at)
    if slot.a_kasse is None:
        raise Refused(_("Your a-kasse has not reserved this time."))
    _check_coordinator(slot.a_kasse, by, at)
    return slot


def _is_open_to(slot: Slot, a_kasse: Organisation) -> bool:
    named = set(slot.pool.a_kasser.values_list("pk", flat=True))
    return not named or a_kasse.pk in named


def _others_inside(slot: Slot, a_kasse: Organisation) -> bool:
    live = SlotBooking.objects.filter(slot=slot, is_live=True)
    return live.exclude(meeting__course__a_kasse__in=_with_merged(a_kasse)).exists()


def _with_merged(a_kasse: Organisation) -> list[int]:
    return list(Organisation.objects.with_predecessors(a_kasse.pk).values_list("pk", flat=True))


def _note(slot: Slot, what: str, by: User, a_kasse: Organisation | None) -> None:
    starts_at = slot.starts_at.isoformat()
    note(slot, what, by=by, case=None, a_kasse=str(a_kasse or ""), starts_at=starts_at)
