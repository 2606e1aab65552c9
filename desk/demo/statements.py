"""What three citizens of the demo world have stated by the link in their summons, unanswered."""

from datetime import date, datetime, time

from accounts.models import User
from courses.models import Party
from courses.participation import citizen_chooses
from desk.demo.diary import ZONE
from meetings.models import CitizenLink, Meeting
from selfservice import actions
from selfservice.models import Statement
from selfservice.offered import proposals

Kind = Statement.Kind
MOST_TRIED = 20


def state_some(people: dict[str, User], *, on: date) -> None:
    """One is ill, one asks for another time, one wants to come without the a-kasse."""
    at = datetime.combine(on, time(7, 12), ZONE)
    links = CitizenLink.objects.filter(
        meeting__state=Meeting.State.BOOKED,
        meeting__held_by=Party.JOBCENTRE,
        meeting__starts_at__date__gt=on,
        meeting__participants__worker=people["sagsbehandler"],
    )
    wanted = [Kind.SICK, Kind.OTHER_TIME, Kind.WITHOUT]
    rows = links.select_related("meeting__course__citizen", "meeting__duty")
    for link in rows.order_by("meeting__starts_at", "pk").distinct()[:MOST_TRIED]:
        kind = next((one for one in wanted if _may(link.meeting, one)), None)
        if kind:
            wanted.remove(kind)
            _state(link, kind, at=at)


def _may(meeting: Meeting, kind: Statement.Kind) -> bool:
    """Whether an interview is one of which this can be stated."""
    chooses = citizen_chooses(meeting.duty) and meeting.with_other_party
    return kind == Kind.SICK or chooses


def _state(link: CitizenLink, kind: Statement.Kind, *, at: datetime) -> None:
    free = proposals(link.meeting, at=at)[:1] if kind == Kind.OTHER_TIME else []
    slot = free[0].slot if free else None
    actions.opened(link, at=at)
    actions.state(link, kind, at=at, slot=slot, wanted_at=slot.starts_at if slot else None)
