"""The law's answer for a course in the shape of rows, so that stored and new can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from courses.facts import Told
from courses.models import Duty, MeetingKind, Party
from courses.sentences import stored
from law.answer import Answer
from law.answer import Duty as LawDuty
from law.timeline import answer
from partnerships.coverage import CoverageBook
from shared.dates import working_days_before

FORECAST_DAYS = 30
DUTY_COLUMNS = (
    "kind",
    "responsible",
    "with_party",
    "opens_on",
    "due_on",
    "latest_on",
    "late_from",
    "soon_from",
    "exempt_from",
    "exempt_to",
    "basis",
    "outcome",
    "met_on",
    "because",
    "notes",
    "certain",
)
COURSE_COLUMNS = (
    "registered_on",
    "placed_on",
    "starts_on",
    "ends_on",
    "municipality_id",
    "jobcentre_id",
    "regime",
    "eligible",
    "criteria",
    "agreement_id",
    "handover_on",
    "handover_rule",
    "handover_is_forecast",
    "jobcentre_from",
    "forecast_from",
)
WITHDRAWN = Duty.Outcome.WITHDRAWN.value

Key = tuple[str, int]
DutyRow = dict[str, Any]
Interval = tuple[str, date, date | None]


@dataclass(frozen=True, slots=True)
class Answered:
    """One course's answers as columns: its duties by rule and number, who holds it, its own."""

    course: Mapping[str, Any]
    duties: Mapping[Key, DutyRow]
    responsible: tuple[Interval, ...]

    def differs_from(self, other: "Answered") -> bool:
        """Whether storing the other would write anything."""
        return (
            self.course != other.course
            or self.responsible != other.responsible
            or _given(self.duties) != _given(other.duties)
        )

    def owes_other_times_than(self, other: "Answered") -> bool:
        """Whether joint interviews may need other published times, or others may see them."""
        return (
            self.course != other.course
            or self.responsible != other.responsible
            or _joint(self.duties) != _joint(other.duties)
        )


def _given(duties: Mapping[Key, DutyRow]) -> dict[Key, DutyRow]:
    """The duties that the law gives; withdrawn ones only keep a row for what hangs on it."""
    return {key: row for key, row in duties.items() if row["outcome"] != WITHDRAWN}


def answered(told: Told, *, areas: CoverageBook, due_soon_days: int) -> Answered:
    """What the law says of a course now, as columns."""
    said = answer(told.facts)
    responsible = tuple((one.party.value, one.starts_on, one.ends_on) for one in said.responsible)
    duties = {(one.rule, one.ordinal): duty_row(one, due_soon_days) for one in said.duties}
    return Answered(_course_row(told, said, duties, responsible, areas), duties, responsible)


def _course_row(
    told: Told,
    said: Answer,
    duties: Mapping[Key, DutyRow],
    responsible: tuple[Interval, ...],
    areas: CoverageBook,
) -> dict[str, Any]:
    facts, registration, handover = told.facts, told.registration, said.handover
    return {
        "registered_on": facts.registered_on,
        "placed_on": facts.placed_on,
        "starts_on": registration.member_from,
        "ends_on": facts.ended_on,
        "municipality_id": facts.municipality,
        "jobcentre_id": areas.jobcentre_of(facts.municipality, on=facts.ended_on or facts.as_of),
        "regime": said.regime.value,
        "eligible": said.eligible.yes if said.eligible else None,
        "criteria": [
            {"name": one.name, "ok": one.ok, "value": one.value, "source": one.source}
            for one in (said.eligible.criteria if said.eligible else ())
        ],
        "agreement_id": told.acting.agreement.pk if told.acting else None,
        "handover_on": handover.on if handover else None,
        "handover_rule": handover.rule if handover else "",
        "handover_is_forecast": handover.forecast if handover else False,
        "jobcentre_from": _jobcentre_from(told, duties, responsible),
        "forecast_from": handover.on - timedelta(FORECAST_DAYS) if handover else None,
    }


def _jobcentre_from(
    told: Told, duties: Mapping[Key, DutyRow], responsible: tuple[Interval, ...]
) -> date | None:
    """The first day on which the jobcentre has a responsibility, a duty or an interview."""
    days = [start for party, start, _ in responsible if party == Party.JOBCENTRE]
    days += [one.held_on for one in told.facts.meetings if one.by.value == Party.JOBCENTRE]
    days += [told.called_on] if told.called_on else []
    days += [
        row["opens_on"]
        for row in duties.values()
        if row["opens_on"]
        and row["outcome"] in (Duty.Outcome.PENDING, Duty.Outcome.MET, Duty.Outcome.LATE)
        and Party.JOBCENTRE in (row["responsible"], row["with_party"])
    ]
    return min(days, default=None)


def duty_row(duty: LawDuty, due_soon_days: int) -> DutyRow:
    """One duty as columns, with the day from which it is due soon."""
    exempt = duty.exempt
    return {
        "kind": duty.kind.value,
        "responsible": duty.responsible.value,
        "with_party": duty.with_party.value if duty.with_party else "",
        "opens_on": duty.opens_on,
        "due_on": duty.due_on,
        "latest_on": duty.latest_on,
        "late_from": duty.late_from,
        "soon_from": _soon_from(duty, due_soon_days),
        "exempt_from": exempt.starts_on if exempt else None,
        "exempt_to": exempt.ends_on if exempt else None,
        "basis": duty.basis.value,
        "outcome": duty.outcome.value,
        "met_on": duty.met_on,
        "because": stored(duty.because),
        "notes": [stored(note) for note in duty.notes],
        "certain": duty.certain,
    }


def _joint(duties: Mapping[Key, DutyRow]) -> dict[Key, DutyRow]:
    """The joint interviews that the law gives."""
    return {k: row for k, row in _given(duties).items() if row["kind"] == MeetingKind.JOINT}


def _soon_from(duty: LawDuty, due_soon_days: int) -> date | None:
    """So many working days before the last timely day, but never inside an exemption."""
    if duty.late_from is None:
        return None
    soon = _days_before(duty.late_from - timedelta(1), due_soon_days)
    if duty.exempt and duty.exempt.ends_on and soon in duty.exempt:
        return duty.exempt.ends_on
    return soon


@lru_cache(maxsize=20_000)
def _days_before(day: date, count: int) -> date:
    return working_days_before(day, count)


@dataclass(frozen=True, slots=True)
class Moved:
    """A duty, or the hand-over, of which another day was said before."""

    rule: str
    ordinal: int | None
    before: dict[str, str | None]
    after: dict[str, str | None]
    notes: list[dict[str, Any]]


def moves_between(before: Answered, after: Answered) -> list[Moved]:
    """What moved: only where something else was said before; a first answer moves nothing."""
    moved = [
        Moved(rule, ordinal, _shown(old), _shown(new), new["notes"])
        for (rule, ordinal), old in _given(before.duties).items()
        for new in [after.duties.get((rule, ordinal), {**old, **WITHDRAWN_ROW})]
        if _moved(old, new)
    ]
    told, tells = before.course["handover_on"], after.course["handover_on"]
    if told and told != tells:
        rule = after.course["handover_rule"] or before.course["handover_rule"]
        moved.append(
            Moved(rule, None, {"handover_on": _iso(told)}, {"handover_on": _iso(tells)}, [])
        )
    return moved


WITHDRAWN_ROW: DutyRow = {
    "outcome": WITHDRAWN,
    "met_on": None,
    "late_from": None,
    "soon_from": None,
    "exempt_from": None,
    "exempt_to": None,
}


def _moved(old: DutyRow, new: DutyRow) -> bool:
    """Whether another last day is said, or the duty went away; being met moves nothing."""
    if (old["due_on"], old["latest_on"]) != (new["due_on"], new["latest_on"]):
        return True
    gone = (Duty.Outcome.LAPSED, Duty.Outcome.WITHDRAWN, Duty.Outcome.NOT_REQUIRED)
    return (old["outcome"] in gone) != (new["outcome"] in gone)


def _shown(row: DutyRow) -> dict[str, str | None]:
    return {
        "due_on": _iso(row["due_on"]),
        "latest_on": _iso(row["latest_on"]),
        "outcome": row["outcome"],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
