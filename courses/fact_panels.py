"""What was recorded of a course as panels of one shape: absences, hours, choices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.access import Viewer
from courses.course_rows import CourseRows
from courses.models import Absence, Choice, Course, Fact, HeldMeeting, Party, ReportedHours
from courses.participation import fate_in_words
from shared.as_told import as_told
from shared.templatetags.components import party_word
from shared.written import decimal_text, month_text, plain_day

FAR = date.max


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact in words: what, which days, what more, and where it is taken back."""

    text: str
    days: str
    tone: str = ""
    more: tuple[str, ...] = ()
    take_back: str = ""
    gone: str = ""

    @property
    def said(self) -> str:
        """The whole in one line."""
        return f"{self.text} {self.days}"


@dataclass(frozen=True, slots=True)
class FactPanel:
    """The facts of one kind: those that stand, those that no longer do, and how to add one."""

    key: str
    title: str
    empty: str
    standing: tuple[FactLine, ...]
    past: tuple[FactLine, ...]
    past_word: str
    record: str = ""
    record_word: str = ""


def fact_panels(
    read: CourseRows, absences: Sequence[Absence], viewer: Viewer
) -> tuple[FactPanel, ...]:
    """The three panels of a course as a person may read and change them."""
    runs = read.course.ends_on is None or read.course.ends_on > viewer.today
    acts = viewer.may_act and runs
    return (
        _absence_panel(read.course, absences, viewer, acts=acts),
        _hours_panel(read, viewer),
        _choice_panel(read, viewer, acts=acts),
    )


def absences_told(read: CourseRows, viewer: Viewer) -> list[Absence]:
    """Absences that touch the benefit period; what reaches past a membership is cut there."""
    start, end = read.registration.placed_on, read.course.ends_on or FAR
    touching = (
        one
        for one in read.absences
        if one.starts_on < end and (one.ends_on is None or one.ends_on > start)
    )
    return [_cut(one, viewer.until) for one in touching if viewer.sees(one.starts_on)]


def _cut(absence: Absence, until: date | None) -> Absence:
    if until and (absence.ends_on is None or absence.ends_on > until):
        return as_told(absence, ends_on=until)
    return absence


def _absence_panel(
    course: Course, absences: Sequence[Absence], viewer: Viewer, *, acts: bool
) -> FactPanel:
    lines = [(one, _absence_line(one, course, viewer, acts=acts)) for one in absences]
    standing, past = _by_standing(lines, viewer)
    return FactPanel(
        key="absences",
        title=_("Absences and pauses"),
        empty=_("No absence is recorded."),
        standing=standing,
        past=past,
        past_word=_that_no_longer_stand(len(past)),
        record=reverse("courses:record_absence", args=[course.pk]) if acts else "",
        record_word=_("Record"),
    )


def _absence_line(absence: Absence, course: Course, viewer: Viewer, *, acts: bool) -> FactLine:
    more = []
    if absence.hours is not None:
        hours = decimal_text(float(absence.hours), digits=2)
        more.append(_("%(hours)s benefit hours a week still paid") % {"hours": hours})
    if not viewer.until:
        day = plain_day(timezone.localdate(absence.recorded_at))
        more.append(f"{absence.get_source_display()} · {day}")
    pk = absence.pk
    return FactLine(
        text=_capital(absence.get_kind_display()),
        days=_days(absence),
        tone="paused",
        more=tuple(more),
        take_back=reverse("courses:withdraw_absence", args=[course.pk, pk]) if acts else "",
    )


def _days(absence: Absence) -> str:
    last = plain_day(absence.ends_on - timedelta(1)) if absence.ends_on else _("not ended")
    return f"{plain_day(absence.starts_on)} – {last}"


def _hours_panel(read: CourseRows, viewer: Viewer) -> FactPanel:
    first, end = read.registration.placed_on.replace(day=1), read.course.ends_on or FAR
    lines = [
        (one, _hours_line(one))
        for one in read.hours
        if first <= one.month < end and viewer.sees(one.month)
    ]
    standing, past = _by_standing(lines, viewer)
    corrects = viewer.may_act and viewer.side == Party.A_KASSE
    return FactPanel(
        key="hours",
        title=_("Reported hours"),
        empty=_("No hours are reported: the clock is a forecast."),
        standing=standing,
        past=past,
        past_word=ngettext("%(count)d correction", "%(count)d corrections", len(past))
        % {"count": len(past)},
        record=reverse("courses:report_hours", args=[read.course.pk]) if corrects else "",
        record_word=_("Correct"),
    )


def _hours_line(reported: ReportedHours) -> FactLine:
    hours = decimal_text(float(reported.hours), digits=2)
    return FactLine(_capital(month_text(reported.month)), _("%(hours)s hours") % {"hours": hours})


def _choice_panel(read: CourseRows, viewer: Viewer, *, acts: bool) -> FactPanel:
    held = [one for one in read.held if viewer.sees(one.held_on)]
    lines = [
        (one, _choice_line(one, read.course, held, viewer, acts=acts))
        for one in read.choices
        if viewer.sees(one.chosen_on)
    ]
    standing, past = _by_standing(lines, viewer)
    return FactPanel(
        key="choices",
        title=_("The member's choices")
        if viewer.side == Party.A_KASSE
        else _("The citizen's choices"),
        empty=_("No choice is recorded."),
        standing=standing,
        past=past,
        past_word=_that_no_longer_stand(len(past)),
        record=reverse("courses:record_choice", args=[read.course.pk]) if acts else "",
        record_word=_("Record"),
    )


def _choice_line(
    choice: Choice,
    course: Course,
    held: Sequence[HeldMeeting],
    viewer: Viewer,
    *,
    acts: bool,
) -> FactLine:
    more = [_capital(_chooser(choice, viewer))]
    if choice.postponed_to:
        more += [choice.rule, _("to %(day)s") % {"day": plain_day(choice.postponed_to)}]
    if choice.reason:
        more.append(choice.reason)
    if fate := fate_in_words(choice, course, held):
        more.append(fate)
    return FactLine(
        text=_capital(choice.get_kind_display()),
        days=plain_day(choice.chosen_on),
        more=(" · ".join(more),),
        take_back=_way_to_take_back(choice, course, viewer) if acts else "",
    )


def _way_to_take_back(choice: Choice, course: Course, viewer: Viewer) -> str:
    """A departure is taken back with its letter, by the a-kasse; any other choice by itself."""
    departure = getattr(choice, "departure", None)
    if departure is None:
        return reverse("courses:withdraw_choice", args=[course.pk, choice.pk])
    if viewer.side != Party.A_KASSE:
        return ""
    return reverse("handovers:undo_leaving", args=[course.case_number, departure.pk])


def _chooser(choice: Choice, viewer: Viewer) -> str:
    """Who chose; an a-kasse calls the citizen its member."""
    if choice.by == Party.CITIZEN and viewer.side == Party.A_KASSE:
        return _("member")
    return party_word(choice.by, on=viewer.on)


def _by_standing(
    lines: Iterable[tuple[Fact, FactLine]], viewer: Viewer
) -> tuple[tuple[FactLine, ...], tuple[FactLine, ...]]:
    """Facts as they stand; what was corrected after a membership ended is none of its history."""
    standing, past = [], []
    for fact, line in lines:
        if fact.superseded_at is None:
            standing.append(line)
        elif viewer.sees(timezone.localdate(fact.superseded_at)):
            past.append(replace(line, gone=gone(fact), take_back=""))
    return tuple(standing), tuple(past)


def gone(fact: Fact) -> str:
    """When a fact ceased to stand, and whether another took its place."""
    day = plain_day(timezone.localdate(fact.superseded_at)) if fact.superseded_at else ""
    if fact.superseded_by_id:  # type: ignore[attr-defined]  # a reference of each kind to itself
        return _("corrected %(day)s") % {"day": day}
    return _("taken back %(day)s") % {"day": day}


def _that_no_longer_stand(count: int) -> str:
    return ngettext("%(count)d that no longer stands", "%(count)d that no longer stand", count) % {
        "count": count
    }


def _capital(word: object) -> str:
    text = str(word)
    return text[:1].upper() + text[1:]
