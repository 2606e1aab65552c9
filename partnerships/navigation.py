"""Which sections a person's roles open, and which page is the person's own front page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships.access import Reach, reach_of
from partnerships.agreement_pages import READS
from partnerships.models import Role


@dataclass(frozen=True, slots=True)
class Section:
    """A link in the bar on top; `key` is the letter that goes there after g."""

    label: str | Promise
    url: str
    key: str = ""
    also: tuple[str, ...] = ()  # pages that are reached from here alone

    def held(self, path: str) -> int:
        """How much of the address of a page belongs to the section; 0 if it is no page of it."""
        return max((len(one) for one in (self.url, *self.also) if path.startswith(one)), default=0)


def _on_the_desk(reach: Reach) -> bool:
    return bool(reach.jobcentres or reach.booking_at)


def _in_the_portal(reach: Reach) -> bool:
    return bool(reach.a_kasser)


def _with_citizens(reach: Reach) -> bool:
    return reach.reads_citizens


def _planning(reach: Reach) -> bool:
    return bool(reach.booking_at) or reach.has(Role.COORDINATOR)


def _at_the_calendar(reach: Reach) -> bool:
    return bool(reach.jobcentres or reach.booking_at or reach.a_kasser)


def _publishing(reach: Reach) -> bool:
    return bool(reach.booking_at)


def _providing(reach: Reach) -> bool:
    return reach.has(Role.PROVIDER)


def _paying(reach: Reach) -> bool:
    return reach.has(Role.FINANCE)


def _steering(reach: Reach) -> bool:
    return reach.has(*READS)


def _with_money(reach: Reach) -> bool:
    return reach.has(
        Role.FINANCE, Role.AGREEMENT_ADMINISTRATOR, Role.STEERING_GROUP, Role.COORDINATOR
    )


def _in_a_forum(reach: Reach) -> bool:
    return reach.has(Role.AGREEMENT_ADMINISTRATOR, Role.STEERING_GROUP, Role.COORDINATOR)


def _at_a_party(reach: Reach) -> bool:
    return bool(reach.organisations)


def _administering(reach: Reach) -> bool:
    return reach.has(Role.SYSTEM_ADMINISTRATOR)


def _in_the_admin(reach: Reach) -> bool:
    return reach.has(Role.SYSTEM_ADMINISTRATOR, Role.AGREEMENT_ADMINISTRATOR)


SECTIONS: list[tuple[Callable[[Reach], bool], str | Promise, str]] = [
    (_on_the_desk, _("Today"), "desk:today"),
    (_in_the_portal, _("Today"), "portal:today"),
    (_with_citizens, _("Courses"), "courses:search"),
    (_at_the_calendar, _("Calendar"), "slots:calendar"),
    (_with_citizens, _("Interviews"), "meetings:list"),
    (_with_citizens, _("Hand-overs"), "handovers:list"),
    (_with_citizens, _("Letters"), "letters:list"),
    (_at_a_party, _("Activities"), "activities:list"),
    (_with_citizens, _("Referrals"), "activities:referrals"),
    (_providing, _("Participants"), "activities:participants"),
    (_paying, _("Invoices"), "activities:invoices"),
    (_in_the_portal, _("Files"), "courses:files"),
    (_publishing, _("Pools of times"), "slots:pools"),
    (_publishing, _("Group meetings"), "meetings:groups"),
    (_planning, _("Staff"), "staffing:staff"),
    (_steering, _("Agreements"), "partnerships:agreements"),
    (_with_money, _("Frames"), "frames:list"),
    (_in_a_forum, _("Forums"), "forums:list"),
    (_at_a_party, _("News"), "forums:news"),
    (_at_a_party, _("Contacts"), "forums:contacts"),
    (_in_the_admin, _("Texts of letters"), "letters:texts"),
    (_administering, _("Access with a reason"), "courses:access"),
    (_in_the_admin, _("Administration"), "admin:index"),
]


KEYS = {
    "desk:today": "i",
    "portal:today": "i",
    "courses:search": "f",
    "slots:calendar": "k",
    "meetings:list": "s",
    "handovers:list": "o",
    "partnerships:agreements": "a",
}


ALSO = {
    "slots:pools": ("slots:capacity", "slots:region"),
    "staffing:staff": ("staffing:closing_days",),
}


def sections_of(user: User) -> list[Section]:
    """The sections of the bar for a person, in order."""
    reach = reach_of(user)
    return [
        Section(label, reverse(name), KEYS.get(name, ""), tuple(map(reverse, ALSO.get(name, ()))))
        for opens, label, name in SECTIONS
        if opens(reach)
    ]


FRONT_PAGES: list[tuple[Callable[[Reach], bool], str]] = [
    (_on_the_desk, "desk:today"),
    (_in_the_portal, "portal:today"),
    (_administering, "admin:index"),
    (_steering, "partnerships:agreements"),
    (_providing, "activities:participants"),
]


def front_page_of(user: User) -> str:
    """The name of the page a person starts on."""
    reach = reach_of(user)
    for opens, name in FRONT_PAGES:
        if opens(reach):
            return name
    return "partnerships:nothing_here"
