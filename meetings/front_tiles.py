"""The counts on top of a front page, each a link to the list that it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.worklist import HORIZON_DAYS, Tally
from courses.worklist_filter import Group, WorklistFilter
from courses.worklist_rows import TONES, heading_of
from meetings.front_counts import Counts
from meetings.waiting import Waiting
from shared.templatetags.components import tile
from shared.written import short_day


@dataclass(frozen=True, slots=True)
class Tile:
    """A count, and the list that it counts."""

    key: str
    url: str
    tone: str
    count: int
    label: str
    note: str
    current: bool

    @property
    def html(self) -> SafeString:
        """The tile as it stands on the page."""
        return tile(
            url=self.url, tone=self.tone, count=self.count, label=self.label,
            note=self.note, current=self.current, key=self.key,
        )  # fmt: skip


def tiles_of(
    chosen: WorklistFilter, numbers: Iterable[Tally], beside: Counts, *, on: date
) -> tuple[Tile, ...]:
    """All tiles; the one in use leads back to the whole list."""
    numbers = list(numbers)
    of_duties = [
        Tile(
            key=group.value,
            url=chosen.address(group=None if _is_current(chosen, group) else group),
            tone=TONES[group],
            count=sum(one.count for one in numbers if one.group is group),
            label=_label(group, beside.soon_days),
            note=_note(group, numbers, on),
            current=_is_current(chosen, group),
        )
        for group in Group
    ]
    return (*of_duties, *_tiles_beside(chosen, beside, on))


def _is_current(chosen: WorklistFilter, group: Group) -> bool:
    return chosen.group is group and not chosen.waiting


def _label(group: Group, soon_days: int) -> str:
    return _("Overdue deadline") if group is Group.LATE else heading_of(group, soon_days=soon_days)


def _note(group: Group, numbers: Iterable[Tally], on: date) -> str:
    """What is new or still to do in a group."""
    if group is Group.LATE:
        new = sum(one.count for one in numbers if one.late_from == on)
        return _("%(count)d new tonight") % {"count": new} if new else ""
    if group is Group.SOON:
        free = sum(one.count for one in numbers if one.group is group and not one.booked)
        return _("%(count)d not booked") % {"count": free} if free else ""
    return _("until %(day)s") % {"day": short_day(on + timedelta(HORIZON_DAYS))}


def _tiles_beside(chosen: WorklistFilter, beside: Counts, on: date) -> tuple[Tile, ...]:
    """What waits for the own side; no filter of the list narrows it, and then each tile says so."""
    oldest = beside.oldest_outcome
    since = _("oldest %(day)s") % {"day": short_day(timezone.localdate(oldest))} if oldest else ""
    in_all = "" if chosen.is_whole else _("in all")
    ours = _("of these %(count)d from us") % {"count": beside.ours} if beside.ours else ""
    handed = (
        _("%(count)d wait for us") % {"count": beside.handed_ours}
        if beside.handed_ours
        else _("30 days")
    )
    short = beside.without_place(on=on)
    first = _("from %(day)s") % {"day": short_day(min(short))} if short else ""
    return tuple(
        Tile(
            key=which.value,
            url=chosen.address(group=None, waiting="" if chosen.waiting == which else which.value),
            tone=tone,
            count=number,
            label=label,
            note=" · ".join(filter(None, [in_all, note])),
            current=chosen.waiting == which,
        )
        for which, tone, number, label, note in (
            (Waiting.OUTCOMES, "unrecorded", beside.outcomes, _("Outcome missing"), since),
            (Waiting.ANSWERS, "letter", beside.answers, _("Waiting for an answer"), ours),
            (Waiting.HANDOVERS, "handover", beside.handovers, _("Hand-over soon"), handed),
            (Waiting.CAPACITY, "paused", sum(short.values()), _("No place in time"), first),
        )
    )
