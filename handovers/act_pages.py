"""What the pages of the acts beside the duties are called, and what they say when done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import ChoiceKind, Course, MeetingKind, Party
from courses.party_words import said_to
from handovers.access import LEAVING
from handovers.models import Departure
from meetings.models import Meeting
from shared.written import plain_day


@dataclass(frozen=True, slots=True)
class Words:
    """What a page asks, what to think of, and what it says when it is done."""

    question: str
    said_of: Callable[[object], str]
    back: str
    cautions: Sequence[str] = ()
    lead: str = ""
    asks_nothing: bool = False
    button: str = ""


def leaving(course: Course) -> Words:
    """The member goes to the jobcentre; a choice after the first interview comes too late."""
    chooses = LEAVING[course.regime] == ChoiceKind.CHOOSE_JOBCENTRE
    said = {"house": course.jobcentre.short}
    question = _("Visit to %(house)s") % said
    if chooses:
        question = _("The citizen chooses %(house)s") % said
    lead = _("The responsibility moves from the day of the choice. Interviews that the a-kasse has"
             " booked are cancelled, and the citizen gets a letter.")  # fmt: skip
    cautions = []
    first = _first_interview(course)
    if chooses and first:
        cautions.append(
            _("The right to choose applies from the start. The first interview was held on"
              " %(day)s, so the course stays in the a-kasse and the choice is noted.")
            % {"day": plain_day(first)}
        )  # fmt: skip
    booked = Meeting.objects.booked().filter(course=course, held_by=Party.A_KASSE).count()
    if booked and not cautions:
        cautions.append(
            ngettext(
                "%(count)d booked interview in the a-kasse is cancelled.",
                "%(count)d booked interviews in the a-kasse are cancelled.",
                booked,
            )
            % {"count": booked}
        )
    return _of_member(Words(question, _left, course.get_absolute_url(), cautions, lead))


def undoing(departure: Departure) -> Words:
    """Take it back."""
    lead = _("The course returns to the a-kasse, as if the choice had not been made.")
    cautions = []
    if departure.interviews_cancelled:
        cautions.append(_("Interviews that were cancelled stay so. Book them again."))
    if departure.letter and not departure.letter.is_here:
        cautions.append(_("The confirmation is sent already. Write to the citizen."))
    back = departure.course.get_absolute_url()
    question = _("Take back that the member goes to %(house)s?") % {
        "house": departure.course.jobcentre.short
    }
    return _of_member(Words(question, _undone, back, cautions, lead, asks_nothing=True))


def talking(course: Course) -> Words:
    """The talk with a sick member."""
    lead = _("Only what is needed for contact and the way back to work. What ails the citizen"
             " belongs nowhere in the case.")  # fmt: skip
    back = reverse("handovers:sickness", args=[course.case_number])
    return _of_member(Words(_("Record the sickness follow-up talk"), _talked, back, (), lead))


def calling(course: Course) -> Words:
    """A recruitment call."""
    lead = _("The call stands beside the duties: it settles none and moves no date.")
    back = course.get_absolute_url()
    return Words(_("Record a recruitment call"), _called, back, (), lead, button=_("Continue"))


def _of_member(words: Words) -> Words:
    """A page of the a-kasse, which calls the citizen its member."""

    def said_of(done: object) -> str:
        return said_to(Party.A_KASSE, words.said_of(done))

    return replace(
        words,
        question=said_to(Party.A_KASSE, words.question),
        said_of=said_of,
        cautions=[said_to(Party.A_KASSE, one) for one in words.cautions],
        lead=said_to(Party.A_KASSE, words.lead),
    )


def _first_interview(course: Course) -> date | None:
    """The a-kasse's first job interview of the course, from which on the choice comes too late."""
    held = course.citizen.held_meetings.filter(
        superseded_at=None, kind=MeetingKind.JOB, by=Party.A_KASSE, held_on__gte=course.placed_on
    )
    found = held.order_by("held_on").first()
    return found.held_on if found else None


def _left(departure: object) -> str:
    if isinstance(departure, Departure) and not departure.took_effect:
        return _("The choice is noted. The course stays in the a-kasse.")
    return _("The course has passed on. The citizen gets a letter.")


def _undone(taken_back: object) -> str:
    if taken_back:
        return _("It is taken back, and no letter goes out.")
    return _("It is taken back. The confirmation is sent already: write to the citizen.")


def _talked(_talk: object) -> str:
    return _("The talk is recorded. Tell the municipality of it within a week.")


def _called(_call: object) -> str:
    return _("The recruitment call is recorded.")
