"""Made-up people: common names, and CPR numbers that no living person can have."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from courses.models import Citizen
from partnerships.reference import read
from shared.danish_order import sort_key

SUBSTITUTE = 60
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
SEVENTH = {19: "0123", 20: "4567"}  # digits that place a birth year in its century
MALE = "M"


@dataclass(slots=True)
class Crowd:
    """Where made-up people come from; the same seed makes the same people."""

    rng: Random
    first_names: list[tuple[str, str]] = field(init=False)
    last_names: list[str] = field(init=False)
    used: Counter[tuple[date, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.first_names = [(row["name"], row["sex"]) for row in read("first_names")]
        self.last_names = [row["name"] for row in read("last_names")]

    def person(self, *, age: int, on: date, **columns: object) -> Citizen:
        """Somebody of an age on a day, not yet saved."""
        first_name, sex = self.rng.choice(self.first_names)
        last_name = self.rng.choice(self.last_names)
        born_on = birthday(age, on=on, days_ago=self.rng.randrange(1, 360))
        number = self.used[born_on, sex]
        self.used[born_on, sex] += 1
        citizen = Citizen(
            first_name=first_name,
            last_name=last_name,
            sort_key=sort_key(f"{last_name}, {first_name}"),
            born_on=born_on,
            phone=f"00 {self.rng.randrange(10, 100)} {self.rng.randrange(10, 100)} 00",
        )
        numbered = Citizen.cpr_columns(fictitious_cpr(born_on, sex, number))
        for name, value in [*numbered.items(), *columns.items()]:
            setattr(citizen, name, value)
        return citizen


def birthday(age: int, *, on: date, days_ago: int) -> date:
    """A birth date that makes someone this old on a day, the birthday so many days ago."""
    day = on - timedelta(days_ago)
    return day.replace(year=day.year - age, day=min(day.day, 28))


def fictitious_cpr(born_on: date, sex: str, number: int) -> str:
    """A number with 60 added to the day of birth, which the CPR office gives nobody.

    It also fails the check of modulus 11, which every number before October 2007 passes.
    """
    head = f"{born_on.day + SUBSTITUTE:02}{born_on.month:02}{born_on.year % 100:02}"
    fitting = (one for one in _endings(born_on, sex) if not _passes_modulus_11(head + one))
    for _ in range(number):
        next(fitting)
    return head + next(fitting)


def _endings(born_on: date, sex: str) -> Iterator[str]:
    """The last four digits that fit the century of birth and the sex, in order."""
    century = 20 if born_on.year >= 2000 else 19  # noqa: PLR2004 (nobody here is older)
    for seventh in SEVENTH[century]:
        for rest in range(1000):
            if (rest % 2 == 1) == (sex == MALE):
                yield f"{seventh}{rest:03}"


def _passes_modulus_11(digits: str) -> bool:
    weighed = zip(WEIGHTS, map(int, digits), strict=True)
    return sum(weight * digit for weight, digit in weighed) % 11 == 0
