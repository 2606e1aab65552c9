"""Whether an agreement takes a course in: the criteria, what people decided, and its end."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.access import Viewer, may_decide_entry
from courses.course_rows import CourseRows
from courses.fact_panels import FactLine, FactPanel, gone
from courses.models import EntryDecision, Party
from courses.party_words import said_to
from law.periods import age_on
from partnerships.models import Agreement, Role
from partnerships.terms import whose_end_counts
from shared.written import plain_day

Ground = EntryDecision.Ground


def criteria_panel(read: CourseRows, viewer: Viewer) -> FactPanel | None:
    """What an agreement means for the course; None where none has ever had a say in it."""
    decides = may_decide_entry(viewer.user, read.course, on=viewer.on)
    there = read.course.agreement_id or getattr(read.course, "may_be_taken_in", False)
    offered = decides and bool(there)
    lines = [*_outcome(read, viewer), *_criteria(read, viewer)]
    seen = [one for one in read.entries if viewer.sees(one.decided_from)]
    lines += [_decision(one, viewer, acts=decides) for one in seen if one.superseded_at is None]
    past = [_past(one, viewer) for one in seen if _went(one, viewer)]
    if not lines and not past and not offered:
        return None
    return FactPanel(
        key="criteria",
        title=_("Target group of the agreement"),
        empty=_("No agreement took the course in on the day of registration. Decide it by hand."),
        standing=tuple(lines),
        past=tuple(past),
        past_word=ngettext(
            "%(count)d decision that no longer stands",
            "%(count)d decisions that no longer stand",
            len(past),
        )
        % {"count": len(past)},
        record=reverse("courses:decide_entry", args=[read.course.pk]) if offered else "",
        record_word=_("Decide"),
    )


def _outcome(read: CourseRows, viewer: Viewer) -> Iterator[FactLine]:
    """Whether the course is under the agreement on the day it is seen, and what its end does."""
    course, agreement = read.course, read.course.agreement
    if agreement is None or not course.criteria:
        if read.ended and not any(one.superseded_at is None for one in read.entries):
            yield FactLine(_("Not under an agreement"), "", "none", (_too_late(read),))
        return
    ends_on, for_running = _end_of(agreement, read.above)
    if ends_on and course.ends_on and course.ends_on <= ends_on:
        ends_on = None  # the course was over before, so that the end does nothing to it
    over = ends_on is not None and ends_on <= viewer.on
    if course.eligible and over and for_running == Agreement.ForRunning.MOVE:
        said = _("No longer under the agreement")
    else:
        said = _("Under the agreement") if course.eligible else _("Not under the agreement")
    more = [agreement.title]
    if ends_on:
        more.append(_what_its_end_does(read, ends_on, for_running, over=over))
    tone = "held" if course.eligible and said == _("Under the agreement") else "none"
    yield FactLine(text=said, days="", tone=tone, more=tuple(more))


def _end_of(agreement: Agreement, above: Sequence[Agreement]) -> tuple[date | None, str]:
    """The day after the last, and what then becomes of running courses, as who ends it says."""
    ender = whose_end_counts(agreement, {one.pk: one for one in above})
    ends = [one.ends_on for one in (agreement, ender) if one.ends_on]
    return min(ends, default=None), ender.for_running


def _too_late(read: CourseRows) -> str:
    """Why somebody who registered after the end is not under the agreement."""
    [one] = read.ended
    last = plain_day((one.ends_on or date.max) - timedelta(1))
    said = _("“%(title)s” held until %(last)s. Whoever registers later does not come under it.")
    return said % {"title": one.title, "last": last}


def _what_its_end_does(read: CourseRows, ends_on: date, for_running: str, *, over: bool) -> str:
    """The last day of the agreement, and what the parties chose for the courses that run then."""
    last = _("Held until %(last)s.") if over else _("Holds until %(last)s.")
    said = last % {"last": plain_day(ends_on - timedelta(1))}
    if not read.course.eligible:
        return said
    if for_running == Agreement.ForRunning.MOVE:
        now = _("As the parties chose, courses that began under it have moved on without it.")
        then = _("As the parties chose, courses that began under it then move on without it.")
        return f"{said} {now if over else then}"
    if for_running == Agreement.ForRunning.STAY:
        stay = _("As the parties chose, courses that began under it stay so.")
    else:
        stay = _("Courses that began under it stay so.")
    return f"{said} {stay}"


def _criteria(read: CourseRows, viewer: Viewer) -> Iterator[FactLine]:
    agreement = read.course.agreement
    for one in read.course.criteria if agreement else ():
        name, value = str(one["name"]), str(one["value"])
        if name == "decision" or agreement is None:
            continue
        held = _("held on the day of registration") if one["ok"] else _("did not hold")
        more = [f"{held} · {_where(str(one['source']), agreement)}"]
        if name == "age" and not one["ok"] and (now := _age_now(read, value, on=viewer.on)):
            more.append(now)
        yield FactLine(
            text=f"{_label(name)}: {_value(name, value, read, on=viewer.on)}",
            days="",
            tone="held" if one["ok"] else "none",
            more=tuple(more),
        )


def _age_now(read: CourseRows, value: str, *, on: date) -> str:
    """That a birthday since does not take anybody in."""
    age = age_on(read.course.citizen.born_on, on)
    if str(age) == value:
        return ""
    return _("%(age)d now, but the age on the day of registration counts") % {"age": age}


def _decision(one: EntryDecision, viewer: Viewer, *, acts: bool) -> FactLine:
    """One decision: what, from when, on what ground, by whom in which role."""
    name, starting_point = (
        one.recorded_by or _("nobody named"),
        _("the target group is a starting point (S0)"),
    )
    recorded = plain_day(timezone.localdate(one.recorded_at))
    takes_back = acts and viewer.side == one.by
    return FactLine(
        text=_decided(one, viewer),
        days=_("from %(day)s") % {"day": plain_day(one.decided_from)},
        tone="held" if one.takes_in else "none",
        more=(
            _reason(one, viewer),
            f"{one.agreement.title} · {starting_point}",
            f"{name}, {Role(one.role).label} · {recorded}",
        ),
        take_back=reverse("courses:withdraw_entry", args=[one.course_id, one.pk])
        if takes_back
        else "",
    )


def _decided(one: EntryDecision, viewer: Viewer) -> str:
    said = _("The citizen is taken in") if one.takes_in else _("The citizen is kept out")
    return said_to(viewer.side, said)


def _reason(one: EntryDecision, viewer: Viewer) -> str:
    """The ground and the reason; why someone is under special effort stays in the jobcentre."""
    ground = str(Ground(one.ground).label)
    ground = ground[:1].upper() + ground[1:]
    hidden = one.ground == Ground.SPECIAL_EFFORT and viewer.side != Party.JOBCENTRE
    return ground if hidden else f"{ground}: {one.reason}"


def _past(one: EntryDecision, viewer: Viewer) -> FactLine:
    days = _("from %(day)s") % {"day": plain_day(one.decided_from)}
    return FactLine(text=_decided(one, viewer), days=days, gone=gone(one))


def _went(one: EntryDecision, viewer: Viewer) -> bool:
    at = one.superseded_at
    return at is not None and viewer.sees(timezone.localdate(at))


def _label(name: str) -> str:
    labels = {
        "age": _("Age on the day of registration"),
        "special_effort": _("Under special effort"),
        "a_kasse": _("A-kasse"),
        "municipality": _("Municipality"),
        "in_force": _("Registered while the agreement holds"),
    }
    return labels.get(name, name)


def _value(name: str, value: str, read: CourseRows, *, on: date) -> str:
    course = read.course
    if name == "special_effort":
        return _("yes") if value == "yes" else _("no")
    if name == "a_kasse":
        return read.name_of(course.a_kasse, on=on) if value == course.a_kasse.slug else value
    if name == "municipality":
        return course.municipality.name if value == course.municipality_id else value
    return plain_day(date.fromisoformat(value)) if name == "in_force" else value


def _where(source: str, agreement: Agreement) -> str:
    if source in ("S0", "S1"):
        return _("target group and parties of the agreement (%(source)s)") % {"source": source}
    return agreement.title
