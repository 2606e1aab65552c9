"""How an interview went, in the words of a side: the same for its own page and for a preview."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.agreed import agreed_terms
from courses.models import Party
from meetings.agreed_manners import new_time_by
from meetings.evidence import days_in_words, days_without_contact
from meetings.models import Meeting, NoShow
from meetings.words import citizen_word, citizens_explanation
from shared.written import clock_text, moment_text, plain_day

State = Meeting.State
Pair = tuple[str, str]


def outcome_pairs(meeting: Meeting, side: Party | None, *, until: date | None) -> list[Pair]:
    """What a side reads of an outcome; empty values are left out."""
    pairs = [*_outcome(meeting, side), *_no_show(meeting, side, until)]
    return [(name, value) for name, value in pairs if value]


def _outcome(meeting: Meeting, side: Party | None) -> list[Pair]:
    return [
        (_("Cancelled by"), _cancelled_by(meeting, side)),
        (_("Why"), meeting.cancel_reason),
        (_("Held"), _held(meeting)),
        (_("Registered as type"), str(meeting.registered_type or "")),
        (_("Summary"), meeting.agreed),
        (_("Min Plan changed"), _yes_or_no(said=meeting.min_plan_changed)),
        (_("Next step"), meeting.next_step),
        (_("Recorded"), moment_text(meeting.settled_at) if meeting.settled_at else ""),
    ]


def _yes_or_no(*, said: bool | None) -> str:
    if said is None:
        return ""
    return _("yes") if said else _("no")


def _cancelled_by(meeting: Meeting, side: Party | None) -> str:
    if meeting.state != State.CANCELLED:
        return ""
    if meeting.cancelled_by == Party.CITIZEN:
        return citizen_word(side)
    return str(meeting.get_cancelled_by_display())


def _held(meeting: Meeting) -> str:
    """The form, and when people began and for how long, as far as it was said."""
    if meeting.state != State.HELD:
        return ""
    parts = [
        meeting.get_held_form_display() or meeting.get_form_display(),
        clock_text(meeting.began_at) if meeting.began_at else "",
        _("%(minutes)d minutes") % {"minutes": meeting.lasted_minutes}
        if meeting.lasted_minutes
        else "",
    ]
    return " · ".join(part for part in parts if part)


def no_show_of(meeting: Meeting) -> NoShow | None:
    """What is known of a no-show; nothing of any other interview."""
    if meeting.state != State.NO_SHOW:
        return None
    return NoShow.objects.filter(meeting=meeting).first()


def _no_show(meeting: Meeting, side: Party | None, until: date | None) -> list[Pair]:
    """What is known of a no-show; that at the a-kasse's own interview is its own to know."""
    if meeting.held_by == Party.A_KASSE and side == Party.JOBCENTRE:
        return []
    no_show = no_show_of(meeting)
    if no_show is None:
        return []
    contact, explanation = no_show.contact_again_at, no_show.explanation
    if until and contact and timezone.localdate(contact) >= until:
        contact, explanation = None, ""
    return [
        (_("Lawful absence"), no_show.get_lawful_absence_display()),
        (_("Attempts at contact"), no_show.contact_attempts),
        (_("In contact again"), moment_text(contact) if contact else _("not yet")),
        (_("Days without contact"), days_in_words(days_without_contact(meeting.held_on, contact))),
        (citizens_explanation(side), explanation),
        (_("New interview, by agreement"), _new_time(meeting)),
    ]


def _new_time(meeting: Meeting) -> str:
    """By when the parties agreed that a new interview is held; empty where they did not."""
    terms = agreed_terms(meeting.course, on=meeting.held_on)
    if terms is None:
        return ""
    return _("at latest %(day)s") % {"day": plain_day(new_time_by(meeting.held_on, terms))}
