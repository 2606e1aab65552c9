"""What the citizen asks of a time, and which times fit it best."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from courses.models import MeetingForm
from slots.models import Slot
from staffing.openings import COPENHAGEN

NOON = time(12)


class Half(StrEnum):
    """A half of the day."""

    FORENOON = "forenoon"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of a time.

    The half of the day and the form are wished for: other times come after. A first day, a
    language and what the jobcentre's worker may do are conditions. An interpreter has to be
    ordered in time, unless somebody present speaks the language.
    """

    half: Half | None = None
    form: MeetingForm | None = None
    language: str = ""
    interpreter: bool = False
    not_before: date | None = None
    decide: bool = False
    grant: bool = False
    same_day: bool = False

    @property
    def ask_of_people(self) -> bool:
        """Whether not everybody will do, but only who can do something."""
        return bool(self.language or self.decide or self.grant)

    @property
    def is_wished(self) -> bool:
        """Whether a time can fit the wishes better than another."""
        return bool(self.half or self.form)

    def are_met_by(self, slot: Slot) -> bool:
        """Whether the citizen gets the half of the day and the form that were wished for."""
        clock = slot.starts_at.astimezone(COPENHAGEN).time()
        half = Half.FORENOON if clock < NOON else Half.AFTERNOON
        return (self.half or half) == half and (self.form or slot.form) == slot.form
