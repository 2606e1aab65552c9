"""The course as a list, one step after the other: for phones, and for those who read no picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from courses.course_page import CoursePage
from courses.duty_table import DutyRow
from courses.pauses import length_text
from courses.wording import State, source_of
from partnerships.models import Role
from shared.written import decimal_text, moment_text, plain_day

MILLI = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One thing of the course: its day, its shape, what it is, what became of it, and more."""

    day: date
    tone: str
    text: str
    said: str
    more: str

    @property
    def on(self) -> str:
        """Its day in words."""
        return plain_day(self.day)


def steps_of(page: CoursePage) -> tuple[Step, ...]:
    """What was and what comes, each on its day."""
    steps = [_today(page), *_pauses(page), *_decisions(page)]
    for row in page.duties:
        steps += _of_duty(page, row)
    if page.handover:
        last_day, rule = plain_day(page.handover.on), page.handover.rule
        source = source_of(rule) or rule
        more = _("last day in the a-kasse %(day)s") % {"day": last_day}
        steps.append(
            Step(page.handover.on, "handover", _("Hand-over"), last_day, f"{more} · {source}")
        )
    return tuple(sorted(steps, key=lambda step: step.day))


def _week(page: CoursePage, day: date) -> str:
    hours = float(page.clock.read(day.toordinal()).hours)
    weeks = decimal_text(hours * MILLI / page.clock.measure.week)
    return _("week %(week)s") % {"week": weeks}


def _today(page: CoursePage) -> Step:
    word = _("Last day") if page.has_ended else _("Today")
    said = f"{plain_day(page.on)} · {_week(page, page.on)}"
    return Step(page.on, "today", word, said, "")


def _of_duty(page: CoursePage, row: DutyRow) -> Iterator[Step]:
    """An interview that is owed or was held, and each time the citizen did not come to it."""
    for missed in row.missed:
        more = f"{_week(page, missed.held_on)} · {row.parties}"
        said = _("did not come %(day)s") % {"day": plain_day(missed.held_on)}
        yield Step(missed.held_on, "missed", row.name, said, more)
    due = row.duty.due_on
    last = _("deadline %(day)s") % {"day": plain_day(due)} if due else ""
    if met := row.duty.met_on:
        more = " · ".join(part for part in (_week(page, met), row.parties, last) if part)
        yield Step(met, row.state.tone, row.name, f"{row.state.word} {plain_day(met)}", more)
    elif row.duty.outcome == row.duty.Outcome.PENDING and due:
        booked = row.active and row.active.starts_at
        said = moment_text(row.active.starts_at, on=page.on) if booked else _said(row.state)  # type: ignore[union-attr,arg-type]
        day = row.active.held_on if row.active else due
        more = " · ".join(part for part in (row.weeks, last, row.parties) if part)
        yield Step(day, row.state.tone, row.name, said, more)


def _said(state: State) -> str:
    return f"{state.word} {plain_day(state.day)}" if state.day else state.word


def _decisions(page: CoursePage) -> Iterator[Step]:
    """The days from which people decided on entry into an agreement."""
    for one in page.entries:
        said = _("taken into the agreement") if one.takes_in else _("kept out of the agreement")
        tone = "held" if one.takes_in else "none"
        more = f"{one.agreement.title} · {Role(one.role).label}"
        yield Step(one.decided_from, tone, _("Decision on entry"), said, more)


def _pauses(page: CoursePage) -> Iterator[Step]:
    for one in page.pauses:
        text = _("Pause, %(length)s") % {"length": length_text(one.days)}
        more = f"{plain_day(one.starts_on)} – {plain_day(one.last_on)} · {one.name}"
        yield Step(one.starts_on, "paused", text, "", more)
