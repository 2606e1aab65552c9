"""How the dates of a course follow from its own numbers, one rule after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.clocks import Threshold
from courses.course_page import CoursePage
from courses.duty_table import DutyRow
from courses.pauses import length_text, pauses_among, runs_between
from law.daily import MEASURES
from law.vocabulary import Insurance
from shared.written import decimal_text, long_date, month_text, plain_day

MILLI = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One number or day, what it is called, and what follows from it."""

    name: str
    said: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the derivation."""

    title: str
    rule: str
    lines: tuple[Line, ...]
    text: str = ""


def derivation_of(page: CoursePage) -> tuple[Step, ...]:
    """From the rules in force to each deadline, in the order a person would reckon it."""
    return (
        _which_rules(page),
        _clock(page),
        Step(
            _("When each threshold is reached"),
            "",
            tuple(_threshold(one) for one in page.clocks.thresholds),
            _("The day on which the clock shows the amount; the forecast goes on where the"
              " reported hours end."),
        ),
        *_handover(page),
        Step(_("Each interview"), "", tuple(_duty(row) for row in page.duties)),
    )  # fmt: skip


def _which_rules(page: CoursePage) -> Step:
    registration = page.registration
    return Step(
        _("Which rules"),
        "",
        (
            Line(_("Placed in a benefit period"), plain_day(registration.placed_on)),
            Line(_("Registered unemployed"), plain_day(registration.registered_on)),
            Line(_("Rules"), page.act),
            Line(_("Agreement"), str(page.course.agreement or _("none"))),
        ),
        _("The rules are those in force on the day of placement in the benefit period."),
    )


def _clock(page: CoursePage) -> Step:
    """What was paid and what stood in the way, down to what the clock shows."""
    measure = MEASURES[Insurance(page.registration.insured)]
    numbers = {
        "day": decimal_text(measure.day / MILLI),
        "week": f"{measure.week // MILLI}",
        "month": decimal_text(measure.month / MILLI, digits=2),
    }
    text = _(
        "A weekday of unemployment counts %(day)s hours, a week %(week)s and a month %(month)s."
        " Hours that the a-kasse reported replace the forecast of their month."
    )
    shows = _("%(hours)s hours = %(weeks)s weeks = %(months)s months") % {
        "hours": decimal_text(float(page.clocks.hours), digits=2),
        "weeks": decimal_text(float(page.clocks.weeks)),
        "months": decimal_text(float(page.clocks.months), digits=2),
    }
    return Step(
        _("The clock of unemployment"),
        "",
        (
            Line(_("Insured"), str(page.registration.get_insured_display()).capitalize()),
            Line(_("Reported to"), _reported(page)),
            *_pauses(page),
            Line(_("Shows on %(day)s") % {"day": plain_day(page.on)}, shows),
        ),
        text % numbers,
    )


def _reported(page: CoursePage) -> str:
    month = page.clocks.reported_to
    return month_text(month) if month else _("no hours are reported")


def _pauses(page: CoursePage) -> Iterator[Line]:
    for one in pauses_among(runs_between(page.clock, page.course.placed_on, page.on)):
        days = f"{plain_day(one.starts_on)} – {plain_day(one.last_on)}"
        name = one.name[:1].upper() + one.name[1:]
        yield Line(_("Stands still: %(cause)s") % {"cause": name}, days, (length_text(one.days),))


def _threshold(one: Threshold) -> Line:
    if one.reached_on is None:
        return Line(str(one.name), _("Not within ten years"))
    return Line(str(one.name), long_date(one.reached_on), _moved(one))


def _moved(one: Threshold) -> tuple[str, ...]:
    """How far pauses and reported hours moved a threshold."""
    hours = _("%(hours)s hours") % {"hours": decimal_text(float(one.hours), digits=2)}
    if one.reached_on is None or one.unmoved_on is None or one.reached_on == one.unmoved_on:
        return (hours,)
    days = (one.reached_on - one.unmoved_on).days
    return (
        hours,
        _without(one.unmoved_on, abs(days)) if days > 0 else _faster(one.unmoved_on, abs(days)),
    )


def _without(unmoved_on: date, days: int) -> str:
    return ngettext(
        "%(day)s had nothing stood in the way: %(count)d day later",
        "%(day)s had nothing stood in the way: %(count)d days later",
        days,
    ) % {"day": plain_day(unmoved_on), "count": days}


def _faster(unmoved_on: date, days: int) -> str:
    return ngettext(
        "%(day)s by the forecast alone: %(count)d day earlier",
        "%(day)s by the forecast alone: %(count)d days earlier",
        days,
    ) % {"day": plain_day(unmoved_on), "count": days}


def _handover(page: CoursePage) -> Iterator[Step]:
    handover = page.handover
    if handover is None:
        return
    sure = _("a forecast") if handover.is_forecast else _("fixed by reported hours")
    first = plain_day(handover.on + timedelta(1))
    yield Step(
        _("Hand-over"),
        handover.rule,
        (
            Line(_("Last day in the a-kasse"), long_date(handover.on), (sure,)),
            Line(_("First day in the jobcentre"), first),
        ),
    )


def _duty(row: DutyRow) -> Line:
    """An interview: its rule, how it is counted, what moved it, and where that leaves it."""
    rule = " · ".join(part for part in (row.duty.rule, row.source) if part)
    because = row.because[:1].upper() + row.because[1:]
    counted = _("Counted by: %(basis)s.") % {"basis": row.duty.get_basis_display()}
    due = row.duty.due_on
    said = long_date(due) if due else _("no date yet")
    return Line(row.name, said, (rule, f"{because}.", counted, *row.notes))
