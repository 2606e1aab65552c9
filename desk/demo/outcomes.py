"""What interviews left behind: agreements, where the search for work stands, questions asked."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from accounts.models import User
from courses.models import Course, JobSearchStatus, Party
from desk.demo.diary import ZONE
from desk.demo.telling import number_of
from meetings.models import Agreed, Meeting, Participant, Question

Item, State = JobSearchStatus.Item, JobSearchStatus.State
SHOWN = timedelta(120)  # days back in which interviews left agreements
AGREEMENTS = [
    (Party.CITIZEN, "Søger to stillinger om ugen inden for lager og logistik.", 14),
    (Party.CITIZEN, "Opdaterer CV på Jobnet med kurset i truck.", 7),
    (Party.A_KASSE, "Sender liste med tre virksomheder, der søger nu.", 5),
    (Party.CITIZEN, "Kontakter tidligere arbejdsgiver om en reference.", 10),
    (Party.JOBCENTRE, "Undersøger muligheden for virksomhedspraktik.", 12),
    (Party.CITIZEN, "Skriver begge ansøgninger ind i jobloggen.", 21),
    (Party.A_KASSE, "Gennemgår krav til jobsøgning med medlemmet.", None),
]
SUMMARIES = [
    "Vi talte om jobmål og om at søge bredere i pendlingsafstand.",
    "God fremdrift: to samtaler hos arbejdsgivere siden sidst.",
    "Kort status. CV og joblog er gennemgået.",
    "",
]
STEPS = [
    "Følg op på ansøgningerne ved næste samtale.",
    "Ring efter jobmessen i næste uge.",
    "Book fælles jobsamtale inden fristen.",
]
REMARKS = {
    (Item.CV, State.NEEDS_WORK): "Sidste ansættelse mangler.",
    (Item.JOB_LOG, State.NEEDS_WORK): "Ingen jobs i de seneste to uger.",
    (Item.APPLICATIONS, State.MISSING): "Kun én ansøgning er lagt op i denne måned.",
    (Item.MIN_PLAN, State.NEEDS_WORK): "Jobmålet skal ændres.",
}
QUESTIONS = [
    (Party.JOBCENTRE, "Er jobsøgningskravene ændret siden sidst?", "Ja, de står i Min Plan."),
    (Party.A_KASSE, "Kan vi tage virksomhedspraktik med på samtalen?", ""),
    (Party.JOBCENTRE, "Deltager I fysisk eller på video?", "Vi kommer fysisk."),
    (Party.A_KASSE, "Har borgeren fået tilbud om kursus hos jer?", ""),
]  # fmt: skip


def follow_up(people: dict[str, User], *, on: date) -> None:
    """Write agreements, statuses and questions, the same for the same day."""
    held = Meeting.objects.filter(
        state=Meeting.State.HELD, starts_at__gte=datetime.combine(on - SHOWN, time(0), ZONE)
    )
    meetings = list(held.select_related("course").order_by("pk"))
    for meeting in meetings:
        _sum_up(meeting)
    told = ["agreed", "next_step", "held_form", "began_at", "lasted_minutes", "min_plan_changed"]
    Meeting.objects.bulk_update(meetings, told, batch_size=500)
    Agreed.objects.bulk_create(one for meeting in meetings for one in _agreements(meeting, on))
    active = Course.objects.active(on=on).order_by("pk")
    JobSearchStatus.objects.bulk_create(one for course in active for one in _statuses(course, on))
    Question.objects.bulk_create(_questions(people, on))


def _sum_up(meeting: Meeting) -> None:
    number = meeting.pk
    meeting.agreed = SUMMARIES[number % len(SUMMARIES)]
    meeting.next_step = STEPS[number % len(STEPS)]
    meeting.held_form = meeting.form
    meeting.began_at = meeting.starts_at + timedelta(minutes=number % 3 * 5)
    meeting.lasted_minutes = 25 + number % 4 * 5
    meeting.min_plan_changed = number % 3 == 0


def _agreements(meeting: Meeting, on: date) -> Iterator[Agreed]:
    """One to three of each interview; what is older than a month is mostly done."""
    number = meeting.pk
    for step in range(1 + number % 3):
        who, what, days = AGREEMENTS[(number + step * 3) % len(AGREEMENTS)]
        by_day = meeting.held_on + timedelta(days) if days else None
        done = meeting.held_on < on - timedelta(21) and (number + step) % 5 != 0
        yield Agreed(
            meeting=meeting,
            who=who,
            what=what,
            by_day=by_day,
            done_on=by_day or meeting.held_on + timedelta(14) if done else None,
        )


def _statuses(course: Course, on: date) -> Iterator[JobSearchStatus]:
    """Every item of most courses; a new course has not been looked at whole."""
    number, known_for = number_of(course), (on - course.starts_on).days
    for place, item in enumerate(Item):
        seen = on - timedelta((number * 7 + place * 5) % 28)
        if known_for < 14 + place * 4 or seen < course.placed_on:
            continue
        state = [State.DONE, State.DONE, State.DONE, State.NEEDS_WORK, State.DONE, State.MISSING][
            (number + place * 2) % 6
        ]
        yield JobSearchStatus(
            course=course,
            item=item,
            state=state,
            as_of=seen,
            remark=REMARKS.get((item, state), ""),
        )


def _questions(people: dict[str, User], on: date) -> Iterator[Question]:
    """Some of the joint interviews that lie ahead are asked about."""
    at = datetime.combine(on - timedelta(2), time(10, 30), ZONE)
    ahead = Meeting.objects.booked().filter(with_other_party=True, starts_at__date__gte=on)
    hosts = {
        row.meeting_id: row.worker
        for row in Participant.objects.filter(meeting__in=ahead, worker__isnull=False)
        .exclude(role=Participant.Role.ROOM)
        .select_related("worker")
        .order_by("pk")
    }
    for place, meeting in enumerate(ahead.order_by("pk")[::2]):
        party, text, answer = QUESTIONS[place % len(QUESTIONS)]
        host = hosts.get(meeting.pk) or people["sagsbehandler"]
        consultant = people["jobkonsulent"]
        asker, other = (host, consultant) if party == Party.JOBCENTRE else (consultant, host)
        yield Question(
            meeting=meeting,
            asked_by=party,
            text=text,
            asker=asker,
            asked_at=at,
            answer=answer,
            answerer=other if answer else None,
            answered_at=at + timedelta(hours=3) if answer else None,
        )
