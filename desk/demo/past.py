"""Stories of the past: every set of rules since 2009, each course long ended."""

from collections.abc import Iterator
from datetime import date

from courses.models import AbsenceKind, ChoiceKind, MeetingKind, Party
from desk.demo.stories import AARHUS, Away, Chosen, Habit, Held, Story

JOB = "job"


def past_stories() -> Iterator[Story]:
    """Courses under the rules of 2009, 2015 and 2020, and those that lived through a change."""
    yield from _rules_of_2009()
    yield from _rules_of_2015()
    yield from _rules_of_2020()


def _rules_of_2009() -> Iterator[Story]:
    start = date(2009, 8, 3)
    yield Story("2009: two interviews in the a-kasse, then the jobcentre", "3f", start,
                ended_on=date(2010, 5, 3), age=42, ended_reason=JOB)  # fmt: skip
    yield Story("2009: a job in between moves the due weeks", "foa", start, age=50,
                away=(Away(AbsenceKind.JOB, date(2009, 9, 7), date(2009, 10, 3)),),
                ended_on=date(2010, 4, 6), ended_reason=JOB)  # fmt: skip
    yield Story("2009: under 30, so outside the agreement", "metal", date(2009, 9, 14), age=27,
                ended_on=date(2010, 2, 1), ended_reason=JOB)  # fmt: skip
    yield Story("2009: chooses the jobcentre from the start", "tib", start, age=45,
                choices=(Chosen(ChoiceKind.CHOOSE_JOBCENTRE, date(2009, 8, 5),
                                reason="Ønsker kontakten i jobcenteret."),),
                ended_on=date(2011, 1, 1), ended_reason="a-kassen blev en del af 3F")  # fmt: skip
    yield Story("2011: the same member, now in 3F", "3f", start, member_from=date(2011, 1, 1),
                follows="2009: chooses the jobcentre from the start",
                ended_on=date(2011, 3, 1), ended_reason=JOB)  # fmt: skip
    yield Story("2009: under special effort, so outside the agreement", "foa", date(2009, 10, 5),
                special_effort=True, ended_on=date(2010, 3, 1), ended_reason=JOB)  # fmt: skip
    yield Story("2010: sick, follow-up talk within four weeks", "foa", date(2009, 11, 2), age=38,
                away=(Away(AbsenceKind.SICK, date(2010, 2, 1), date(2010, 3, 15)),),
                ended_on=date(2010, 6, 7), ended_reason=JOB)  # fmt: skip
    yield Story("2010: well again before the talk was due", "3f", date(2009, 11, 2), age=38,
                away=(Away(AbsenceKind.SICK, date(2010, 2, 1), date(2010, 2, 13)),),
                ended_on=date(2010, 4, 5), ended_reason=JOB)  # fmt: skip
    yield Story("2010: everything a little too late", "metal", date(2010, 3, 1), age=52,
                away=(Away(AbsenceKind.SICK, date(2010, 5, 3), date(2010, 7, 1)),),
                habit=Habit.LATE, ended_on=date(2010, 12, 1), ended_reason=JOB)  # fmt: skip
    yield Story("2009: called to a recruitment meeting", "3f", date(2009, 9, 7), age=36,
                held=(Held(MeetingKind.RECRUITMENT, date(2009, 9, 23), Party.JOBCENTRE),),
                ended_on=date(2009, 12, 1), ended_reason=JOB)  # fmt: skip


def _rules_of_2015() -> Iterator[Story]:
    yield Story("2014: from the rules of 2009 into those of 2015", "hk", date(2014, 11, 3),
                ended_on=date(2015, 12, 1), ended_reason=JOB)  # fmt: skip
    yield Story("2015: the first joint interview is still voluntary", "hk", date(2015, 8, 3),
                age=33, ended_on=date(2016, 12, 15), ended_reason=JOB)  # fmt: skip
    yield Story("2016: an interview is postponed", "3f", date(2016, 8, 1),
                away=(Away(AbsenceKind.HOLIDAY, date(2016, 10, 24), date(2016, 11, 5)),),
                choices=(Chosen(ChoiceKind.POSTPONE, date(2016, 11, 10), Party.JOBCENTRE,
                                rule="R15-02", ordinal=4, to=date(2016, 12, 9),
                                reason="Kursus i ugen op til fristen."),),
                ended_on=date(2017, 6, 1), ended_reason=JOB)  # fmt: skip
    yield Story("2018: declines the a-kasse for one interview", "krifa", date(2018, 3, 5),
                choices=(Chosen(ChoiceKind.DECLINE_OTHER_PARTY, date(2018, 3, 20)),),
                ended_on=date(2018, 11, 1), ended_reason=JOB)  # fmt: skip
    yield Story("2018: too late, and only just begun", "aka", date(2018, 5, 7),
                municipality=AARHUS, age=29, habit=Habit.LATE,
                ended_on=date(2018, 10, 1), ended_reason=JOB)  # fmt: skip


def _rules_of_2020() -> Iterator[Story]:
    yield Story("2019: from the rules of 2015 into those of 2020", "3f", date(2019, 11, 4),
                ended_on=date(2020, 12, 1), ended_reason=JOB)  # fmt: skip
    yield Story("2020: the months of the epidemic do not count", "foa", date(2020, 2, 3),
                ended_on=date(2021, 8, 2), ended_reason=JOB)  # fmt: skip
    yield Story("2021: nobody asks for the first joint interview", "foa", date(2021, 8, 2),
                ended_on=date(2022, 12, 1), ended_reason=JOB)  # fmt: skip
    yield Story("2022: asks for a joint interview", "metal", date(2022, 1, 10),
                choices=(Chosen(ChoiceKind.ASK_JOINT, date(2022, 2, 14)),),
                ended_on=date(2022, 9, 1), ended_reason=JOB)  # fmt: skip
    yield Story("2022: less intensive effort before a job", "hk", date(2022, 3, 7),
                away=(Away(AbsenceKind.LESS_INTENSIVE, date(2022, 5, 2), date(2022, 6, 13)),),
                ended_on=date(2022, 6, 13), ended_reason=JOB)  # fmt: skip
