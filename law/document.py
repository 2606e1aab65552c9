"""docs/law.md: every rule with its source, what is unsettled, and the worked examples.

`python -m law.document` writes it, `--check` says whether it is up to date.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from law.absence import EFFECTS
from law.acts import ACTS, COUNTING
from law.cases import CASES, Case, Row
from law.clocks import Limit, SinceRegistration, SinceSick, Unemployed
from law.daily import MEASURES
from law.periods import ONE_DAY, Period
from law.rules import Act, Provision, Rule
from law.self_booking import TABLE
from law.uncertain import REGISTER, REGISTER_DATED_ON, Parameters

FILE = Path(__file__).parent.parent / "docs" / "law.md"
PREFACE = f"""# The law, as the product counts it

Written by `python -m law.document` from `law/`; do not edit it here. A rule's id is the one
it has in every answer. “Certain” is no where the rule rests on an entry of the register of
uncertainties at the end, dated {REGISTER_DATED_ON}: have those confirmed by a jurist.

Sources: S0 to S3 are the declaration of 2009, the committee paper of 2009, the agreement of
November 2009 and the letter of February 2015; V and a number is a public text in the list of
sources of the domain reference that the product was built from, as it was stored then.
"""
SHOWN_DAYS = ("due_on", "opens_on", "latest_on", "met_on")


def document() -> str:
    """The whole document."""
    parts = [
        PREFACE,
        *_counting(),
        *_absences(),
        *(line for act in ACTS for line in _act(act)),
        *_self_booking(),
        *_examples(),
        *_register(),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
    yield ""


def _counting() -> Iterator[str]:
    yield "## Counting\n"
    yield "| insurance | a weekday | a week | a month |"
    yield "| --- | --- | --- | --- |"
    for insured, measure in MEASURES.items():
        hours = (measure.day, measure.week, measure.month)
        yield f"| {insured} | {' | '.join(f'{each / 1000:g} hours' for each in hours)} |"
    yield ""
    yield from _provisions(COUNTING)


def _provisions(provisions: Sequence[Provision]) -> Iterator[str]:
    rows = [(one.id, one.text, one.source, _certain(one)) for one in provisions]
    yield from _table(("id", "rule", "source", "certain"), rows)


def _certain(one: Provision | Rule) -> str:
    return "yes" if one.certain else f"no: {', '.join(one.questions)}"


def _absences() -> Iterator[str]:
    yield "## Absences: two questions\n"
    rows = [
        (
            kind.value,
            effect.counts.value,
            "yes" if effect.excused_from is None else _excused(effect.excused_from.year),
            effect.source,
        )
        for kind, effect in EFFECTS.items()
    ]
    yield from _table(("absence", "what counts as unemployment", "must attend", "source"), rows)


def _excused(year: int) -> str:
    return "no" if year == 1 else f"no, from {year}"


def _act(act: Act) -> Iterator[str]:
    yield f"## {act.regime}: {act.name} ({_in_force(act.in_force)})\n"
    for rule in act.rules:
        yield from _rule(rule)
    yield "### Windows, responsibilities, hand-overs, choices and transitions\n"
    yield from _provisions(act.provisions)


def _self_booking() -> Iterator[str]:
    yield "## Who books a time\n"
    yield (
        "A deadline is met by any booking on or before its day, and closed by an exemption on or"
        " before it (56 exempted, 57 deprived of the right, 75 the course is with the a-kasse)."
        " What follows a missed one is done by the register of jobseekers or by people, never by"
        " the product: it is told to whoever holds the interview. Case 22 is"
        " `tests/law/test_self_booking.py`.\n"
    )
    rows = [
        (
            one.rule,
            f"{one.kind} by {one.held_by}",
            _in_force(one.period),
            "the citizen" if one.allowed else "nobody but the jobcentre",
            f"{one.missed} ({one.missed_rule})" if one.missed else "",
            one.source,
            "yes" if one.certain else f"no: {', '.join(one.questions)}",
        )
        for one in TABLE
    ]
    head = ("rule", "interview", "in force", "who books", "deadline missed", "source", "certain")
    yield from _table(head, rows)


def _in_force(period: Period) -> str:
    if period.ends_on is None:
        return f"from {period.starts_on}"
    return f"{period.starts_on} to {period.ends_on - ONE_DAY}"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id} {rule.title}\n"
    yield f"{rule.text}.\n"
    yield f"* kind {rule.kind}, owed by {rule.responsible}{_with(rule)}; {_limits(rule)}"
    if rule.named_first is not None:
        yield f"* where {rule.named_first} is owed it is the first, and this rule starts at no. 2"
    if rule.also_meets:
        yield f"* also meets the earliest open {', '.join(rule.also_meets)}"
    if rule.in_force is not None:
        yield f"* in force {_in_force(rule.in_force)}"
    yield f"* source: {rule.source}"
    yield f"* certain: {_certain(rule)}"
    yield f"* examples: {', '.join(_examples_of(rule))}\n"


def _with(rule: Rule) -> str:
    return "" if rule.with_party is None else f" with {rule.with_party}"


def _limits(rule: Rule) -> str:
    counted = list(dict.fromkeys(_limit(limit) for limit in rule.due))
    found = f"due at {', '.join(counted)}"
    if len(counted) < len(rule.due):
        found += f" ({len(rule.due)} of them)"
    if rule.every is not None:
        found += f", then every {_limit(rule.every)}"
    if rule.after is not None:
        found += f"; opens the day after {_limit(rule.after)}"
    return found


def _limit(limit: Limit) -> str:
    if isinstance(limit, SinceRegistration):
        return f"{_amount(limit.months, limit.days, 'days')} after registration"
    if isinstance(limit, SinceSick):
        return f"{limit.days} days after the first sick day"
    if isinstance(limit, Unemployed):
        return f"{_amount(limit.months, limit.weeks, 'weeks')} of unemployment"
    return f"{limit.weeks} counted weeks"


def _amount(months: int, rest: int, unit: str) -> str:
    if not months:
        return f"{rest} {unit}"
    return "1 month" if months == 1 else f"{months} months"


def _examples_of(rule: Rule) -> list[str]:
    return [case.number for case in CASES if any(row.rule == rule.id for row in case.duties)]


def _examples() -> Iterator[str]:
    yield "## Worked examples\n"
    yield "Tests run each through the timeline. All people are fictitious.\n"
    for case in CASES:
        yield from _example(case)


def _example(case: Case) -> Iterator[str]:
    yield f"### Example {case.number}\n"
    yield f"{case.story[0].upper()}{case.story[1:]}.\n"
    yield f"* {'; '.join(f'{key} {_told(value)}' for key, value in case.course.items())}"
    for key, value in case.answer.items():
        yield f"* gives {key} {_told(value)}"
    if case.absent:
        yield f"* does not give {', '.join(case.absent)}"
    yield ""
    if case.duties:
        rows = [
            (row.rule, str(row.ordinal), *(_day(row, key) for key in SHOWN_DAYS), _rest(row))
            for row in case.duties
        ]
        yield from _table(("rule", "no.", "due", "opens", "latest", "held", "and"), rows)


def _day(row: Row, key: str) -> str:
    return _told(row.values[key]) if key in row.values else ""


def _rest(row: Row) -> str:
    rest = {key: value for key, value in row.values.items() if key not in SHOWN_DAYS}
    return "; ".join(f"{key} {_told(value)}" for key, value in rest.items())


def _told(value: object) -> str:
    """A JSON value as people write it."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_told(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "; ".join(_told(each) for each in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def _register() -> Iterator[str]:
    yield f"## Register of uncertainties ({REGISTER_DATED_ON})\n"
    defaults = Parameters()
    rows = [
        (
            one.id,
            one.text,
            one.default,
            ", ".join(f"`{name}` = {_default(defaults, name)}" for name in one.parameters),
        )
        for one in REGISTER
    ]
    yield from _table(("id", "question", "default", "parameters"), rows)


def _default(defaults: Parameters, name: str) -> str:
    value = getattr(defaults, name)
    if name == "handover_hours":
        return f"{value.full_time}, part-time {value.part_time}"
    return _told(value)


def main(arguments: Sequence[str]) -> int:
    """Write the document, or say whether the written one is up to date."""
    if "--check" not in arguments:
        FILE.write_text(document(), encoding="utf-8")
        return 0
    if FILE.read_text(encoding="utf-8") == document():
        return 0
    sys.stderr.write("docs/law.md is out of date: run python -m law.document\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
