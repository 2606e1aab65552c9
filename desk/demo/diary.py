"""Who meets whom when and where: free times of workers and rooms, and the rows of interviews."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from courses.models import Course, Duty, MeetingKind, Party
from desk.demo.telling import number_of
from meetings.models import Meeting, Participant, Room

ZONE = ZoneInfo("Europe/Copenhagen")
LENGTH = timedelta(minutes=40)
TIMES = [
    time(8, 30),
    time(9, 15),
    time(10, 0),
    time(10, 45),
    time(12, 30),
    time(13, 15),
    time(14, 0),
]
FORMS = ["in_person", "in_person", "video", "phone"]
TYPES = {MeetingKind.CV: 10, MeetingKind.JOINT: 17, MeetingKind.JOB: 7}
CAME = Participant.Attendance.CAME
EXPECTED = Participant.Attendance.EXPECTED


@dataclass(frozen=True, slots=True)
class Staff:
    """The people and rooms of one organisation."""

    workers: Sequence[User]
    rooms: Sequence[Room]


@dataclass(slots=True)
class Diary:
    """Interviews to be written, and who and what is taken when."""

    staff: dict[int, Staff]
    taken: set[tuple[object, date, time]] = field(default_factory=set)
    meetings: list[Meeting] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)

    def enter(
        self,
        course: Course,
        duty: Duty | None,
        day: date,
        *,
        host: User | None = None,
        at: time | None = None,
        **columns: Any,  # noqa: ANN401 (columns)
    ) -> Meeting:
        """Put an interview in the diary: with the host, or whoever has time."""
        usual = duty.responsible if duty else Party.JOBCENTRE
        held_by = Party(columns.get("held_by", usual))
        home = course.a_kasse_id if held_by == Party.A_KASSE else course.jobcentre_id
        worker, start = self._worker(home, self._at_home(home, host, course), day, at)
        form = "in_person" if duty and duty.ordinal == 1 else FORMS[number_of(course) % len(FORMS)]
        room = self._room(home, day, start) if form == "in_person" else None
        starts_at = datetime.combine(day, start, ZONE)
        meeting = Meeting(
            **{
                "course": course,
                "duty": duty,
                "kind": duty.kind if duty else MeetingKind.RECRUITMENT,
                "ordinal": duty.ordinal if duty else None,
                "held_by": held_by,
                "organisation_id": home,
                "with_other_party": bool(duty and duty.with_party),
                "starts_at": starts_at,
                "ends_at": starts_at + LENGTH,
                "form": form,
                "room": room,
                "booked_by": worker,
            }
            | columns
        )
        self.meetings.append(meeting)
        self._seat(meeting, worker, room)
        return meeting

    def write(self) -> None:
        """Write the interviews and who takes part in them."""
        Meeting.objects.bulk_create(self.meetings)
        for participant in self.participants:
            participant.meeting_id = participant.meeting.pk  # type: ignore[union-attr]  # it has one
        Participant.objects.bulk_create(self.participants)

    def _at_home(self, home: int, host: User | None, course: Course) -> User | None:
        """The host if they work there, or who has the course there: nobody hosts elsewhere."""
        staff = self.staff.get(home)
        there = staff.workers if staff else []
        return next(
            (one for one in (host, course.consultant, course.caseworker) if one in there), None
        )

    def _worker(
        self, home: int, host: User | None, day: date, at: time | None
    ) -> tuple[User | None, time]:
        """Somebody with time on that day, the host first, and when."""
        staff = self.staff.get(home)
        others = [one for one in staff.workers if one != host] if staff else []
        for worker in [host, *others] if host else others:
            for start in [at] if at else TIMES:
                if self._take(worker, day, start):
                    return worker, start
        return None, at or TIMES[0]

    def _room(self, home: int, day: date, start: time) -> Room | None:
        staff = self.staff.get(home)
        free = (room for room in (staff.rooms if staff else ()) if self._take(room, day, start))
        return next(free, None)

    def _take(self, what: object, day: date, start: time) -> bool:
        """Whether someone or something was free, and is now taken."""
        key = (what, day, start)
        if key in self.taken:
            return False
        self.taken.add(key)
        return True

    def _seat(self, meeting: Meeting, worker: User | None, room: Room | None) -> None:
        """Say who takes part; who came where the interview is over."""
        came = CAME if meeting.state == Meeting.State.HELD else EXPECTED
        absent = meeting.state == Meeting.State.NO_SHOW
        citizen = Participant.Attendance.ABSENT if absent else came
        host = Participant.Role(meeting.held_by)
        self._add(meeting, Participant.Role.CITIZEN, citizen, citizen_id=meeting.course.citizen_id)
        self._add(meeting, host, CAME if absent else came, worker=worker)
        if room:
            self._add(meeting, Participant.Role.ROOM, came, room=room)
        if meeting.with_other_party:
            jobcentre = host == Participant.Role.JOBCENTRE
            other = Participant.Role.A_KASSE if jobcentre else Participant.Role.JOBCENTRE
            self._add(meeting, other, came)

    def _add(
        self,
        meeting: Meeting,
        role: Participant.Role,
        attendance: str,
        **who: Any,  # noqa: ANN401 (a column)
    ) -> None:
        self.participants.append(
            Participant(
                meeting=meeting,
                role=role,
                attendance=attendance,
                starts_at=meeting.starts_at,
                ends_at=meeting.ends_at,
                **who,
            )
        )


def settled(meeting_type: str, at: datetime) -> dict[str, Any]:
    """The columns of an interview that was held."""
    return {
        "state": Meeting.State.HELD,
        "settled_at": at,
        "registered_type": TYPES.get(MeetingKind(meeting_type)),
    }
