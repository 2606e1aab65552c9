"""Whom an interview is about, in the words of a side: a citizen, or the a-kasse's member."""

from django.utils.translation import gettext as _

from courses.models import Party


def citizen_word(side: Party | None) -> str:
    """What a side calls the person."""
    return _("member") if side == Party.A_KASSE else _("citizen")


def the_citizen(side: Party | None) -> str:
    """The person at the beginning of a line."""
    return _("The member") if side == Party.A_KASSE else _("The citizen")


def citizen_came_not(side: Party | None) -> str:
    """That the person did not come."""
    if side == Party.A_KASSE:
        return _("The member did not come")
    return _("The citizen did not come")


def citizens_explanation(side: Party | None) -> str:
    """What the person says of it."""
    if side == Party.A_KASSE:
        return _("The member's explanation")
    return _("The citizen's explanation")
