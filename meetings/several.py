"""Rows chosen in a worklist, and what would become of each: booked, summoned to, or given away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.access import acting_side
from courses.models import Course, Duty, MeetingKind, Party
from courses.wording import duty_name
from meetings.actions.several import Line
from meetings.batch_words import Said, in_words, told
from meetings.models import Meeting
from meetings.summonses import summoned_among
from partnerships.access import reach_of
from shared.refusals import Refused
from shared.written import day_text

MOST = 100
LONGEST_KEY = 18  # digits that fit the database's keys
NOT_MINE = gettext_noop("The other party books this interview. Ask it to book.")
NOT_OURS_TO_GIVE = gettext_noop("The case is not yours to give away.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that were ticked and that the person may see; how many more there were."""

    user: User
    side: Party
    on: date
    duties: tuple[Duty, ...]
    hidden: int

    @property
    def courses(self) -> list[Course]:
        """The courses of the rows, each once, in the order of the rows."""
        return list({one.course_id: one.course for one in self.duties}.values())

    @property
    def bookings(self) -> dict[int, Meeting]:
        """The interview that is booked for a row, by the row's key: one query."""
        booked = Meeting.objects.booked().filter(duty__in=[one.pk for one in self.duties])
        return {one.duty_id: one for one in booked if one.duty_id}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row before the act: whose it is, and what will happen or why nothing will."""

    line: Line
    name: str
    case: str
    url: str
    what: str
    due: str
    will: str
    skipped: str

    @property
    def key(self) -> int:
        """What the box that leaves the row out sends."""
        return (self.line.duty or self.line.course).pk


def chosen_rows(user: User, keys: Sequence[str], *, on: date) -> Chosen:
    """The duties with these keys, the most urgent first; a stranger's are counted, not named."""
    said = ",".join(keys).split(",")
    asked = {int(key) for key in said if key.isdecimal() and len(key) <= LONGEST_KEY}
    if not asked:
        raise Refused(_("Tick at least one row first."))
    if len(asked) > MOST:
        raise Refused(
            _("At most %(most)d rows at a time; you chose %(count)d. Choose fewer.")
            % {"most": MOST, "count": len(asked)}
        )
    rows = Duty.objects.visible_to(user, on=on).filter(pk__in=asked).for_worklist()
    found = tuple(
        rows.select_related(
            "course__citizen",
            "course__a_kasse",
            "course__jobcentre",
            "course__caseworker",
            "course__consultant",
        ).order_by(F("late_from").asc(nulls_last=True), "pk")
    )
    side = Party.JOBCENTRE if reach_of(user, on=on).jobcentres else Party.A_KASSE
    return Chosen(user, side, on, found, len(asked) - len(found))


def books(chosen: Chosen, duty: Duty) -> bool:
    """Whether the person's side books an interview: joint ones are the jobcentre's to summon to."""
    owner = Party.JOBCENTRE if duty.kind == MeetingKind.JOINT else duty.responsible
    return owner == chosen.side and acting_side(chosen.user, duty.course, on=chosen.on) == owner


def summon_rows(chosen: Chosen) -> list[PreviewRow]:
    """Which citizens will be summoned, and why others will not."""
    booked = chosen.bookings
    summoned = summoned_among(one.pk for one in booked.values())
    return [_summon_row(chosen, duty, booked.get(duty.pk), summoned) for duty in chosen.duties]


def _summon_row(
    chosen: Chosen, duty: Duty, meeting: Meeting | None, summoned: set[int]
) -> PreviewRow:
    will, why = "", None
    if meeting is None:
        why = told(gettext_noop("Not booked. Book it first."))
    elif not books(chosen, duty):
        why = told(gettext_noop("The other party summons to this interview."))
    elif meeting.pk in summoned:
        why = told(gettext_noop("Already summoned to %(when)s."), when=meeting.starts_at)
    elif meeting.held_on == chosen.on:
        why = told(gettext_noop("It is %(when)s: a letter comes too late. Call the citizen."),
                   when=meeting.starts_at)  # fmt: skip
    elif meeting.held_on < chosen.on:
        why = told(gettext_noop("The interview was %(when)s. Record its outcome."),
                   when=meeting.starts_at)  # fmt: skip
    else:
        said = told(gettext_noop("Summoned to %(when)s."), when=meeting.starts_at)
        will = in_words(said, on=chosen.on)
    line = Line(duty.course, duty, meeting, meeting.starts_at if meeting else None, why)
    return preview_row(line, will=will, on=chosen.on)


def assign_rows(chosen: Chosen, worker: User) -> list[PreviewRow]:
    """Which cases change hands; a case with several rows is given away once."""
    return [_assign_row(chosen, course, worker) for course in chosen.courses]


def _assign_row(chosen: Chosen, course: Course, worker: User) -> PreviewRow:
    now = course.caseworker if chosen.side == Party.JOBCENTRE else course.consultant
    will, why = "", None
    if acting_side(chosen.user, course, on=chosen.on) != chosen.side:
        why = told(NOT_OURS_TO_GIVE)
    elif now == worker:
        why = told(gettext_noop("%(worker)s has the case already."), worker=str(worker))
    elif now:
        will = _("From %(before)s to %(after)s") % {"before": now, "after": worker}
    else:
        will = _("To %(after)s; nobody has it now") % {"after": worker}
    return preview_row(Line(course, skipped=why), will=will, on=chosen.on)


def preview_row(line: Line, *, will: str, on: date) -> PreviewRow:
    """A row in words."""
    duty, course = line.duty, line.course
    last = duty.latest_on or duty.due_on if duty else None
    return PreviewRow(
        line=line,
        name=course.citizen.name,
        case=course.case_number,
        url=course.get_absolute_url(),
        what=duty_name(duty) if duty else "",
        due=_("Due %(day)s") % {"day": day_text(last, on=on)} if last else "",
        will=will,
        skipped=in_words(line.skipped, on=on) if line.skipped else "",
    )


def to_record(chosen: Chosen, *, at: datetime) -> tuple[list[int], list[int]]:
    """The interviews of the rows that the person's side records now, and the rows without one."""
    booked = chosen.bookings
    begun = [one for one in chosen.duties if one.pk in booked and booked[one.pk].starts_at <= at]
    found = {one.pk: booked[one.pk].pk for one in begun if books(chosen, one)}
    if not found:
        raise Refused(_("None of the chosen rows has an interview that has begun."))
    return list(found.values()), [one.pk for one in chosen.duties if one.pk not in found]


def left_out(lines: Iterable[Line], kept: Iterable[str]) -> list[Line]:
    """The lines, those that were taken out of the preview marked so."""
    out = set(kept)
    said: Said = told(gettext_noop("Left out."))
    return [
        Line(one.course, one.duty, one.meeting, one.starts_at, one.skipped or said)
        if str((one.duty or one.course).pk) in out
        else one
        for one in lines
    ]
