"""What a group meeting is to be, and what is known of those who were to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from meetings.models import Enrolment, GroupMeeting, Room
from partnerships.models import Organisation


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """What, where, when, who of those that hold it, and for how many.

    `agreed_short_notice` is asked for when talks of today go along with it.
    """

    kind: GroupMeeting.Kind
    title: str
    organisation: Organisation
    starts_at: datetime
    ends_at: datetime
    form: str
    about: str = ""
    invited: Organisation | None = None
    host: User | None = None
    room: Room | None = None
    place: str = ""
    seats: int = 12
    is_mandatory: bool = True
    agreed_short_notice: bool = False

    @property
    def day(self) -> date:
        """The day in Denmark."""
        return timezone.localdate(self.starts_at)


WHERE = ("starts_at", "ends_at", "form", "room", "place")
COLUMNS = ("kind", "title", "about", "invited", "host", "seats", "is_mandatory", *WHERE)


@dataclass(frozen=True, slots=True)
class Known:
    """What calendars say of a group meeting, and who has it in theirs."""

    title: str
    kind: str
    where: tuple[object, ...]
    room: Room | None
    host: User | None
    guest: User | None
    invited: Organisation | None

    @classmethod
    def of(cls, group: GroupMeeting) -> "Known":
        """As the meeting now is."""
        where = tuple(getattr(group, name) for name in WHERE)
        return cls(
            group.title, group.kind, where, group.room, group.host, group.guest, group.invited
        )

    @property
    def workers(self) -> list[User]:
        """Who takes part for the parties."""
        return [one for one in (self.host, self.guest) if one]


@dataclass(frozen=True, slots=True)
class Came:
    """How it went for one who was to come."""

    enrolment: Enrolment
    attendance: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of several at once: who got a talk, and who did not, with why."""

    given: Sequence[Enrolment] = ()
    refused: Sequence[tuple[str, str]] = ()
