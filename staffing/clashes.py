"""What is booked while somebody is away or an office is closed: times, never a name of a citizen.

Interviews and slots lie in apps above this one and are reached by the names of their relations.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.models import Organisation
from shared.written import clock_text, moment_text

MOST = 50


@dataclass(frozen=True, slots=True)
class Clash:
    """An interview, a group meeting or a time of a pool; `url` for those who may open it."""

    starts_at: datetime
    when: str
    what: str
    who: str
    url: str


def clashes_of_worker(
    worker: User, starts_at: datetime, ends_at: datetime, *, links: bool
) -> list[Clash]:
    """What a worker is booked in between two moments."""
    seats = _seats(Q(worker=worker), starts_at, ends_at)
    slots = _slots(Q(worker=worker) | Q(guest=worker), starts_at, ends_at)
    return _folded(seats, slots, links=links, apart_from=worker)


def clashes_of_house(
    house: Organisation,
    staff: Iterable[User],
    starts_at: datetime,
    ends_at: datetime,
    *,
    links: bool,
) -> list[Clash]:
    """What an organisation and its staff are booked in between two moments."""
    staff = list(staff)
    held = Q(meeting__organisation=house) | Q(group__organisation=house)
    seats = _seats(Q(worker__in=staff) | held, starts_at, ends_at)
    ready = Q(worker__in=staff) | Q(guest__in=staff) | Q(jobcentre=house)
    return _folded(seats, _slots(ready, starts_at, ends_at), links=links)


def _seats(of: Q, starts_at: datetime, ends_at: datetime) -> Any:  # noqa: ANN401 (rows)
    rows = _model("participations").objects.filter(
        of, is_busy=True, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    return rows.select_related("meeting", "group", "worker").order_by("starts_at", "pk")


def _slots(of: Q, starts_at: datetime, ends_at: datetime) -> Any:  # noqa: ANN401 (rows)
    """Open times in which nobody is booked yet: booked ones are interviews already."""
    rows = _model("slots_as_host").objects.filter(
        of, state="open", starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    rows = rows.exclude(bookings__is_live=True).select_related("worker", "guest")
    return rows.order_by("starts_at", "pk")


def _model(relation: str) -> Any:  # noqa: ANN401 (a model of an app above)
    return User._meta.get_field(relation).related_model


def _folded(
    seats: Iterable[Any], slots: Iterable[Any], *, links: bool, apart_from: User | None = None
) -> list[Clash]:
    """One line an interview, with whoever of it is concerned, apart from whose page it is."""
    meetings: dict[tuple[str, int], list[Any]] = {}
    for row in seats:
        key = ("meeting", row.meeting_id) if row.meeting_id else ("group", row.group_id)
        meetings.setdefault(key, []).append(row)
    found = [_of_meeting(rows, links, apart_from) for rows in meetings.values()]
    found += [_of_slot(one, apart_from) for one in slots]
    return sorted(found, key=lambda one: one.starts_at)


def _of_meeting(rows: list[Any], links: bool, apart_from: User | None) -> Clash:  # noqa: FBT001
    first = rows[0]
    kind = (first.meeting or first.group).get_kind_display()
    linked = links and first.meeting is not None
    return Clash(
        first.starts_at,
        _when(first),
        f"{kind[:1].upper()}{kind[1:]}",
        _names((row.worker for row in rows), apart_from),
        reverse("meetings:detail", args=[first.meeting_id]) if linked else "",
    )


def _of_slot(slot: Any, apart_from: User | None) -> Clash:  # noqa: ANN401
    who = _names((slot.worker, slot.guest), apart_from)
    return Clash(slot.starts_at, _when(slot), _("Pooled time"), who, "")


def _when(row: Any) -> str:  # noqa: ANN401
    return f"{moment_text(row.starts_at)}–{clock_text(row.ends_at)}"


def _names(workers: Iterable[User | None], apart_from: User | None) -> str:
    return ", ".join(dict.fromkeys(str(one) for one in workers if one and one != apart_from))
