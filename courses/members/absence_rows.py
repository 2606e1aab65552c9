"""Rows of absences.csv: folded among themselves first, then put beside those that stand."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_noop

from courses.members.fact_rows import members_rows, not_own
from courses.members.people import FAR, ONE_DAY, Person, Span, end_of, overlap
from courses.members.putting import AbsenceSaid, Verdict, put_absence, take_back_absence
from courses.members.rows import EMPTY, Desk, Fault, Row, StagedRow
from courses.models import AbsenceKind

ENDS_BEFORE = gettext_noop("%(value)s is before from %(other)s")
ONLY_PART_TIME = gettext_noop("only a part-time job has hours")
NONE_TO_WITHDRAW = gettext_noop("no absence of this kind begins on this day")
OVERTAKEN = gettext_noop("row %(row)s takes its place")
CUT = gettext_noop("taken only for the days of membership here")


@dataclass(slots=True)
class Folded:
    """What the rows of one citizen come to: absences that hold, and absences taken back."""

    holding: list[tuple[Row, AbsenceSaid]] = field(default_factory=list)
    taken_back: list[tuple[Row, AbsenceSaid]] = field(default_factory=list)
    undone: set[tuple[str, object]] = field(default_factory=set)


def take_absences(person: Person, staged: list[StagedRow], desk: Desk) -> None:
    """Take the absences of one citizen."""
    folded = Folded()
    for row in members_rows(person, staged, desk):
        if said := _absence(person, row, desk):
            _fold(folded, row, said, desk)
    for row, said in folded.taken_back:
        _withdraw(person, row, said, folded, desk)
    for row, said in folded.holding:
        desk.count(row, put_absence(person, said, desk.batch))


def _absence(person: Person, row: Row, desk: Desk) -> AbsenceSaid | None:
    """The absence that a row reports, on days that this a-kasse may speak of."""
    end = row.values.get("to")
    days = (row["from"], end + ONE_DAY if end else FAR)
    hours = row.values.get("hours")
    if fault := _fault(row, days) or not_own(person, days, "from"):
        desk.refuse(row, fault)
        return None
    cut = _cut(person, days)
    if cut != days:
        desk.warn(row, Fault("from", CUT))
    return AbsenceSaid(row["kind"], cut[0], end_of(cut), hours)


def _fault(row: Row, days: Span) -> Fault | None:
    if days[1] <= days[0]:
        values: dict[str, str | int] = {"value": str(row["to"]), "other": str(row["from"])}
        return Fault("to", ENDS_BEFORE, values)
    if row.values.get("withdrawn"):
        return None
    has_hours = row.values.get("hours") is not None
    if row["kind"] == AbsenceKind.PART_TIME_JOB:
        return None if has_hours else Fault("hours", EMPTY)
    return Fault("hours", ONLY_PART_TIME) if has_hours else None


def _cut(person: Person, days: Span) -> Span:
    """The days less those of a membership elsewhere: from the first own day on."""
    start, end = days
    for other in person.elsewhere:
        if other[0] <= start < other[1]:
            start = other[1]
        elif start < other[0] < end:
            end = other[0]
    return start, end


def _fold(folded: Folded, row: Row, said: AbsenceSaid, desk: Desk) -> None:
    """A later row takes the place of earlier ones of the file, as it does of those that stand."""
    withdrawn = row.values.get("withdrawn", False)
    for earlier, exactly in ((folded.holding, withdrawn), (folded.taken_back, True)):
        for other in [one for one in earlier if _meet(one[1], said, exactly=exactly)]:
            earlier.remove(other)
            _overtake(other[0], row, desk)
            folded.undone.add((said.kind, other[1].starts_on))
    (folded.taken_back if withdrawn else folded.holding).append((row, said))


def _meet(earlier: AbsenceSaid, said: AbsenceSaid, *, exactly: bool) -> bool:
    if earlier.kind != said.kind:
        return False
    if exactly:
        return earlier.starts_on == said.starts_on
    return overlap(earlier.days, said.days)


def _overtake(row: Row, by: Row, desk: Desk) -> None:
    desk.warn(row, Fault("from", OVERTAKEN, {"row": by.line}))
    desk.count(row, "same")


def _withdraw(person: Person, row: Row, said: AbsenceSaid, folded: Folded, desk: Desk) -> None:
    """Take the absence back that begins on the day; once it is taken back, that is the same."""
    key = (said.kind, said.starts_on)
    known = next((one for one in person.absences if (one.kind, one.starts_on) == key), None)
    verdict: Verdict = "same"
    if known:
        take_back_absence(person, known, desk.batch)
        verdict = "changed"
    elif key not in person.gone_absences and key not in folded.undone:
        desk.refuse(row, Fault("from", NONE_TO_WITHDRAW))
        return
    desk.count(row, verdict)
