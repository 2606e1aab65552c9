"""The many: ordinary members of today, spread as a real a-kasse's and a city's are."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from courses.models import AbsenceKind, ChoiceKind, Insurance, Party
from desk.demo.stories import AARHUS, COPENHAGEN, Away, Chosen, Habit, Story, ago

Kind = TypeVar("Kind", bound=str)

LONGEST = 480  # days of unemployment
TYPICAL = 150
NEAR_A_DATE = [(8, 13), (82, 92), (174, 184), (174, 184), (476, 486)]  # 2 weeks, 3, 6, 16 months
OF_A_HUNDRED_NEAR = 18
SETTLING_IN = 25  # the first days of a course are left without an absence
A_KASSER = {"3f": 46, "foa": 32, "hk": 6, "metal": 4, "fak": 3, "krifa": 3, "aka": 3, "dfh": 3}
PLACES = {COPENHAGEN: 78, AARHUS: 15, "147": 3, "185": 2, "167": 2}
HABITS = {Habit.STEADY: 60, Habit.LAST_MINUTE: 35, Habit.NEGLECTED: 2, Habit.LATE: 3}
OCCUPATIONS = {
    "3f": ["lagermedarbejder", "chauffør", "tjener", "rengøringsassistent", "murerarbejdsmand"],
    "foa": ["social- og sundhedshjælper", "pædagogmedhjælper", "køkkenassistent", "portør"],
    "hk": ["kontorassistent", "butiksassistent"],
    "metal": ["smed", "industritekniker"],
    "fak": ["elektriker", "maler", "slagter"],
    "krifa": ["lagermedarbejder", "butiksassistent"],
    "aka": ["jurist", "ingeniør"],
    "dfh": ["chauffør", "butiksassistent"],
}
INTERPRETERS = ["arabisk", "polsk", "ukrainsk", "somali", "tyrkisk"]
SPELLS = [  # kind, days at least and at most, out of a hundred members
    (AbsenceKind.JOB, 10, 60, 9),
    (AbsenceKind.HOLIDAY, 5, 16, 14),
    (AbsenceKind.SICK, 3, 35, 12),
    (AbsenceKind.MATERNITY, 60, 150, 2),
    (AbsenceKind.LESS_INTENSIVE, 14, 42, 3),
    (AbsenceKind.WAGE_SUBSIDY, 30, 90, 3),
    (AbsenceKind.PART_TIME_JOB, 30, 120, 8),
]


def crowd_stories(rng: Random, today: date, count: int) -> Iterator[Story]:
    """So many ordinary members, the same ones for the same seed and day."""
    for number in range(count):
        yield _story(rng, today, number)


def _story(rng: Random, today: date, number: int) -> Story:
    near = rng.random() * 100 < OF_A_HUNDRED_NEAR
    days = rng.randrange(*rng.choice(NEAR_A_DATE)) if near else _days(rng)
    registered_on = ago(today, days)
    a_kasse = _weighed(rng, A_KASSER)
    ended_on = None if near else _ended_on(rng, registered_on, today)
    return Story(
        title=f"crowd {number}",
        a_kasse=a_kasse,
        municipality=_weighed(rng, PLACES),
        registered_on=registered_on,
        ended_on=ended_on,
        ended_reason="job" if ended_on else "",
        age=rng.randrange(19, 64),
        insured=Insurance.PART_TIME if rng.random() < 0.04 else Insurance.FULL_TIME,  # noqa: PLR2004
        special_effort=rng.random() < 0.03,  # noqa: PLR2004
        occupation=rng.choice(OCCUPATIONS[a_kasse]),
        skilled=rng.random() < 0.5,  # noqa: PLR2004
        away=() if near else tuple(_spells(rng, registered_on, today)),
        choices=tuple(_choices(rng, days, today)),
        habit=Habit.LAST_MINUTE if near else _weighed(rng, HABITS),
        reports_hours=True,
        person=_person(rng),
    )


def _days(rng: Random) -> int:
    """How long someone has been unemployed: most not long."""
    return min(int(rng.expovariate(1 / TYPICAL)) + 2, rng.randrange(2, LONGEST))


def _weighed(rng: Random, weights: Mapping[Kind, int]) -> Kind:
    return rng.choices(list(weights), list(weights.values()))[0]


def _ended_on(rng: Random, registered_on: date, today: date) -> date | None:
    """One in sixteen has ended, some days ago."""
    days = (today - registered_on).days
    if days < 40 or rng.random() > 1 / 16:  # noqa: PLR2004
        return None
    return today - timedelta(rng.randrange(1, min(days - 30, 60)))


def _spells(rng: Random, registered_on: date, today: date) -> Iterator[Away]:
    """Now and then some days away, most of them over."""
    room = (today - registered_on).days - SETTLING_IN
    for kind, shortest, longest, of_hundred in SPELLS:
        if room < shortest or rng.random() * 100 > of_hundred:
            continue
        start = registered_on + timedelta(SETTLING_IN + rng.randrange(0, room))
        hours = Decimal("14.80") if kind == AbsenceKind.PART_TIME_JOB else None
        yield Away(kind, start, start + timedelta(rng.randrange(shortest, longest)), hours)
        return


def _choices(rng: Random, days: int, today: date) -> Iterator[Chosen]:
    """Every eighth member has said whether the a-kasse is to take part."""
    if days > SETTLING_IN and rng.random() < 1 / 8:
        kind = rng.choice([ChoiceKind.WANT_OTHER_PARTY, ChoiceKind.DECLINE_OTHER_PARTY])
        yield Chosen(kind, ago(today, rng.randrange(8, days - 8)), Party.CITIZEN)


def _person(rng: Random) -> dict[str, object]:
    """What few members have: a protected address, no Digital Post, an interpreter."""
    said: dict[str, object] = {}
    if rng.random() < 0.02:  # noqa: PLR2004
        said["address_protected"] = True
    if rng.random() < 0.05:  # noqa: PLR2004
        said["digital_post_exempt"] = True
    if rng.random() < 0.06:  # noqa: PLR2004
        said["interpreter"] = rng.choice(INTERPRETERS)
    return said
