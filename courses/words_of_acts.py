"""Journal entries in words: what an act is called, and what of its details people are told.

Details that stand on another page, such as what was said about a no-show, are left to that page.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.models import (
    AbsenceKind,
    ChoiceKind,
    EntryDecision,
    Flag,
    JobSearchStatus,
    MeetingForm,
    MeetingKind,
    Party,
)
from courses.models.letter_words import LetterChannel, LetterKind
from partnerships.models import Role
from shared.written import decimal_text, moment_text, month_text, plain_day

Words = tuple[tuple[str, str], ...]

ACTS: Mapping[str, Promise] = {
    "absence-recorded": _("absence recorded"),
    "absence-withdrawn": _("absence taken back"),
    "activity-approved": _("activity approved"),
    "activity-cancelled": _("activity cancelled"),
    "activity-changed": _("activity changed"),
    "activity-copied": _("activity copied"),
    "activity-finished": _("activity finished"),
    "activity-made": _("activity written down"),
    "activity-proposed": _("activity proposed"),
    "activity-rejected": _("activity rejected"),
    "activity-started": _("activity started"),
    "agreement-activate": _("agreement put in force"),
    "agreement-amend": _("agreement changed by an addendum"),
    "agreement-approve": _("agreement politically approved"),
    "agreement-changed": _("agreement changed"),
    "agreement-coordinate": _("agreement put up for coordination"),
    "agreement-draft-saved": _("draft of an agreement saved"),
    "agreement-end": _("agreement ended"),
    "agreement-evaluate": _("reminded of the evaluation of an agreement"),
    "agreement-evaluated": _("evaluation of an agreement written down"),
    "agreement-expire": _("agreement expired"),
    "agreement-expiring": _("reminded of the end of an agreement"),
    "agreement-kept": _("an agreement was ticked as done"),
    "agreement-notice": _("notice of an agreement given"),
    "agreement-phase-two": _("phase 2 of an agreement recorded"),
    "agreement-point-added": _("point added to an agreement"),
    "agreement-point-settled": _("point of an agreement settled"),
    "agreement-referrals-settled": _("open referrals of an agreement settled"),
    "agreement-renew": _("agreement renewed"),
    "agreement-renewal-drafted": _("renewal of an agreement drafted"),
    "agreement-reopened": _("an agreement is open again"),
    "agreement-send-back": _("agreement sent back to draft"),
    "agreement-sign": _("agreement signed by a party"),
    "agreement-unsettled": _("an agreement waits for its referrals to be settled"),
    "agreement-withdraw-notice": _("notice of an agreement taken back"),
    "agreement-workflow-changed": _("workflow of an agreement changed"),
    "assigned": _("caseworker chosen"),
    "booking-deadline-closed": _("deadline for booking closed"),
    "booking-deadline-met": _("the citizen booked by the deadline"),
    "booking-deadline-missed": _("the citizen booked no time by the deadline"),
    "booking-deadline-set": _("deadline for booking set"),
    "calendar-added": _("calendar of one's own added"),
    "calendar-removed": _("calendar of one's own removed"),
    "closing-day-set": _("closing days set"),
    "closing-day-taken-back": _("closing days taken back"),
    "competence-ended": _("competence ended"),
    "competence-given": _("competence given"),
    "cv-reviewed": _("CV looked at for an activity"),
    "flow-begun": _("steps of an individual hand begun"),
    "flow-step-done": _("a step of an individual hand is done"),
    "flow-written": _("steps of an individual hand written"),
    "forum-decided": _("decision of a forum written down"),
    "forum-decision-done": _("decision of a forum carried out"),
    "forum-figures-drawn": _("key figures of a forum drawn anew"),
    "forum-made": _("forum set up"),
    "forum-meeting-cancelled": _("meeting of a forum cancelled"),
    "forum-meeting-planned": _("meeting of a forum called"),
    "forum-member-added": _("member of a forum added"),
    "forum-member-removed": _("member of a forum taken out"),
    "forum-minutes-approved": _("minutes of a forum approved"),
    "forum-minutes-written": _("minutes of a forum written"),
    "forum-point-added": _("point put on the agenda of a forum"),
    "forum-point-removed": _("point taken off the agenda of a forum"),
    "forum-reminded": _("members of a forum reminded"),
    "hours-set": _("working hours set"),
    "leave-taken": _("leave written"),
    "leave-taken-back": _("leave taken back"),
    "choice-recorded": _("choice recorded"),
    "choice-withdrawn": _("choice taken back"),
    "day-left-out": _("day left out of a pool of times"),
    "citizen-changed": _("the citizen's details changed"),
    "consultant-assigned": _("job consultant chosen"),
    "contact-recorded": _("in contact again after a no-show"),
    "course-opened": _("course opened"),
    "entry-decided": _("entry into an agreement decided by a person"),
    "entry-withdrawn": _("decision on entry taken back"),
    "facts-from-file": _("told by the a-kasse's file"),
    "feed-renewed": _("calendar address made"),
    "feed-revoked": _("calendar address withdrawn"),
    "flag-acknowledged": _("overdue interview acknowledged"),
    "frame-closed": _("economic frame closed"),
    "frame-opened": _("economic frame granted"),
    "frame-raised": _("economic frame raised"),
    "group-attended": _("attendance at a group meeting recorded"),
    "group-cancelled": _("group meeting cancelled"),
    "group-changed": _("group meeting changed"),
    "group-enrolled": _("enrolled in a group meeting"),
    "group-held": _("group meeting held"),
    "group-missed": _("no-show at a group meeting: what is known"),
    "group-moved-up": _("got a seat at a group meeting from the waiting list"),
    "group-planned": _("group meeting planned"),
    "group-staffed": _("consultant of the invited party chosen for a group meeting"),
    "group-talks-given": _("individual talks booked after a group meeting"),
    "group-waiting": _("on the waiting list of a group meeting"),
    "group-withdrawn": _("withdrawn from a group meeting"),
    "handover-accepted": _("hand-over accepted"),
    "handover-coming": _("a hand-over is coming"),
    "handover-lapsed": _("the hand-over lapsed"),
    "handover-moved": _("the day of the hand-over moved"),
    "handover-overdue": _("the hand-over was not accepted in time"),
    "handover-returned": _("hand-over sheet returned"),
    "handover-sheet-sent": _("hand-over sheet sent"),
    "hours-reported": _("hours reported"),
    "interview-held": _("interview counts as held"),
    "interview-withdrawn": _("interview no longer counts as held"),
    "invitation-answered": _("invited party answered"),
    "job-search-recorded": _("status of the search for work recorded"),
    "leaving-undone": _("going to the jobcentre taken back"),
    "left-for-jobcentre": _("went to the jobcentre before the time"),
    "left-too-late": _("chose the jobcentre after the first interview"),
    "letter-failed": _("letter not sent"),
    "letter-printed": _("letter printed and in the post"),
    "letter-queued": _("letter written"),
    "letter-sent": _("letter sent"),
    "letter-taken-back": _("letter taken back"),
    "letter-to-print": _("letter handed to the printer"),
    "letter-text-written": _("text of letters written"),
    "letters-batched": _("letters put together for the printer"),
    "meeting-booked": _("interview booked"),
    "meeting-cancelled": _("interview cancelled"),
    "meeting-held": _("interview held"),
    "meeting-missed": _("the citizen did not come"),
    "meeting-moved": _("interview moved"),
    "member-file-confirmed": _("member file confirmed"),
    "member-file-received": _("member file received"),
    "member-file-stopped": _("member file stopped"),
    "municipality-informed": _("the municipality was told of the talk"),
    "news-told": _("news told"),
    "no-times-found": _("no free times were found"),
    "notification-answered": _("the a-kasse answered the notification"),
    "notification-sent": _("the a-kasse was notified"),
    "notification-withdrawn": _("notification taken back"),
    "order-added": _("employer's order added"),
    "order-answered": _("referred to an employer's order"),
    "outcome-retracted": _("outcome taken back"),
    "party-invited": _("the other party was asked to take part"),
    "party-left-out": _("the interview is held without the other party"),
    "pool-changed": _("pool of times changed"),
    "pool-extended": _("pool of times extended"),
    "pool-made": _("pool of times made"),
    "pool-published": _("pool of times published"),
    "pool-unpublished": _("pool of times no longer published"),
    "question-answered": _("a question between the parties was answered"),
    "question-asked": _("a question was asked of the other party"),
    "recruitment-called": _("called about a job"),
    "referral-accepted": _("referral to an activity accepted"),
    "referral-attended": _("attendance at an activity recorded"),
    "referral-finished": _("an activity is finished"),
    "referral-proposed": _("referred to an activity"),
    "referral-rejected": _("referral to an activity rejected"),
    "referral-revoked": _("referral to an activity revoked"),
    "referral-started": _("an activity has begun"),
    "invoice-matched": _("invoice matched with the seats"),
    "invoice-paid": _("invoice paid"),
    "invoice-received": _("invoice recorded"),
    "registration-changed": _("registration changed"),
    "role-dated": _("days of a role changed"),
    "role-given": _("role given"),
    "session-added": _("session added"),
    "session-removed": _("session removed"),
    "sickness-benefit": _("a-kasse told that the source of the benefit changes"),
    "slot-given-back": _("reserved time given back"),
    "slot-moved": _("time of a pool moved"),
    "slot-released": _("reserved time released unused"),
    "slot-reopened": _("withdrawn time opened again"),
    "slot-reserved": _("time reserved"),
    "slot-staffed": _("colleague chosen for a time"),
    "slot-withdrawn": _("time of a pool withdrawn"),
    "statement-confirmed": _("what the citizen stated by link was confirmed"),
    "statement-made": _("the citizen stated something by link"),
    "statement-rejected": _("what the citizen stated by link was not confirmed"),
    "statement-taken-back": _("what the citizen stated by link was taken back"),
    "sickness-talk-held": _("talk with the sick member held"),
    "survey-links-made": _("links to a survey given out"),
    "survey-made": _("survey made"),
    "time-asked-for": _("the a-kasse asked for a time"),
    "times-asked-for": _("more times were asked for"),
    "turnout-recorded": _("turnout of staff recorded"),
    "volume-accepted": _("another number of seats agreed on"),
    "volume-asked": _("another number of seats asked for"),
    "volume-declined": _("another number of seats declined"),
}
CAUSES: Mapping[str, Promise] = {
    "absence": _("absence"),
    "absence-withdrawn": _("absence taken back"),
    "choice": _("choice"),
    "choice-withdrawn": _("choice taken back"),
    "demo": _("demo world"),
    "entry": _("decision on entry into an agreement"),
    "entry-withdrawn": _("decision on entry taken back"),
    "hours": _("reported hours"),
    "interview-held": _("interview held"),
    "interview-withdrawn": _("interview taken back"),
    "member-file": _("the a-kasse's file"),
    "nightly": _("nightly reckoning"),
    "registration": _("registration"),
}
SAID_BY: Mapping[str, Promise] = {
    "in_person": _("in person"),
    "phone": _("by phone"),
    "digital": _("in a digital message"),
    "letter": _("by letter"),
}
ENTRY: Mapping[str, Promise] = {
    "in": _("taken into the agreement"),
    "out": _("kept out of the agreement"),
}
KINDS: Mapping[str, type[TextChoices]] = {"absence": AbsenceKind, "choice": ChoiceKind}


def entry_in_words(what: str, details: Mapping[str, Any]) -> tuple[str, Words]:
    """What was done, and what the entry says of it."""
    told = [
        (str(DETAILS[name][0]), DETAILS[name][1](details[name], what))
        for name in DETAILS
        if details.get(name)
    ]
    return str(ACTS.get(what) or what.replace("-", " ")), tuple(told)


def cause_in_words(cause: str) -> str:
    """Why dates moved."""
    return str(CAUSES.get(cause) or cause.replace("-", " "))


def moved_in_words(count: int) -> str:
    """How many dates moved."""
    return ngettext("%(count)d date moved", "%(count)d dates moved", count) % {"count": count}


def _text(value: object, _what: str) -> str:
    return str(value)


def _kind(value: str, what: str) -> str:
    words = KINDS.get(what.partition("-")[0], MeetingKind)
    return str(words(value).label) if value in words.values else value


def _word(words: type[TextChoices]) -> Callable[[str, str], str]:
    def shown(value: str, _what: str) -> str:
        return str(words(value).label) if value in words.values else value

    return shown


def _entry(value: str, _what: str) -> str:
    return str(ENTRY.get(value, value))


def _said_by(value: str, _what: str) -> str:
    return str(SAID_BY.get(value, value))


def _day(value: str, _what: str) -> str:
    return plain_day(date.fromisoformat(value))


def _last_day(value: str, _what: str) -> str:
    return plain_day(date.fromisoformat(value) - timedelta(1))


def _moment(value: str, _what: str) -> str:
    return moment_text(datetime.fromisoformat(value))


def _month(value: str, _what: str) -> str:
    return month_text(date.fromisoformat(f"{value}-01"))


def _number(value: object, _what: str) -> str:
    """An amount, or what was said of each column by name."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {said}" for name, said in value.items())
    try:
        return decimal_text(float(str(value)), digits=2)
    except ValueError:
        return str(value)


DETAILS: Mapping[str, tuple[Promise, Callable[[Any, str], str]]] = {
    "kind": (_("kind"), _kind),
    "entry": (_("decided"), _entry),
    "agreement": (_("agreement"), _text),
    "rule": (_("rule"), _text),
    "registered_on": (_("registered unemployed"), _day),
    "held_on": (_("held"), _day),
    "before_day": (_("moved from"), _day),
    "from_day": (_("the jobcentre's first day"), _day),
    "version": (_("version"), _text),
    "from": (_("from"), _day),
    "until_before": (_("last day"), _last_day),
    "starts_at": (_("time"), _moment),
    "form": (_("form"), _word(MeetingForm)),
    "letter": (_("letter"), _word(LetterKind)),
    "channel": (_("goes by"), _word(LetterChannel)),
    "said_by": (_("how it was said"), _said_by),
    "room": (_("room"), _text),
    "worker": (_("worker"), _text),
    "to": (_("given to"), _text),
    "month": (_("month"), _month),
    "before": (_("before"), _number),
    "after": (_("now"), _number),
    "absences": (_("absences"), _text),
    "hours": (_("hours"), _text),
    "meetings": (_("interviews"), _text),
    "cancelled_by": (_("cancelled by"), _word(Party)),
    "item": (_("item"), _word(JobSearchStatus.Item)),
    "state": (_("state"), _word(JobSearchStatus.State)),
    "seen_on": (_("seen on"), _day),
    "book_by": (_("book by"), _day),
    "cause": (_("cause"), _word(Flag.Cause)),
    "side": (_("responsible side"), _word(Party)),
    "code": (_("the a-kasse's code"), _text),
    "ground": (_("ground"), _word(EntryDecision.Ground)),
    "role": (_("role"), _word(Role)),
    "reason": (_("reason"), _text),
    "activity": (_("activity"), _text),
    "employer": (_("employer"), _text),
    "occupation": (_("occupation"), _text),
    "wanted": (_("wanted"), _text),
    "people": (_("people"), _text),
    "seats_before": (_("seats before"), _text),
    "seats_wanted": (_("seats wanted"), _text),
}
