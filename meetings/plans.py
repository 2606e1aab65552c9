"""What an interview is to be, and where people are to sit: what a booking is asked with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from accounts.models import User
from courses.models import Course, Duty, HeldMeeting, MeetingForm, MeetingKind, Party
from law.acts import ACTS
from meetings.models import Meeting, Room
from partnerships.models import Organisation

# Which of the joint interviews of its act a rule asks for: the first, the second, the third.
JOINT_NUMBERS = {
    rule.id: number
    for act in ACTS
    for number, rule in enumerate(
        (rule for rule in act.rules if rule.kind.value == MeetingKind.JOINT), start=1
    )
}
OTHER = {Party.A_KASSE: Party.JOBCENTRE, Party.JOBCENTRE: Party.A_KASSE}


@dataclass(frozen=True, slots=True)
class Purpose:
    """What the interview is: its kind, who holds it, the duty it is to meet, who else comes."""

    kind: MeetingKind
    held_by: Party
    duty: Duty | None = None
    with_other_party: bool = False

    def organisation(self, course: Course) -> Organisation:
        """The party of the course that holds the interview."""
        return course.a_kasse if self.held_by == Party.A_KASSE else course.jobcentre

    def ordinal(self, course: Course) -> int | None:
        """The number of the interview: a joint one's among the joint ones, else its duty's."""
        if self.kind != MeetingKind.JOINT:
            return self.duty.ordinal if self.duty else None
        if self.duty and self.duty.rule in JOINT_NUMBERS:
            return JOINT_NUMBERS[self.duty.rule]
        held = HeldMeeting.objects.standing().filter(
            citizen=course.citizen_id, kind=MeetingKind.JOINT, held_on__gte=course.placed_on
        )
        return held.count() + 1


def purpose_of(meeting: Meeting) -> Purpose:
    """What a booked interview is."""
    return Purpose(
        MeetingKind(meeting.kind), Party(meeting.held_by), meeting.duty, meeting.with_other_party
    )


@dataclass(frozen=True, slots=True)
class Sitting:
    """When and where people meet, and who of the party that holds the interview.

    `guest` is who comes for the invited party, where that is known at once: then `staffs_guest`,
    also to say that who was known is so no longer. `message` stands in the summons.
    """

    starts_at: datetime
    ends_at: datetime
    form: MeetingForm
    room: Room | None = None
    place: str = ""
    worker: User | None = None
    agreed_short_notice: bool = False
    summon: bool = True
    letter_language: str = "da"
    message: str = ""
    guest: User | None = None
    staffs_guest: bool = False
    in_slot: bool = False

    @property
    def day(self) -> date:
        """The day in Denmark."""
        return timezone.localdate(self.starts_at)


@dataclass(frozen=True, slots=True)
class Reply:
    """Whether the invited party comes, who, or why not."""

    comes: bool
    worker: User | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One thing that was agreed: who does what, by which day."""

    who: Party
    what: str
    by_day: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """How an interview went: who came, what was agreed, and what it was registered as.

    `form` is empty when people met as booked; times are asked for only where they differ.
    """

    attendance: Mapping[str, str]
    agreed: str = ""
    next_step: str = ""
    registered_type: int | None = None
    agreements: Sequence[Agreement] = ()
    form: MeetingForm | None = None
    began_at: datetime | None = None
    lasted_minutes: int | None = None
    min_plan_changed: bool | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """What is known when the citizen did not come."""

    lawful_absence: str
    contact_attempts: str = ""
    contact_again_at: datetime | None = None
    explanation: str = ""
    attendance: Mapping[str, str] = field(default_factory=dict)
