"""Finding a citizen's course by name, case number, CPR number or phone, inside one's reach."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Lower
from django.db.models.lookups import In

from accounts.models import User
from courses.case_numbers import course_pk_of
from courses.models import Citizen, Course
from shared.cpr import BadCpr, index_of, looks_like_cpr, parse_cpr

MOST = 50
CPR_DIGITS = 10
PHONE_DIGITS = 8
SEPARATORS = re.compile(r"[\s.\-/]+")
MOST_OF_A_CPR = re.compile(r"\d{8}")
WORD = re.compile(r"[^\W_]+")
DOUBLE_A = ("aa", "å")


class By(StrEnum):
    """What a text was taken for."""

    NOTHING = "nothing"
    NAME = "name"
    CASE_NUMBER = "case_number"
    CPR = "cpr"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: courses one may open, and those of which one reads the forecast."""

    by: By
    courses: tuple[Course, ...] = ()
    forecasts: tuple[Course, ...] = ()

    @property
    def count(self) -> int:
        """How many courses were found."""
        return len(self.courses) + len(self.forecasts)

    @property
    def keys(self) -> list[int]:
        """The courses that were found, for the log of looks."""
        return sorted(course.pk for course in (*self.courses, *self.forecasts))

    @property
    def more(self) -> bool:
        """Whether there may be more than are shown."""
        return MOST in (len(self.courses), len(self.forecasts))

    @property
    def single(self) -> Course | None:
        """The one course that a number named, to be opened at once."""
        if self.by not in (By.CASE_NUMBER, By.CPR) or self.count != 1:
            return None
        return (self.courses or self.forecasts)[0]


def may_be_cpr(text: str) -> bool:
    """Whether a text may hold a CPR number, however it is broken up."""
    joined = SEPARATORS.sub("", text)
    return looks_like_cpr(text) or looks_like_cpr(joined)


def may_become_cpr(text: str) -> bool:
    """Whether a text may hold a CPR number that is still being written: eight digits or more."""
    return bool(MOST_OF_A_CPR.search(SEPARATORS.sub("", text)))


def find(text: str, *, user: User, on: date) -> Found:
    """The courses that a text names, the best first; names in Danish order, newest course first.

    A name as it was typed comes before one that only begins so: the last name counts most.
    """
    text = unicodedata.normalize("NFC", text).strip()
    by, wanted = _meant(text)
    if by is By.NOTHING:
        return Found(by)
    rank = _rank(text) if by is By.NAME else Value(0)
    order = ("rank", "citizen__sort_key", "-registered_on", "-pk")
    opened = Course.objects.visible_to(user, on=on)
    ahead = Course.objects.forecast_to(user, on=on)
    named = SearchVector("citizen__first_name", "citizen__last_name", config="simple")
    keys = [  # narrow rows are sorted: what a page shows of them is read for fifty
        list(
            rows.annotate(words=named, rank=rank)
            .filter(wanted)
            .order_by(*order)
            .values_list("pk", flat=True)[:MOST]
        )
        for rows in (opened, ahead)
    ]
    found = Course.objects.for_page().in_bulk({*keys[0], *keys[1]})
    return Found(by, *(tuple(found[pk] for pk in part if pk in found) for part in keys))


def _rank(text: str) -> Case:
    """How well a name fits: the last name is a word typed, the first name is, or neither."""
    words = [way for word in WORD.findall(text) for way in _spellings(word)]
    return Case(
        When(In(Lower("citizen__last_name"), words), then=Value(0)),
        When(In(Lower("citizen__first_name"), words), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _meant(text: str) -> tuple[By, Q]:
    """What a text is, and the condition that finds it."""
    joined = SEPARATORS.sub("", text)
    if len(joined) == CPR_DIGITS and joined.isdecimal():
        return By.CPR, _cpr(joined)
    case = course_pk_of(joined)
    if phone := _phone(joined):
        return By.PHONE, phone | Q(pk=case)
    if case is not None:
        return By.CASE_NUMBER, Q(pk=case)
    return _name(text)


def _cpr(digits: str) -> Q:
    try:
        return Q(citizen__cpr_index=index_of(parse_cpr(digits)))
    except BadCpr:
        return Q(pk__in=())


def _phone(joined: str) -> Q | None:
    """A Danish phone number, however a-kasse and caller put spaces in it."""
    national = joined.removeprefix("+45").removeprefix("0045")
    if len(national) != PHONE_DIGITS or not national.isdecimal():
        return None
    pairs = " ".join(national[start : start + 2] for start in range(0, PHONE_DIGITS, 2))
    halves = f"{national[:4]} {national[4:]}"
    ways = [
        f"{code}{way}" for way in (national, pairs, halves) for code in ("", "+45", "+45 ", "0045")
    ]
    return Q(citizen__in=Citizen.objects.filter(phone__in=ways).values("pk"))


def _name(text: str) -> tuple[By, Q]:
    """Every word as the beginning of a name; `aa` and `å` are the same."""
    terms = [" | ".join(f"'{way}':*" for way in _spellings(word)) for word in WORD.findall(text)]
    if not terms:
        return By.NOTHING, Q()
    query = SearchQuery(
        " & ".join(f"({term})" for term in terms), config="simple", search_type="raw"
    )
    return By.NAME, Q(words=query)


def _spellings(word: str) -> Iterator[str]:
    word = word.lower()
    double, single = DOUBLE_A
    yield word
    if double in word:
        yield word.replace(double, single)
    if single in word:
        yield word.replace(single, double)
