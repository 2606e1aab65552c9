"""From the JSON of the timeline contract to the facts of a course; strict, field by field."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from law.acts import FIRST_DAY, RULES
from law.agreements import SHIPPED
from law.facts import Absence, Choice, CourseFacts, HeldMeeting, Month, Terms, YoungGroup
from law.fields import (
    Json,
    Reader,
    a_bool,
    a_date,
    a_list,
    a_text,
    a_whole_number,
    a_word,
    an_object,
    any_text,
    below,
    hours_up_to,
    nullable,
    once,
    optional,
    refuse,
    required,
    shown,
)
from law.periods import ONE_DAY
from law.uncertain import HandoverHours, Parameters
from law.vocabulary import AbsenceKind, ChoiceKind, Insurance, MeetingKind, Party

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
FIRST_YEAR = 1900
MOST_MONTHLY_HOURS = 250
MOST_WEEKLY_HOURS = 37
AUTHORITIES = (Party.A_KASSE, Party.JOBCENTRE)
POSTPONING = ("rule", "ordinal", "to")

a_number = a_whole_number(0, 3650)


def an_absence(path: str, value: Json) -> Absence:
    """One absence; the contract's last day becomes the first day after it."""
    given = an_object(path, value, ("kind", "from", "to", "hours"))
    kind = required(path, given, "kind", a_word(AbsenceKind))
    starts_on = required(path, given, "from", a_date)
    last_on = nullable(a_date)(below(path, "to"), given.get("to"))
    if last_on is not None and last_on < starts_on:
        refuse(below(path, "to"), f"{last_on} is before from {starts_on}")
    hours = nullable(hours_up_to(MOST_WEEKLY_HOURS))(below(path, "hours"), given.get("hours"))
    if kind is AbsenceKind.PART_TIME_JOB and hours is None:
        refuse(below(path, "hours"), "is required for part_time_job")
    if kind is not AbsenceKind.PART_TIME_JOB and hours is not None:
        refuse(below(path, "hours"), f"belongs to part_time_job, not to {kind}")
    return Absence(kind, starts_on, None if last_on is None else last_on + ONE_DAY, hours)


def a_rule(path: str, value: Json) -> str:
    """The id of a rule that gives duties."""
    if isinstance(value, str) and value in RULES:
        return value
    return refuse(path, f"{shown(value)} is no rule with duties")


def a_choice(path: str, value: Json) -> Choice:
    """One choice; a postponement says which duty and until when."""
    given = an_object(path, value, ("kind", "on", "by", *POSTPONING))
    kind = required(path, given, "kind", a_word(ChoiceKind))
    choice = Choice(
        kind, required(path, given, "on", a_date), required(path, given, "by", a_word(Party))
    )
    if kind is ChoiceKind.POSTPONE:
        return replace(
            choice,
            rule=required(path, given, "rule", a_rule),
            ordinal=required(path, given, "ordinal", a_whole_number(1, 1000)),
            to=required(path, given, "to", a_date),
        )
    for key in POSTPONING:
        if given.get(key) is not None:
            refuse(below(path, key), f"belongs to postpone, not to {kind}")
    return choice


def a_meeting(path: str, value: Json) -> HeldMeeting:
    """One held meeting."""
    given = an_object(path, value, ("kind", "held_on", "by", "registered_type"))
    by = required(path, given, "by", a_word(Party))
    if by not in AUTHORITIES:
        refuse(below(path, "by"), f"{by} is none of {', '.join(AUTHORITIES)}")
    registered = nullable(a_number)(below(path, "registered_type"), given.get("registered_type"))
    return HeldMeeting(
        required(path, given, "kind", a_word(MeetingKind)),
        required(path, given, "held_on", a_date),
        by,
        registered,
    )


def hours_by_month(path: str, value: Json) -> dict[Month, float]:
    """The benefit hours an a-kasse reported, keyed by (year, month)."""
    if not isinstance(value, dict):
        refuse(path, f"{shown(value)} is no object")
    once(path, value)
    read = hours_up_to(MOST_MONTHLY_HOURS)
    reported = {}
    for key, hours in value.items():
        month = MONTH.fullmatch(key)
        if month is None or int(month[1]) < FIRST_YEAR:
            refuse(below(path, key), "is no month (YYYY-MM)")
        reported[int(month[1]), int(month[2])] = read(below(path, key), hours)
    return reported


def a_young_group(path: str, value: Json) -> YoungGroup:
    """Young members whom an agreement includes."""
    given = an_object(path, value, ("a_kasse", "from_age", "to_age"))
    group = YoungGroup(
        required(path, given, "a_kasse", a_text),
        required(path, given, "from_age", a_number),
        required(path, given, "to_age", a_number),
    )
    if group.to_age < group.from_age:
        refuse(below(path, "to_age"), f"{group.to_age} is less than from_age {group.from_age}")
    return group


TERMS: Mapping[str, Reader[object]] = {
    "first_meetings_at_a_kasse": a_number,
    "window_weeks": a_number,
    "min_age": a_number,
    "exclude_special_effort": a_bool,
    "young_groups": a_list(a_young_group),
    "a_kasser": a_list(a_text),
    "municipalities": a_list(a_text),
    "in_force_from": a_date,
    "in_force_to": nullable(a_date),
    "first_joint_from": nullable(a_date),
    "free_municipality": a_bool,
    "due_soon_days": a_number,
}
NEEDED_TERMS = ("a_kasser", "municipalities", "in_force_from")


def an_agreement(path: str, value: Json) -> Terms:
    """The slug of a shipped agreement, or its terms; a last day becomes the day after it."""
    if isinstance(value, str):
        if value not in SHIPPED:
            refuse(path, f"no agreement {shown(value)} is shipped, only {', '.join(SHIPPED)}")
        return SHIPPED[value]
    given = an_object(path, value, TERMS)
    for key in NEEDED_TERMS:
        required(path, given, key, TERMS[key])
    read: dict[str, Any] = {key: TERMS[key](below(path, key), item) for key, item in given.items()}
    terms = Terms(**read)
    if terms.in_force_to is None:
        return terms
    if terms.in_force_to < terms.in_force_from:
        refuse(
            below(path, "in_force_to"),
            f"{terms.in_force_to} is before in_force_from {terms.in_force_from}",
        )
    return replace(terms, in_force_to=terms.in_force_to + ONE_DAY)


def handover_hours(path: str, value: Json) -> HandoverHours:
    """The hours an a-kasse keeps a member for, by insurance."""
    given = an_object(path, value, ("full_time", "part_time"))
    return HandoverHours(**{key: a_number(below(path, key), item) for key, item in given.items()})


PARAMETERS: Mapping[str, Reader[object]] = {
    "cv_days_2009": nullable(a_number),
    "cv_three_weeks_from": nullable(a_date),
    "sick_days_counted": a_number,
    "handover_hours": handover_hours,
    "handover_strict": a_bool,
    "count_prior_akasse": a_bool,
    "sickness_talk_from": nullable(a_date),
    "sickness_talk_to": nullable(a_date),
    "first_interview_days_2026": a_number,
    "catch_up_days": a_number,
    "postpone_days": a_number,
}


def some_parameters(path: str, value: Json) -> Parameters:
    """The uncertain values that a course sets differently."""
    given = an_object(path, value, PARAMETERS)
    read: dict[str, Any] = {
        key: PARAMETERS[key](below(path, key), item) for key, item in given.items()
    }
    return Parameters(**read)


COURSE = (
    "as_of",
    "born",
    "insured",
    "special_effort",
    "a_kasse",
    "municipality",
    "registered_on",
    "placed_on",
    "ended_on",
    "ended_reason",
    "absences",
    "reported_hours",
    "agreement",
    "choices",
    "meetings",
    "parameters",
)


def read_course(value: Json) -> CourseFacts:
    """The facts of one course, or `BadInput` that names the first field that is wrong."""
    given = an_object("", value, COURSE)
    as_of = required("", given, "as_of", a_date)
    registered_on = required("", given, "registered_on", a_date)
    placed_on = optional(given, "placed_on", nullable(a_date), None)
    facts = CourseFacts(
        as_of=as_of,
        born=required("", given, "born", a_date),
        a_kasse=required("", given, "a_kasse", a_text),
        municipality=required("", given, "municipality", a_text),
        registered_on=registered_on,
        placed_on=registered_on if placed_on is None else placed_on,
        insured=optional(given, "insured", a_word(Insurance), Insurance.FULL_TIME),
        special_effort=optional(given, "special_effort", a_bool, default=False),
        ended_on=optional(given, "ended_on", nullable(a_date), None),
        ended_reason=optional(given, "ended_reason", nullable(any_text), None),
        absences=optional(given, "absences", a_list(an_absence), ()),
        reported_hours=optional(given, "reported_hours", hours_by_month, {}),
        agreement=optional(given, "agreement", nullable(an_agreement), None),
        choices=optional(given, "choices", a_list(a_choice), ()),
        meetings=optional(given, "meetings", a_list(a_meeting), ()),
        parameters=optional(given, "parameters", some_parameters, Parameters()),
    )
    _check_order(facts)
    return facts


def _check_order(facts: CourseFacts) -> None:
    """The days of a course that must follow each other."""
    if facts.born >= facts.registered_on:
        refuse("born", f"{facts.born} is not before registered_on {facts.registered_on}")
    if facts.placed_on < FIRST_DAY:
        refuse("placed_on", f"{facts.placed_on} is before the first act, {FIRST_DAY}")
    if facts.ended_on is not None and facts.ended_on <= facts.registered_on:
        refuse("ended_on", f"{facts.ended_on} is not after registered_on {facts.registered_on}")
