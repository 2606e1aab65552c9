"""Stories of today, told back from the day of the demo: each shows one thing on screen."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from courses.models import AbsenceKind, ChoiceKind, Insurance, Party
from desk.demo.stories import AARHUS, Away, Chosen, Habit, Story, ago

SIXTEEN_MONTHS = 485  # about so many days of plain unemployment
PLACED_IN_2023 = date(2023, 11, 6)


def present_stories(today: date) -> Iterator[Story]:
    """Everything that the worklists and the course page can show of a course that runs."""
    yield from _away_today(today)
    yield from _duties_suspended(today)
    yield from _choices(today)
    yield from _people(today)
    yield from _runs_of_one_person(today)
    yield from _late(today)
    yield from _to_be_corrected(today)


def _away_today(today: date) -> Iterator[Story]:
    """Every kind of pause, running today."""
    since, until = ago(today, 12), today + timedelta(18)
    for kind, a_kasse, days in (
        (AbsenceKind.JOB, "3f", 96),
        (AbsenceKind.HOLIDAY, "foa", 61),
        (AbsenceKind.SICK, "3f", 130),
        (AbsenceKind.MATERNITY, "foa", 110),
        (AbsenceKind.LESS_INTENSIVE, "3f", 75),
        (AbsenceKind.WAGE_SUBSIDY, "foa", 160),
    ):
        yield Story(f"today: {kind.value}", a_kasse, ago(today, days), reports_hours=True,
                    away=(Away(kind, since, until),))  # fmt: skip
    two_days = Away(AbsenceKind.PART_TIME_JOB, ago(today, 45), None, Decimal("14.80"))
    yield Story("today: part_time_job", "3f", ago(today, 140), reports_hours=True,
                away=(two_days,))  # fmt: skip
    yield Story("today: sick with no end in sight", "foa", ago(today, 100), reports_hours=True,
                away=(Away(AbsenceKind.SICK, ago(today, 25)),))  # fmt: skip


def _duties_suspended(today: date) -> Iterator[Story]:
    """Interviews that nobody may be called to just now."""
    yield Story("suspended: sick when the first interview falls due", "3f", ago(today, 10),
                away=(Away(AbsenceKind.SICK, ago(today, 8)),), habit=Habit.NONE)  # fmt: skip
    to_a_job = Away(AbsenceKind.LESS_INTENSIVE, ago(today, 12), today + timedelta(25))
    yield Story("suspended: the joint interview at 16 months", "foa",
                ago(today, SIXTEEN_MONTHS - 3), reports_hours=True, habit=Habit.LAST_MINUTE,
                away=(to_a_job,))  # fmt: skip
    yield Story("suspended: sick when the CV interview falls due", "hk", ago(today, 9),
                placed_on=PLACED_IN_2023, habit=Habit.NONE,
                away=(Away(AbsenceKind.JOB, date(2023, 12, 4), ago(today, 9)),
                      Away(AbsenceKind.SICK, ago(today, 6))))  # fmt: skip


def _choices(today: date) -> Iterator[Story]:
    """What a citizen, an a-kasse or a jobcentre chose."""
    yield Story("choice: visited to the jobcentre", "3f", ago(today, 88), reports_hours=True,
                choices=(Chosen(ChoiceKind.VISITED_OUT, ago(today, 62), Party.A_KASSE,
                                reason="Har brug for en tidlig indsats i kommunen."),))  # fmt: skip
    yield Story("choice: exempted by the a-kasse", "foa", ago(today, 66), reports_hours=True,
                choices=(Chosen(ChoiceKind.EXEMPT, ago(today, 40), Party.A_KASSE,
                                reason="Har job på hånden fra næste måned."),))  # fmt: skip
    yield Story("choice: exempted by the municipality", "3f", ago(today, 135), reports_hours=True,
                choices=(Chosen(ChoiceKind.EXEMPT, ago(today, 30), Party.JOBCENTRE,
                                reason="Finder efter samtalen selv job."),))  # fmt: skip
    yield Story("choice: wants the a-kasse at the first interview in the municipality", "3f",
                ago(today, 104), reports_hours=True,
                choices=(Chosen(ChoiceKind.WANT_OTHER_PARTY, ago(today, 35)),))  # fmt: skip
    yield Story("choice: declines the a-kasse at 16 months", "foa",
                ago(today, SIXTEEN_MONTHS - 6), reports_hours=True, habit=Habit.LAST_MINUTE,
                choices=(Chosen(ChoiceKind.DECLINE_OTHER_PARTY, ago(today, 20)),))  # fmt: skip


def _people(today: date) -> Iterator[Story]:
    """What the head of a course page can say of a person."""
    yield Story("person: address protected", "3f", ago(today, 150), reports_hours=True,
                person={"address_protected": True})  # fmt: skip
    yield Story("person: exempt from Digital Post", "foa", ago(today, 118), age=61,
                reports_hours=True, person={"digital_post_exempt": True})  # fmt: skip
    yield Story("person: interpreter", "3f", ago(today, 93), reports_hours=True,
                person={"interpreter": "arabisk"}, occupation="rengøringsassistent")  # fmt: skip
    yield Story("person: graduate with a short benefit period", "aka", ago(today, 200),
                age=27, graduate=True, benefit_ends_on=today + timedelta(160),
                reports_hours=True)  # fmt: skip
    yield Story("person: part-time insured", "foa", ago(today, 121), reports_hours=True,
                insured=Insurance.PART_TIME, occupation="pædagogmedhjælper")  # fmt: skip
    yield Story("person: under special effort", "3f", ago(today, 170), reports_hours=True,
                special_effort=True, skilled=False)  # fmt: skip
    yield Story("agreement: Det Faglige Hus, expired since", "dfh", date(2025, 6, 2),
                ended_on=date(2026, 3, 2), ended_reason="job", reports_hours=True)  # fmt: skip


def _runs_of_one_person(today: date) -> Iterator[Story]:
    """Courses that end, begin again and change hands; the clock follows the person."""
    first = ago(today, 210)
    yield Story("run: until a job", "3f", first, ended_on=ago(today, 120), ended_reason="job",
                reports_hours=True)  # fmt: skip
    yield Story("run: registered again in the same benefit period", "3f", ago(today, 33),
                placed_on=first, follows="run: until a job", reports_hours=True)  # fmt: skip
    began, changed = ago(today, 150), ago(today, 60)
    yield Story("run: in 3F until a change of a-kasse", "3f", began, ended_on=changed,
                ended_reason="skiftede a-kasse", reports_hours=True)  # fmt: skip
    yield Story("run: in FOA after a change of a-kasse", "foa", began, member_from=changed,
                follows="run: in 3F until a change of a-kasse", reports_hours=True)  # fmt: skip
    yield Story("run: ended last week", "foa", ago(today, 70), ended_on=ago(today, 7),
                ended_reason="job", reports_hours=True)  # fmt: skip
    yield Story("run: of 2023, broken off by a job", "foa", PLACED_IN_2023,
                ended_on=date(2023, 12, 18), ended_reason="job")  # fmt: skip
    yield Story("run: back under the rules of 2020", "foa", ago(today, 9),
                placed_on=PLACED_IN_2023, follows="run: of 2023, broken off by a job",
                away=(Away(AbsenceKind.JOB, date(2023, 12, 18), ago(today, 9)),))  # fmt: skip
    yield Story("run: the CV interview of an old benefit period is still to come", "hk",
                ago(today, 8), placed_on=PLACED_IN_2023, habit=Habit.NONE,
                away=(Away(AbsenceKind.JOB, date(2023, 12, 4), ago(today, 8)),))  # fmt: skip


def _late(today: date) -> Iterator[Story]:
    """Interviews that were not held in time, or were held too late."""
    for a_kasse, days in (("3f", 19), ("foa", 17), ("hk", 24)):
        yield Story(f"late: first interview, {a_kasse}", a_kasse, ago(today, days),
                    habit=Habit.NONE)  # fmt: skip
    for a_kasse, days in (("3f", 205), ("foa", 196), ("metal", 215), ("3f", 188)):
        yield Story(f"late: the third in the municipality, {a_kasse} {days}", a_kasse,
                    ago(today, days), habit=Habit.NEGLECTED, reports_hours=True)  # fmt: skip
    yield Story("late: the joint interview at 16 months", "3f", ago(today, SIXTEEN_MONTHS + 12),
                habit=Habit.NEGLECTED, reports_hours=True)  # fmt: skip
    yield Story("late: held too late at 16 months", "foa", ago(today, SIXTEEN_MONTHS + 40),
                habit=Habit.LATE, reports_hours=True)  # fmt: skip
    yield Story("late: Aarhus", "3f", ago(today, 207), AARHUS, habit=Habit.NEGLECTED,
                reports_hours=True)  # fmt: skip
    yield Story("late: the CV interview of an old benefit period", "hk", ago(today, 30),
                placed_on=PLACED_IN_2023, habit=Habit.NONE,
                away=(Away(AbsenceKind.JOB, date(2023, 12, 4), ago(today, 30)),))  # fmt: skip


def _to_be_corrected(today: date) -> Iterator[Story]:
    """Courses of which something turns out to be different; `corrections` tells what."""
    yield Story("correction: hours", "3f", ago(today, 98), reports_hours=True)
    yield Story("correction: sick for longer", "foa", ago(today, 82), reports_hours=True,
                away=(Away(AbsenceKind.SICK, ago(today, 40), ago(today, 33)),))  # fmt: skip
    yield Story("correction: was not away", "3f", ago(today, 76), reports_hours=True,
                away=(Away(AbsenceKind.HOLIDAY, ago(today, 30), ago(today, 16)),))  # fmt: skip
    yield Story("correction: moved to Copenhagen", "3f", ago(today, 128), AARHUS,
                reports_hours=True)  # fmt: skip
    yield Story("correction: registered a week later", "foa", ago(today, 45), reports_hours=True)
