"""What a worked example is: a course as the contract takes it, and what must come out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Json = object


@dataclass(frozen=True, slots=True)
class Row:
    """One duty that the answer must hold, with the values it must have."""

    rule: str
    ordinal: int
    values: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Case:
    """One example: its number in the domain reference, its story, its input, its answer."""

    number: str
    story: str
    course: Mapping[str, Json]
    duties: tuple[Row, ...] = ()
    answer: Mapping[str, Json] = field(default_factory=dict)
    absent: tuple[str, ...] = ()


def row(rule: str, ordinal: int, due_on: str | None, **values: Json) -> Row:
    """A duty by its rule, its ordinal and its last timely day."""
    return Row(rule, ordinal, {"due_on": due_on, **values})


def course(registered_on: str, as_of: str, **told: Json) -> dict[str, Json]:
    """A course of a full-time member of 3F in Copenhagen, aged 35 in 2009."""
    return {
        "as_of": as_of,
        "born": "1974-05-02",
        "a_kasse": "3f",
        "municipality": "101",
        "registered_on": registered_on,
        **told,
    }


def absence(kind: str, first: str, last: str | None, **told: Json) -> dict[str, Json]:
    """An absence with both its days included."""
    return {"kind": kind, "from": first, "to": last, **told}


def held(kind: str, on: str, by: str, **told: Json) -> dict[str, Json]:
    """A meeting that was held."""
    return {"kind": kind, "held_on": on, "by": by, **told}


def chose(kind: str, on: str, by: str = "citizen", **told: Json) -> dict[str, Json]:
    """A choice that was made."""
    return {"kind": kind, "on": on, "by": by, **told}


def holds(party: str, first: str, last: str | None) -> dict[str, Json]:
    """An interval of who is responsible."""
    return {"party": party, "from": first, "to": last}
