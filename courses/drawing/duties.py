"""The rows of the table of interviews and deadlines."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.course_page import CoursePage, Handover
from courses.drawing.pieces import capital, escape, html, line, status, unseen
from courses.duty_table import DutyRow
from courses.wording import source_of
from shared.written import day_with_year, language, plain_day


@dataclass(frozen=True, slots=True)
class _Words:
    """What every row says, in one language."""

    why: str
    window: str
    deadline: str
    no_date: str
    unsure: str
    book: str
    book_anew: str
    calendar: str
    outcome: str
    open: str
    acknowledge: str
    counted: str
    longest: str
    handover: str
    last_day: str
    forecast: str
    fixed: str
    passed: str


@cache
def _words(_language: str) -> _Words:
    return _Words(
        why=_("Why this date?"),
        window=_("Window"),
        deadline=_("Deadline"),
        no_date=_("no date yet"),
        unsure=_("needs legal confirmation"),
        book=_("Book"),
        book_anew=_("New time"),
        calendar=_("Calendar"),
        outcome=_("Record outcome"),
        open=_("Open"),
        acknowledge=_("Acknowledge"),
        counted=_("Counted by: %(basis)s."),
        longest=_("%(day)s with the longest postponement"),
        handover=_("Hand-over"),
        last_day=_("last day in the a-kasse"),
        forecast=_("Forecast"),
        fixed=_("Fixed"),
        passed=_("Passed on"),
    )


def duty_rows(page: CoursePage) -> SafeString:
    """All rows of the table; the hand-over stands before what falls due after it."""
    said = _words(language())
    drawn = [(row.duty.due_on, "".join(_row(page, row, said))) for row in page.duties]
    if handover := page.handover:
        later = (place for place, (due, _html) in enumerate(drawn) if due and due > handover.on)
        place = next(later, len(drawn))
        drawn.insert(place, (handover.on, "".join(_handover_row(page, handover, said))))
    return html(*(row for _day, row in drawn))


def _handover_row(page: CoursePage, handover: Handover, said: _Words) -> Iterator[str]:
    """The day a course passes to the jobcentre, among the interviews before and after it."""
    whom, source = " → ".join(page.parties), source_of(handover.rule) or handover.rule
    yield (
        f'<tr><th scope="row"><span class="kf-strong">{escape(said.handover)}</span>{line(whom)}'
        f'{line(source)}</th><td data-label="{escape(said.window)}">–</td>'
    )
    yield (
        f'<td data-label="{escape(said.deadline)}"><span class="kf-num kf-nowrap">'
        f"{escape(day_with_year(handover.on))}</span>{line(said.last_day)}</td>"
    )
    state = said.forecast if handover.is_forecast else said.fixed
    state = said.passed if handover.is_past else state
    yield f"<td>{status('handover', state)}</td>"
    link = _button("#handover", said.open, said.handover)
    yield f'<td class="kf-row-actions">{link}</td></tr>'


def _row(page: CoursePage, row: DutyRow, said: _Words) -> Iterator[str]:
    yield (
        f'<tr id="duty-{row.duty.pk}"><th scope="row">'
        f'<span class="kf-strong">{escape(row.name)}</span>{line(row.parties)}'
        f'<details class="kf-why"><summary>{escape(said.why)}{unseen(f" {row.name}")}</summary>'
    )
    yield from _reason(row, said)
    yield "</details></th>"
    yield f'<td data-label="{escape(said.window)}">'
    if row.weeks:
        yield f'<span class="kf-nowrap">{escape(row.weeks)}</span>'
    yield f"{line(row.window, style=' kf-num kf-nowrap')}</td>"
    yield from _deadline(row, said)
    yield from _state(row)
    yield f'<td class="kf-row-actions">{" ".join(_acts(page, row, said))}</td></tr>'


def _reason(row: DutyRow, said: _Words) -> Iterator[str]:
    """Why its date is what it is, and by which rule."""
    yield f"<p>{escape(capital(row.because))}.</p>"
    if row.notes:
        notes = "".join(f"<li>{escape(capital(note))}</li>" for note in row.notes)
        yield f"<ul>{notes}</ul>"
    counted = said.counted % {"basis": row.duty.get_basis_display()}
    yield f'<p class="kf-muted">{escape(f"{row.source or row.duty.rule} · {counted}")}'
    if not row.duty.certain:
        yield f' <span class="kf-uncertain">{escape(said.unsure)}</span>'
    yield "</p>"


def _deadline(row: DutyRow, said: _Words) -> Iterator[str]:
    due, latest = row.duty.due_on, row.duty.latest_on
    day = day_with_year(due) if due else said.no_date
    yield (
        f'<td data-label="{escape(said.deadline)}">'
        f'<span class="kf-num kf-nowrap">{escape(day)}</span>'
    )
    if row.moved:
        yield line(capital(row.moved))
    if latest and latest != due:
        yield line(said.longest % {"day": plain_day(latest)})
    yield "</td>"


def _state(row: DutyRow) -> Iterator[str]:
    yield f"<td>{status(row.state.tone, capital(row.state.word))}"
    if row.state.day and not row.active:
        yield f' <span class="kf-num">{escape(plain_day(row.state.day))}</span>'
    yield from (line(capital(one)) for one in row.told)
    yield "</td>"


def _acts(page: CoursePage, row: DutyRow, said: _Words) -> Iterator[str]:
    """What the reader may do about it, each a link."""
    if row.may_book:
        word = said.book_anew if row.was_missed else said.book
        yield _button(row.book_url, word, row.name)
    if row.calendar_url:
        yield _button(row.calendar_url, said.calendar, row.name)
    if row.active:
        name = "meetings:outcome" if row.may_settle else "meetings:detail"
        word = said.outcome if row.may_settle else said.open
        yield _button(reverse(name, args=[row.active.pk]), word, row.name)
    if row.flag and page.viewer.may_act:
        url = reverse("courses:acknowledge", args=[page.course.pk, row.flag.pk])
        yield _button(url, said.acknowledge, row.name)


def _button(url: str, word: str, name: str) -> str:
    return (
        f'<a class="button button-secondary kf-row-button" href="{escape(url)}">'
        f"{escape(word)}{unseen(f' {name}')}</a>"
    )
