"""The list of letters: mine, those not sent, those that wait, those that went."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from letters.models import Letter, LetterQuerySet

Narrowed = Callable[[LetterQuerySet, User], LetterQuerySet]
LISTS: dict[str, tuple[str | Promise, str, Narrowed]] = {
    "ikke-sendt": (_("Not sent"), "over", lambda rows, _user: rows.failed()),
    "venter": (_("Waiting"), "letter", lambda rows, _user: rows.not_gone_yet()),
    "sendt": (_("Sent"), "held", lambda rows, _user: rows.sent()),
    "mine": (_("Written by me"), "next", lambda rows, user: rows.queued_by_user(user)),
}
FIRST = "mine"


@dataclass(frozen=True, slots=True)
class Tab:
    """One list, with its count."""

    label: str | Promise
    url: str
    tone: str
    count: int
    is_current: bool


def asked_list(text: str) -> str:
    """The list that an address asks for."""
    return text if text in LISTS else FIRST


def listed(user: User, which: str) -> LetterQuerySet:
    """The letters of a list that a person may see, the newest first."""
    return LISTS[which][2](Letter.objects.visible_to(user), user)


def tabs(user: User, which: str) -> list[Tab]:
    """All the lists, with their counts."""
    url = reverse("letters:list")
    return [
        Tab(label, f"{url}?vis={name}", tone, listed(user, name).count(), name == which)
        for name, (label, tone, _narrowed) in LISTS.items()
    ]
