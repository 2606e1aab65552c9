"""What an act would change, found by doing it and taking it all back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.course_history import Move
from courses.models import Course, Duty
from courses.sentences import say
from courses.wording import duty_name
from shared.refusals import Refused
from shared.templatetags.components import party_word
from shared.written import plain_day

Key = tuple[str, int]
GONE = (
    Duty.Outcome.LAPSED,
    Duty.Outcome.WITHDRAWN,
    Duty.Outcome.NOT_REQUIRED,
    Duty.Outcome.VOLUNTARY,
)
BESIDE: Mapping[str, Promise] = {
    "opens_on": gettext_lazy("not before"),
    "latest_on": gettext_lazy("with the longest postponement"),
    "exempt_from": gettext_lazy("suspended from"),
    "exempt_to": gettext_lazy("owed again from"),
}


@dataclass(frozen=True, slots=True)
class Appearing:
    """An interview that would be owed from then on."""

    name: str
    rule: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Every date that would move, and the interviews that would come."""

    moves: tuple[Move, ...]
    appearing: tuple[Appearing, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether every date stays as it is."""
        return not self.moves and not self.appearing


@dataclass(frozen=True, slots=True)
class _Dates:
    """All dates of a course at one time."""

    duties: Mapping[Key, Duty]
    handover_on: date | None
    handover_rule: str
    agreement: str
    held: tuple[tuple[str, date, date | None], ...]

    @classmethod
    def of(cls, course: Course) -> "_Dates":
        """The dates as they are stored just now."""
        stored = Course.objects.select_related("agreement").get(pk=course.pk)
        rows = stored.duties.exclude(outcome=Duty.Outcome.WITHDRAWN)
        held = stored.responsibilities.order_by("starts_on")
        return cls(
            {(one.rule, one.ordinal): one for one in rows},
            stored.handover_on,
            stored.handover_rule,
            stored.agreement.title if stored.agreement and stored.eligible else "",
            tuple(held.values_list("party", "starts_on", "ends_on")),
        )


def rehearse(course: Course, act: Callable[[], object]) -> Rehearsal:
    """What an act on a course would move; the database is as before when this returns.

    The act's own refusals and the database's are heard here, not first at the confirmation.
    """
    with transaction.atomic():
        before = _Dates.of(course)
        act()
        after = _Dates.of(course)
        transaction.set_rollback(True)
    return Rehearsal(
        moves=(
            *_duties(before, after),
            *_handover(before, after),
            *_held(before, after),
            *_agreement(before, after),
        ),
        appearing=tuple(
            Appearing(duty_name(duty), duty.rule, duty)
            for key, duty in after.duties.items()
            if key not in before.duties
        ),
    )


def rehearsed(form: Form, course: Course, act: Callable[[], object]) -> Rehearsal | None:
    """What an act would change; a refusal becomes an error of the form, so that nothing is lost."""
    found: list[Rehearsal] = []
    carried_out(form, lambda: found.append(rehearse(course, act)))
    return found[0] if found else None


def carried_out(form: Form, act: Callable[[], object]) -> bool:
    """Do it; a refusal becomes an error of the form, so that what was typed is not lost."""
    try:
        act()
    except Refused as no:
        form.add_error(None, str(no))
        return False
    return True


def _duties(before: _Dates, after: _Dates) -> Iterator[Move]:
    """The last day of each interview, then what stands beside it that would be otherwise."""
    for key, old in before.duties.items():
        new = after.duties.get(key)
        if _said(old) != _said(new):
            notes = tuple(say(note) for note in new.notes) if new else ()
            yield Move(duty_name(old), old.rule, _said(old), _said(new), notes)
        if new is not None and new.outcome not in GONE:
            yield from _beside(old, new)


def _beside(old: Duty, new: Duty) -> Iterator[Move]:
    """The other dates of an interview, and who holds it."""
    name = duty_name(old)
    for column, word in BESIDE.items():
        was, becomes = getattr(old, column), getattr(new, column)
        if was != becomes and (was, becomes) != (old.due_on, new.due_on):
            yield Move(f"{name}: {word}", old.rule, _day(was), _day(becomes), ())
    if old.responsible != new.responsible:
        on = new.due_on or new.opens_on or date.min
        was, becomes = party_word(old.responsible, on=on), party_word(new.responsible, on=on)
        held_by = _("held by")
        yield Move(f"{name}: {held_by}", old.rule, was, becomes, ())


def _handover(before: _Dates, after: _Dates) -> Iterator[Move]:
    if before.handover_on != after.handover_on:
        rule = after.handover_rule or before.handover_rule
        was, becomes = _day(before.handover_on), _day(after.handover_on)
        yield Move(_("Hand-over"), rule, was, becomes, ())


def _held(before: _Dates, after: _Dates) -> Iterator[Move]:
    """Who would hold the course from when, and until when."""
    if before.held == after.held:
        return
    parties = dict.fromkeys([*(one[0] for one in before.held), *(one[0] for one in after.held)])
    for party in parties:
        was, becomes = _days_of(party, before), _days_of(party, after)
        if was != becomes:
            since = next(one[1] for one in (*after.held, *before.held) if one[0] == party)
            name = _("Responsible: %(party)s") % {"party": party_word(party, on=since)}
            yield Move(name, "", was, becomes, ())


def _agreement(before: _Dates, after: _Dates) -> Iterator[Move]:
    """Which agreement would have the course, if any."""
    if before.agreement != after.agreement:
        was, becomes = _under(before.agreement), _under(after.agreement)
        if was == becomes:
            becomes = _("under another")
        yield Move(_("Agreement"), "", was, becomes, (after.agreement or before.agreement,))


def _under(title: str) -> str:
    return _("under it") if title else _("not under it")


def _days_of(party: str, dates: _Dates) -> str:
    days = [
        f"{plain_day(start)} – {plain_day(end - timedelta(1)) if end else ''}".rstrip()
        for one, start, end in dates.held
        if one == party
    ]
    return ", ".join(days) or "–"


def _said(duty: Duty | None) -> str:
    """The last day of an interview, or what became of it instead."""
    if duty is None:
        return str(Duty.Outcome.WITHDRAWN.label)
    if duty.outcome in GONE:
        return str(Duty.Outcome(duty.outcome).label)
    return _day(duty.due_on)


def _day(day: date | None) -> str:
    return plain_day(day) if day else _("no date")
