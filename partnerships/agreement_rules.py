"""What an agreement and its terms may say: asked by the guide and by the admin site alike."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from partnerships.models import Agreement
from shared.written import plain_day

JOINT_BY_LAW = date(2016, 7, 1)
WEEKS_AN_INTERVIEW = 13  # R09-02: one interview within every 13 weeks
MOST_POSTPONED = 14  # R15-03
YOUNGEST, OLDEST = 15, 70
Fault = tuple[str, str]


def term_faults(said: Mapping[str, Any]) -> Iterator[Fault]:
    """The terms that cannot stand as written, each with what to write instead.

    Asked with some of the terms it judges those alone; a missing one is not judged.
    """
    yield from _dates(said)
    yield from _manners(said)
    if "window_weeks" in said:
        yield from _window(said.get("first_meetings_at_a_kasse") or 0, said["window_weeks"])


def _dates(said: Mapping[str, Any]) -> Iterator[Fault]:
    if (said.get("postpone_days") or 0) > MOST_POSTPONED:
        yield "postpone_days", _("The law lets 14 days at most. Did you mean 14?")
    joint = said.get("first_joint_from")
    if joint and joint > JOINT_BY_LAW:
        wrong = _("The law asks for it from %(day)s. Leave it empty, or write an earlier day.")
        yield "first_joint_from", wrong % {"day": plain_day(JOINT_BY_LAW)}


def _manners(said: Mapping[str, Any]) -> Iterator[Fault]:
    if said.get("notice_days") == 0:
        yield "notice_days", _("A day's notice is the least. Did you mean 7?")
    if said.get("frame_months") == 0:
        yield "frame_months", _("A frame lasts a month at least. Did you mean 12?")
    if (said.get("frame_amount") or 0) < 0:
        yield "frame_amount", _("A frame is not below nothing. Did you mean it without the minus?")


def _window(count: int, weeks: int | None) -> Iterator[Fault]:
    """The interviews in the a-kasse have room in the window."""
    if count and not weeks:
        wrong = _("Interviews in the a-kasse need a window. Did you mean %(weeks)d weeks?")
        yield "window_weeks", wrong % {"weeks": count * WEEKS_AN_INTERVIEW}
    elif weeks and weeks < count * WEEKS_AN_INTERVIEW:
        wrong = _(
            "The window ends before the last of the first interviews is due."
            " Did you mean week %(weeks)d?"
        )
        yield "window_weeks", wrong % {"weeks": count * WEEKS_AN_INTERVIEW}


def ages_fault(first: int, last: int) -> str:
    """What is wrong with the ages of a group of young people; empty where nothing is."""
    if first > last:
        wrong = _("“From age” must not be above “to age”. Did you mean %(age)d?")
        return wrong % {"age": last}
    if not YOUNGEST <= first <= last <= OLDEST:
        wrong = _("Ages lie between %(first)d and %(last)d.")
        return wrong % {"first": YOUNGEST, "last": OLDEST}
    return ""


def parent_fault(agreement: Agreement, above: Agreement | None) -> str:
    """Why an agreement cannot stand under another: it would stand under itself."""
    one, seen = above, set[int]()
    while one and one.pk not in seen:
        if agreement.pk and one.pk == agreement.pk:
            return _("An agreement cannot stand under itself, or under what stands below it.")
        seen.add(one.pk)
        one = one.parent
    return ""
