"""What stands in the way of a time, one sentence an obstacle; never in whose interview."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models import User
from meetings.models import Room
from meetings.obstacles import Code, Obstacle, Who
from partnerships.models import Organisation
from shared.dates import start_of
from shared.written import clock_text, moment_text, plain_day

Names = Mapping[tuple[Who, int], str]

SENTENCES = {
    (Code.HOLIDAY, Who.DAY): gettext_lazy("The day is a weekend day or a public holiday."),
    (Code.CLOSED, Who.ORGANISATION): gettext_lazy("%(name)s is closed on this day."),
    (Code.CLOSED, Who.WORKER): gettext_lazy("The office of %(name)s is closed on this day."),
    (Code.OFF_HOURS, Who.WORKER): gettext_lazy("%(name)s does not work at this time."),
    (Code.LEAVE, Who.WORKER): gettext_lazy("%(name)s is away until %(until)s."),
    (Code.BUSY_ELSEWHERE, Who.WORKER): gettext_lazy(
        "%(name)s is busy until %(until)s, says the worker's own calendar."
    ),
    (Code.IN_INTERVIEW, Who.WORKER): gettext_lazy(
        "%(name)s is in another interview until %(until)s."
    ),
    (Code.IN_SLOT, Who.WORKER): gettext_lazy(
        "%(name)s stands ready for joint interviews until %(until)s."
    ),
    (Code.IN_SLOT, Who.ROOM): gettext_lazy(
        "%(name)s is kept for joint interviews until %(until)s."
    ),
    (Code.ROOM_TAKEN, Who.ROOM): gettext_lazy("%(name)s is taken until %(until)s."),
    (Code.CITIZEN_BUSY, Who.CITIZEN): gettext_lazy(
        "The citizen has another interview until %(until)s."
    ),
    (Code.CITIZEN_AWAY, Who.CITIZEN): gettext_lazy("The citizen is away until %(until)s."),
    (Code.TOO_SOON, Who.DAY): gettext_lazy("The day comes too soon to summon to it."),
    (Code.TOO_SOON, Who.CITIZEN): gettext_lazy("The day comes too soon to order an interpreter."),
    (Code.BEFORE_WINDOW, Who.DAY): gettext_lazy(
        "Held so early, it does not count: not before %(until)s."
    ),
    (Code.BEFORE_WINDOW, Who.CITIZEN): gettext_lazy(
        "The citizen asked for no day before %(until)s."
    ),
    (Code.AFTER_DEADLINE, Who.DAY): gettext_lazy("The day lies after the last day, %(since)s."),
    (Code.NO_SLOTS, Who.ORGANISATION): gettext_lazy("%(name)s has opened no times on this day."),
    (Code.ALL_TAKEN, Who.SLOT): gettext_lazy("All seats are taken."),
    (Code.RESERVED, Who.SLOT): gettext_lazy("The time is reserved for another a-kasse."),
    (Code.UNRESERVED, Who.SLOT): gettext_lazy(
        "The a-kasse has to reserve the time before it is booked."
    ),
    (Code.HELD, Who.SLOT): gettext_lazy("A colleague is deciding on it; held until %(until)s."),
    (Code.LACKS, Who.WORKER): gettext_lazy("%(name)s lacks the competence that is asked for."),
    (Code.NOBODY, Who.ORGANISATION): gettext_lazy("No caseworker of %(name)s is free."),
}
AWAY_FOR_GOOD = gettext_lazy("The citizen is away, and nobody knows until when.")
DAYS = {Code.BEFORE_WINDOW, Code.AFTER_DEADLINE}  # said as days, not times


def names_of(obstacles: Iterable[Obstacle]) -> dict[tuple[Who, int], str]:
    """What the workers, rooms and organisations of obstacles are called: three queries at most."""
    keys: dict[Who, set[int]] = {}
    for one in obstacles:
        if one.key is not None:
            keys.setdefault(one.who, set()).add(one.key)
    found: dict[tuple[Who, int], str] = {}
    for who, model in ((Who.WORKER, User), (Who.ROOM, Room), (Who.ORGANISATION, Organisation)):
        if who in keys:
            rows = model.objects.filter(pk__in=keys[who])
            found.update({(who, row.pk): str(row) for row in rows})
    return found


def sentence(obstacle: Obstacle, names: Names, *, on: datetime | None = None) -> str:
    """One obstacle in words; a moment on another day than `on` says its day."""
    if obstacle.code == Code.CITIZEN_AWAY and obstacle.until is None:
        return str(AWAY_FOR_GOOD)
    return str(SENTENCES[obstacle.code, obstacle.who]) % {
        "name": names.get((obstacle.who, obstacle.key or 0), ""),
        "until": _said(obstacle, obstacle.until, on),
        "since": _said(obstacle, obstacle.since, on),
    }


def sentences(obstacles: Iterable[Obstacle], *, on: datetime | None = None) -> list[str]:
    """Obstacles in words, each sentence once."""
    found = list(obstacles)
    names = names_of(found)
    return list(dict.fromkeys(sentence(one, names, on=on) for one in found))


def refusal(obstacle: Obstacle) -> tuple[str, dict[str, str]]:
    """Who or what is taken from when to when, and what to do about it: a text with its values.

    The text is translated where it is read.
    """
    name = names_of([obstacle]).get((obstacle.who, obstacle.key or 0), "")
    times = {
        "from": clock_text(obstacle.since) if obstacle.since else "",
        "to": clock_text(obstacle.until) if obstacle.until else "",
    }
    if obstacle.who == Who.WORKER:
        said = gettext_noop(
            "%(worker)s is in another interview from %(from)s to %(to)s."
            " Choose another time or another worker."
        )
        return said, {"worker": name, **times}
    if obstacle.who == Who.ROOM:
        said = gettext_noop(
            "%(room)s is taken from %(from)s to %(to)s. Choose another time or another room."
        )
        return said, {"room": name, **times}
    said = gettext_noop(
        "The citizen has another interview from %(from)s to %(to)s. Choose another time."
    )
    return said, times


def _said(obstacle: Obstacle, moment: datetime | None, on: datetime | None) -> str:
    """The end of an obstacle: a time of that day, else a day; the last one of days of absence."""
    if moment is None:
        return ""
    day = timezone.localdate(moment)
    if obstacle.code == Code.CITIZEN_AWAY or (
        obstacle.code == Code.LEAVE and moment == start_of(day)
    ):
        return plain_day(day - timedelta(1))
    if obstacle.code in DAYS:
        return plain_day(day)
    if on is not None and obstacle.code != Code.HELD and timezone.localdate(on) != day:
        return moment_text(moment, on=timezone.localdate(on))
    return clock_text(moment)
