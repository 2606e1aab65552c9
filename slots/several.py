"""Several interviews before they are booked in times: the best free one for each, no time twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from accounts.models import User
from courses.agreed import AgreedBook
from courses.models import Duty, MeetingKind, Party
from meetings.actions.booking import OWED
from meetings.actions.several import Line
from meetings.availability import Availability
from meetings.batch_words import Said, told
from meetings.cautions import AFTER_DUE, Caution, absences_of, booking_cautions
from meetings.models import Meeting
from meetings.plans import Purpose
from meetings.several import NOT_MINE, Chosen, PreviewRow, books, preview_row
from meetings.several_bookings import purpose_of_duty
from shared.refusals import Refused
from slots.actions.several import Planned
from slots.choices import Choice, Named, choices
from slots.finding import Found
from slots.forms.several import TimeForm
from slots.models import Slot
from slots.offers import houses
from slots.several_search import Given, Together
from slots.several_words import commonest, in_one_line
from slots.sittings import Extra, sitting_in

MOST_CHOICES = 8
MOST = 50  # rows at once: each of them is a search


@dataclass
class TimeRow:
    """One interview to book: its time, those to choose among, or why it cannot be booked."""

    duty: Duty
    chosen: Chosen
    together: Together
    skipped: Said | None = None
    form: TimeForm | None = None
    choice: Choice | None = None
    others: Sequence[Choice] = ()
    cautions: Sequence[Caution] = ()
    told: str = ""
    is_new: bool = False  # a time has become free since the page was made

    @cached_property
    def found(self) -> Found:
        """What a search of the whole window comes to now."""
        return self.together.found(self.duty)

    @cached_property
    def near(self) -> Found:
        """What a search of the first weeks of the window comes to: that is much less to read."""
        return self.together.near(self.duty)

    @cached_property
    def row(self) -> PreviewRow:
        """Whose interview it is, in words."""
        line = Line(self.duty.course, self.duty, skipped=self.skipped)
        return preview_row(line, will="", on=self.chosen.on)

    @property
    def codes(self) -> str:
        """The cautions that ask for a tick."""
        return " ".join(sorted({one.code for one in self.cautions}))

    @property
    def named(self) -> Named | None:
        """The time that was sent for the row, unless it is left out."""
        return self.form.named if self.form and not self.is_left else None

    @property
    def is_left(self) -> bool:
        """Whether the row was ticked to be left out."""
        return bool(self.form and self.form.is_left)

    @property
    def is_settled(self) -> bool:
        """Whether the row can go as it stands."""
        if self.form is None or self.is_left:
            return True
        return not self.form.errors and not self.is_new and self.form.has_agreed(self.codes)

    @property
    def errors(self) -> list[str]:
        """What is wrong with the time."""
        found = self.form.errors.values() if self.form else ()
        return [str(error) for errors in found for error in errors]

    @property
    def is_outdone(self) -> bool:
        """Whether times are free, but more urgent rows get them."""
        return bool(self.found.free)

    @property
    def reasons(self) -> str:
        """Why there is no time: what was in the way on most days."""
        said = in_one_line(commonest(self.found.as_reasons))
        return said or _("The window is over.")

    @property
    def plan(self) -> Planned:
        """The row as the act takes it."""
        if self.skipped or self.is_left:
            return Planned(self.duty, skipped=self.skipped or told(gettext_noop("Left out.")))
        if self.choice is None:
            return Planned(self.duty)
        return Planned(self.duty, self.choice.slot, self.choice.worker)

    @property
    def is_without(self) -> bool:
        """Whether a time was looked for and none was found."""
        return self.form is not None and self.choice is None and not self.is_left


def time_rows(chosen: Chosen, data: Mapping[str, str] | None, *, at: datetime) -> list[TimeRow]:
    """Each row with its time, the most urgent first; with `data`, each as it was sent."""
    if len(chosen.duties) > MOST:
        raise Refused(
            _("At most %(most)d rows at a time; you chose %(count)d. Choose fewer.")
            % {"most": MOST, "count": len(chosen.duties)}
        )
    booked = chosen.bookings
    skipped = {duty.pk: _why_not(chosen, duty, booked) for duty in chosen.duties}
    together = Together([one for one in chosen.duties if not skipped[one.pk]], chosen, at)
    rows = [TimeRow(duty, chosen, together, skipped[duty.pk]) for duty in chosen.duties]
    open_rows, given = [row for row in rows if row.skipped is None], Given(at)
    if data is None:
        for row in open_rows:
            _propose(row, given)
    else:
        _read(open_rows, data, given)
    _caution(open_rows)
    return rows


def _why_not(chosen: Chosen, duty: Duty, booked: Mapping[int, Meeting]) -> Said | None:
    """Why a row cannot be booked at all."""
    course = duty.course
    if duty.pk in booked:
        when = booked[duty.pk].starts_at
        return told(gettext_noop("Already booked for %(when)s."), when=when)
    if duty.kind != MeetingKind.JOINT:
        return told(gettext_noop("Only joint interviews are booked in these times. Use “Book”."))
    if not books(chosen, duty):
        return told(NOT_MINE)
    if duty.outcome not in OWED:
        return told(gettext_noop("No longer owed: it is met, or the dates have moved."))
    if course.ends_on and course.ends_on <= chosen.on:
        return told(gettext_noop("The course has ended."))
    return None


def _propose(row: TimeRow, given: Given) -> None:
    """Give a row the best time that nobody before it has got."""
    citizen = row.duty.course.citizen_id
    left = _left(row, given)
    row.others = left[:MOST_CHOICES]
    row.choice = left[0] if left else None
    if row.choice:
        given.give(row.choice, citizen)
    row.form = TimeForm(None, duty=row.duty, times=row.others)


def _left(row: TimeRow, given: Given) -> list[Choice]:
    """The times that nobody before a row has got, the best first; near ones if there are any."""
    citizen = row.duty.course.citizen_id
    found: list[Choice] = []
    for search in ("near", "found"):
        proposed = choices(getattr(row, search).proposals, on=row.chosen.on)
        found = [one for one in proposed if given.fits(one, citizen)]
        if found:
            break
    return found


def _read(rows: Sequence[TimeRow], data: Mapping[str, str], given: Given) -> None:
    """Read each row's time as it was sent; rows without one are looked at last, once more."""
    for row in rows:
        row.form = TimeForm(data, duty=row.duty)
    _take_all(rows, given)
    for row in rows:
        if row.is_without and not row.errors:
            _propose_again(row, data, given)
    for row in rows:
        _offer_others(row, rows)


def _take_all(rows: Sequence[TimeRow], given: Given) -> None:
    """Let each row have the time that was sent for it: two queries for all."""
    named = {row.duty.pk: name for row in rows if (name := row.named) is not None}
    slots = _named_slots(rows, named.values())
    keys = [one.worker for one in named.values() if one.worker]
    people = User.objects.filter(is_active=True).in_bulk(keys)
    for row in rows:
        name = named.get(row.duty.pk)
        if row.form and name:
            _take(row, row.form, name, slots.get(name.slot), people.get(name.worker or 0), given)


def _named_slots(rows: Sequence[TimeRow], named: Iterable[Named]) -> dict[int, Slot]:
    if not rows:
        return {}
    seen = Slot.objects.visible_to(rows[0].chosen.user).filter(pk__in={one.slot for one in named})
    return {slot.pk: slot for slot in seen.for_list()}


def _take(  # noqa: PLR0913, PLR0917 (what was sent, and what was read for it)
    row: TimeRow, form: TimeForm, name: Named, slot: Slot | None, worker: User | None, given: Given
) -> None:
    """Let a row have the time that was sent, unless it moved or another row has it."""
    course = row.duty.course
    if slot is None or slot.jobcentre_id not in houses(course.jobcentre):
        form.add_error("tid", _("Choose a time of the list."))
        return
    row.choice = Choice(slot, slot.worker or worker, slot.guest, row.chosen.on)
    if name.shown_at and name.shown_at != slot.starts_at:
        form.add_error("tid", _("The time has just been moved. Choose it again."))
    elif not given.fits(row.choice, course.citizen_id):
        form.add_error("tid", _("Another row has this time, or one of its people is busy in it."))
    else:
        given.give(row.choice, course.citizen_id)


def _propose_again(row: TimeRow, data: Mapping[str, str], given: Given) -> None:
    """Look once more for a row that had no time; a new one is shown before it is booked."""
    citizen = row.duty.course.citizen_id
    left = _left(row, given)
    if left and data.get(f"r{row.duty.pk}-had", "") == "0":
        row.choice, row.others, row.is_new = left[0], left[:MOST_CHOICES], True
        given.give(left[0], citizen)
        row.told = _("A time has become free since the page was made.")


def _offer_others(row: TimeRow, rows: Sequence[TimeRow]) -> None:
    """The times to choose among when the page comes back: looked for only if it does."""
    if row.form is None:
        return
    if not row.others and not all(one.is_settled for one in rows):
        row.others = _with_own(row)
    row.form.offer(row.others, row.choice)


def _with_own(row: TimeRow) -> list[Choice]:
    """The proposals, and first of all the time that was sent."""
    found = choices(row.near.proposals, on=row.chosen.on)[:MOST_CHOICES]
    own = [row.choice] if row.choice and row.choice.slot not in [one.slot for one in found] else []
    return [*own, *found]


def _caution(rows: Sequence[TimeRow]) -> None:
    """What to think of before each row is booked at its time; all is read once."""
    timed = [(row, row.choice) for row in rows if row.choice and row.form and not row.is_left]
    if not timed:
        return
    free, agreed = _loaded([choice for _row, choice in timed], rows), AgreedBook.load()
    away = absences_of({row.duty.course.citizen_id for row, _choice in timed})
    for row, choice in timed:
        course, duty = row.duty.course, row.duty
        guest = choice.slot.guest if duty.with_party else None
        sitting = sitting_in(choice.slot, choice.worker, guest, Extra())
        found = booking_cautions(
            course,
            purpose(duty),
            sitting,
            on=row.chosen.on,
            availability=free,
            agreed=agreed,
            absences=away[course.citizen_id],
        )
        is_late = duty.late_from is not None and duty.late_from <= row.chosen.on
        row.cautions = [one for one in found if not (is_late and one.code == AFTER_DUE)]
        if row.form:
            row.form.ask_about(row.codes)


def _loaded(taken: Sequence[Choice], rows: Sequence[TimeRow]) -> Availability:
    days = [one.slot.day for one in taken]
    people = {who.pk for one in taken for who in (one.worker, one.slot.guest) if who}
    return Availability.load(
        first=min(days),
        last=max(days),
        workers=people,
        rooms={one.slot.room_id for one in taken if one.slot.room_id},
        organisations={row.duty.course.jobcentre_id for row in rows},
    )


def purpose(duty: Duty) -> Purpose:
    """The joint interview that a duty asks for."""
    return purpose_of_duty(duty, Party.JOBCENTRE)


def summary_of(rows: Sequence[TimeRow]) -> str:
    """How many of the rows will be booked."""
    count = sum(1 for row in rows if row.choice and not row.is_left)
    return ngettext(
        "%(count)d of %(all)d gets a time", "%(count)d of %(all)d get a time", count
    ) % {"count": count, "all": len(rows)}


def first_errors(rows: Sequence[TimeRow]) -> list[tuple[str, str]]:
    """What stands in the way, row by row: the field to go to, and the sentence."""
    found = []
    for row in rows:
        if row.is_settled or row.form is None:
            continue
        field_id = row.form["tid"].id_for_label
        found += [(field_id, f"{row.row.name}: {one}") for one in row.errors]
        if row.is_new:
            found.append((field_id, f"{row.row.name}: {row.told}"))
        elif not row.errors:
            ask = _("%(name)s: tick that you have seen the warning, or leave the row out.")
            found.append((row.form["seen"].id_for_label, ask % {"name": row.row.name}))
    return found
