"""What a slot says of when and where people meet, as a booking takes it."""

from typing import TypedDict

from accounts.models import User
from courses.models import MeetingForm
from meetings.plans import Sitting
from slots.models import Slot


class Extra(TypedDict, total=False):
    """What a person may add to what the slot says."""

    agreed_short_notice: bool
    summon: bool
    letter_language: str
    message: str


def sitting_in(slot: Slot, worker: User | None, guest: User | None, extra: Extra) -> Sitting:
    """When and where a slot is, with who comes."""
    return Sitting(
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        form=MeetingForm(slot.form),
        room=slot.room,
        place=slot.place,
        worker=worker,
        guest=guest,
        staffs_guest=guest is not None,
        in_slot=True,
        **extra,
    )
