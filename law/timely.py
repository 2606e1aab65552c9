"""Days that the timeline of one course cannot carry: trial, notice, sickness, information."""

from collections.abc import Mapping
from datetime import date, timedelta

from law.facts import Hours, Month
from law.periods import ONE_DAY, add_months, month_end
from law.uncertain import HandoverHours, Parameters
from law.vocabulary import Insurance

TRIAL_EXEMPTION = 75
"""The exemption the a-kasse creates: “Kontaktforløb er hos a-kassen”."""

INFORMATION = timedelta(weeks=1)
SICKNESS_TALK = timedelta(weeks=4)


def handover_hours(insured: Insurance, hours: HandoverHours) -> int:
    """The hours an a-kasse keeps a member for, by insurance (R20-14, R24-05)."""
    return hours.full_time if insured is Insurance.FULL_TIME else hours.part_time


def trial_ends_on(
    reported: Mapping[Month, Hours],
    insured: Insurance = Insurance.FULL_TIME,
    *,
    left_out_on: date | None = None,
    parameters: Parameters | None = None,
) -> date | None:
    """R20-14, R20-15: the last day of the a-kasse trial of 2020-2023, with exemption 75.

    It is the end of the month in which more than the hours were paid; months with a job
    add nothing and end nothing. A move, a change of a-kasse or a visiting out on
    `left_out_on` ends it at once: the day before is the last one.
    """
    told = parameters or Parameters()
    limit = handover_hours(insured, told.handover_hours) * 1000
    paid, last = 0, None
    for (year, month), hours in sorted(reported.items()):
        paid += round(float(hours) * 1000)
        if paid > limit or (paid == limit and not told.handover_strict):
            last = month_end(date(year, month, 1))
            break
    if left_out_on is not None and (last is None or left_out_on <= last):
        return left_out_on - ONE_DAY
    return last


def exemption_on(day: date, starts_on: date, trial_ends: date | None) -> int | None:
    """The exemption a member of the trial carries on a day, job months included."""
    inside = starts_on <= day and (trial_ends is None or day <= trial_ends)
    return TRIAL_EXEMPTION if inside else None


def agreement_ends_on(notice_on: date, months: int, fixed_end_on: date | None) -> date:
    """The first day without an agreement, ended by notice; no later than its own term.

    Half-open: the day of notice some months later, on that month's last day where it has
    no such day (the clamped end).
    """
    ends_on = add_months(notice_on, months)
    return ends_on if fixed_end_on is None else min(ends_on, fixed_end_on)


def sickness_talk_due_on(sick_from: date) -> date:
    """R09-07: the last timely day of the talk, 4 weeks after the first sick day."""
    return sick_from + SICKNESS_TALK


def information_due_on(talk_held_on: date) -> date:
    """R09-07: the last day to tell the municipality what the talk said, 1 week after it."""
    return talk_held_on + INFORMATION
