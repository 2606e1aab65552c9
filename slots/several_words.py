"""What stood in the way on days without a free time: by code, in a few words and without names."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetings.obstacles import Code

WORDS = {
    Code.HOLIDAY: gettext_lazy("a public holiday or weekend"),
    Code.CLOSED: gettext_lazy("closed"),
    Code.OFF_HOURS: gettext_lazy("a worker does not work then"),
    Code.LEAVE: gettext_lazy("a worker is away"),
    Code.BUSY_ELSEWHERE: gettext_lazy("a worker is busy elsewhere"),
    Code.IN_INTERVIEW: gettext_lazy("a worker is in another interview"),
    Code.IN_SLOT: gettext_lazy("a worker stands ready in another time"),
    Code.ROOM_TAKEN: gettext_lazy("the room is taken"),
    Code.CITIZEN_BUSY: gettext_lazy("the citizen has another interview"),
    Code.CITIZEN_AWAY: gettext_lazy("the citizen is away"),
    Code.TOO_SOON: gettext_lazy("too soon to be ready"),
    Code.BEFORE_WINDOW: gettext_lazy("before the window"),
    Code.AFTER_DEADLINE: gettext_lazy("a time is free, but after the last day"),
    Code.NO_SLOTS: gettext_lazy("no times are published"),
    Code.ALL_TAKEN: gettext_lazy("all times are taken"),
    Code.RESERVED: gettext_lazy("reserved for other a-kasser"),
    Code.UNRESERVED: gettext_lazy("the a-kasse has not reserved the times"),
    Code.HELD: gettext_lazy("somebody is deciding on the time"),
    Code.LACKS: gettext_lazy("nobody has the competence"),
    Code.NOBODY: gettext_lazy("no caseworker is free"),
}
NOT_A_REASON = {Code.AFTER_DEADLINE, Code.HOLIDAY}
Reasons = Iterable[Mapping[str, Any]]


def code_in_words(code: str) -> str:
    """One reason."""
    return str(WORDS[Code(code)]) if code in WORDS else code


def days_in_words(reasons: Reasons) -> list[tuple[date, str]]:
    """Each day, and all that was in the way on it."""
    return [
        (date.fromisoformat(one["day"]), ", ".join(code_in_words(code) for code in one["codes"]))
        for one in reasons
    ]


def commonest(reasons: Reasons, *, most: int = 3) -> list[str]:
    """What was in the way on most days: `3 days: all times are taken`."""
    counted = Counter(code for one in reasons for code in one["codes"] if code not in NOT_A_REASON)
    return [
        ngettext("%(count)d day: %(why)s", "%(count)d days: %(why)s", count)
        % {"count": count, "why": code_in_words(code)}
        for code, count in counted.most_common(most)
    ]


def first_after(reasons: Reasons) -> date | None:
    """The day of the first time after the window, where the search knew one."""
    later = [one["day"] for one in reasons if Code.AFTER_DEADLINE in one["codes"]]
    return date.fromisoformat(later[0]) if later else None


def weeks_text(first: date, last: date) -> str:
    """`week 48`, or `weeks 48-50`."""
    one, two = first.isocalendar().week, last.isocalendar().week
    if one == two:
        return _("week %(week)d") % {"week": one}
    return _("weeks %(first)d–%(last)d") % {"first": one, "last": two}


def in_one_line(sentences: Sequence[str]) -> str:
    """Sentences after one another."""
    return ". ".join(sentences) + ("." if sentences else "")
