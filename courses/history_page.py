"""All that happened in a course, page by page: acts, dates that moved, and looks."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.access import Viewer
from courses.course_history import Event, joined_events
from courses.models import Course, Party
from journal.models import Entry, Look
from partnerships.models import Membership, Organisation
from shared.templatetags.components import party_word

AT_ONCE = 30
SIDES = {
    Organisation.Kind.JOBCENTRE.value: Party.JOBCENTRE.value,
    Organisation.Kind.A_KASSE.value: Party.A_KASSE.value,
}


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some of what happened, the newest first; `older` asks for what came before it."""

    events: tuple[Event, ...]
    older: str
    is_first: bool


def history_page(course: Course, *, viewer: Viewer, before: str) -> HistoryPage:
    """What a person may read of what happened before a moment, or until now."""
    moment = _moment(before)
    within = _within(viewer, moment)
    entries = list(Entry.objects.of_case(course.pk).filter(within)[: AT_ONCE + 1])
    looks = list(_looks(course).filter(within)[: AT_ONCE + 1])
    since = _oldest(entries, looks)
    moves = course.date_moves.filter(within).select_related("by")
    if since:
        entries = [one for one in entries if one.at >= since]
        looks = [one for one in looks if one.at >= since]
        moves = moves.filter(at__gte=since)
    events = joined_events(entries, moves, viewer=viewer) + _seen(looks, viewer)
    return HistoryPage(
        events=tuple(sorted(events, key=lambda event: event.at, reverse=True)),
        older=since.isoformat() if since else "",
        is_first=moment is None,
    )


def _moment(text: str) -> datetime | None:
    """The moment in an address; what cannot be read asks for the newest."""
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None


def _within(viewer: Viewer, before: datetime | None) -> Q:
    within = Q(at__lt=before) if before else Q()
    return within & Q(at__date__lt=viewer.until) if viewer.until else within


def _oldest(*found: Sequence[Entry] | Sequence[Look]) -> datetime | None:
    """The moment from which everything that was found is whole; none when nothing is left."""
    cut = [rows[AT_ONCE - 1].at for rows in found if len(rows) > AT_ONCE]
    return max(cut, default=None)


def _looks(course: Course) -> QuerySet[Look]:
    return Look.objects.filter(case_pk=course.pk).exclude(kind=Look.Kind.LIST)


def _seen(looks: Sequence[Look], viewer: Viewer) -> list[Event]:
    """Looks as events: the side of the one who looked, and the own name alone.

    What one person looked at again on a day is one event, as late as the last of it.
    """
    sides = sides_of({one.by_id for one in looks}, on=viewer.on)
    return [
        Event(
            slug="look",
            at=run[0].at,
            by=str(viewer.user) if run[0].by_id == viewer.user.pk else sides[run[0].by_id],
            text=_looked_at(run),
            details=((_("reason"), run[0].reason),) if run[0].reason else (),
        )
        for run in _runs(looks)
    ]


def _runs(looks: Sequence[Look]) -> list[list[Look]]:
    """Looks of one kind, by one person on one day and for the same reason, the newest first."""
    runs: dict[tuple[int, date, str, str], list[Look]] = defaultdict(list)
    for one in looks:
        runs[one.by_id, timezone.localdate(one.at), one.kind, one.reason].append(one)
    return list(runs.values())


def _looked_at(run: Sequence[Look]) -> str:
    said = _("seen: %(what)s") % {"what": run[0].get_kind_display()}
    if len(run) == 1:
        return said
    times = ngettext("%(count)d time", "%(count)d times", len(run)) % {"count": len(run)}
    return f"{said}, {times}"


def sides_of(people: Iterable[int], *, on: date) -> dict[int, str]:
    """For which party each person works, in words."""
    keys = set(people)
    found = dict.fromkeys(keys, _("administrator"))
    rows = Membership.objects.filter(user__in=keys, organisation__isnull=False)
    for user, kind in rows.order_by("starts_on").values_list("user", "organisation__kind"):
        if kind in SIDES:
            found[user] = party_word(SIDES[kind], on=on)
    return found


def looks_as_csv(course: Course, *, on: date) -> str:
    """Who looked at a course as rows for a spreadsheet: day, time, side and what; no names."""
    looks = list(Look.objects.filter(case_pk=course.pk).order_by("-at", "-pk"))
    sides = sides_of({one.by_id for one in looks}, on=on)
    out = StringIO()
    writer: Any = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("day"), _("time"), _("side"), _("seen")])
    for one in looks:
        at = timezone.localtime(one.at)
        writer.writerow([f"{at:%d.%m.%Y}", f"{at:%H:%M}", sides[one.by_id], one.get_kind_display()])
    return out.getvalue()
