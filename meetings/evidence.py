"""What a notification of a no-show rests on: put together from rows, read in any language.

The list is the one a later complaint asks for (domain A10). Nothing here says what a no-show
means for the benefit: that is the a-kasse's to assess.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.models import Letter
from meetings.models import Enrolment, Meeting, NoShow
from meetings.summonses import last_call
from shared.written import day_with_year, moment_text, plain_day

Row = dict[str, Any]


class Delivery(models.TextChoices):
    """What is known of the way of the summons to the citizen."""

    NOT_RECORDED = "not_recorded", gettext_lazy("not recorded here")
    DELIVERED = "delivered", gettext_lazy("delivered: there is a receipt")
    FAILED = "failed", gettext_lazy("never delivered")


class Called(NamedTuple):
    """What the citizen was called to: for when, what is known of that, and the last letter."""

    starts_at: datetime
    known: tuple[Row, ...]
    call: Letter | None

    @property
    def day(self) -> date:
        """The day in Denmark."""
        return timezone.localdate(self.starts_at)


class Line(NamedTuple):
    """One piece of evidence for the page: what, and what is known of it."""

    name: str
    value: str


NEVER_LEFT = (Letter.State.FAILED, Letter.State.TO_PRINT)
NAMES = {
    "interview": gettext_lazy("The interview"),
    "booked": gettext_lazy("Booked"),
    "group": gettext_lazy("The group meeting"),
    "title": gettext_lazy("Title"),
    "enrolled": gettext_lazy("Enrolled"),
    "mandatory": gettext_lazy("Attendance"),
    "summoned": gettext_lazy("Summoned or self-booked"),
    "summons": gettext_lazy("Copy of the summons"),
    "guidance": gettext_lazy("Guidance on the consequences, with its date"),
    "delivery": gettext_lazy("Proof of digital delivery"),
    "contact_attempts": gettext_lazy("Attempts at contact"),
    "contact_again": gettext_lazy("In contact again"),
    "without_contact": gettext_lazy("Days without contact"),
    "explanation": gettext_lazy("The citizen's explanation"),
    "lawful_absence": gettext_lazy("Lawful absence"),
}


def called_to_interview(meeting: Meeting) -> Called:
    """An interview as what was missed."""
    known = (_moment("interview", meeting.starts_at), _moment("booked", meeting.booked_at))
    return Called(meeting.starts_at, known, last_call(meeting))


def called_to_group(enrolment: Enrolment) -> Called:
    """A seat at a group meeting as what was missed."""
    group = enrolment.group
    known = (
        _moment("group", group.starts_at),
        _text("title", group.title),
        _word("mandatory", "mandatory" if group.is_mandatory else "voluntary"),
        _moment("enrolled", enrolment.enrolled_at),
    )
    return Called(group.starts_at, known, last_call(enrolment))


def collect(called: Called, no_show: NoShow, delivery: Delivery) -> list[Row]:
    """The evidence as it is known now, to be kept with the notification."""
    without = days_without_contact(called.day, no_show.contact_again_at)
    call = called.call
    arrived = call.arrived_at if call and delivery == Delivery.DELIVERED else None
    return [
        *called.known,
        _word("summoned", "summoned"),
        _sending("summons", call),
        _sending("guidance", call),
        _moment("delivery", arrived) if arrived else _word("delivery", delivery),
        _text("contact_attempts", no_show.contact_attempts),
        _moment("contact_again", no_show.contact_again_at),
        {"item": "without_contact", "days": [day.isoformat() for day in without]},
        _text("explanation", no_show.explanation),
        _word("lawful_absence", no_show.lawful_absence),
    ]


def delivery_of(missed: Meeting | Enrolment) -> Delivery:
    """What the outbox knows of the summons' way: arrived, never sent, or nothing for certain."""
    call = last_call(missed)
    if call and call.state in NEVER_LEFT:
        return Delivery.FAILED
    return Delivery.DELIVERED if call and call.arrived_at else Delivery.NOT_RECORDED


def _sending(item: str, call: Letter | None) -> Row:
    """When the letter went that summons and tells of the consequences."""
    if call is None or call.sent_at is None:
        failed = call is not None and call.state in NEVER_LEFT
        return _word(item, Delivery.FAILED if failed else Delivery.NOT_RECORDED)
    return _moment(item, call.sent_at)


def days_without_contact(missed_on: date, contact: datetime | None) -> tuple[date, ...]:
    """First and last day from what was missed until contact; one day while there is none.

    Contact on the same day leaves that day; contact on a later day leaves the days before it.
    """
    if contact is None:
        return (missed_on,)
    last = max(missed_on, timezone.localdate(contact) - timedelta(1))
    return (missed_on, last)


def lines(evidence: list[Row]) -> list[Line]:
    """Kept evidence in the reader's language."""
    return [Line(str(NAMES[row["item"]]), _value(row)) for row in evidence]


def _moment(item: str, moment: datetime | None) -> Row:
    return {"item": item, "moment": moment.isoformat() if moment else ""}


def _word(item: str, word: str) -> Row:
    return {"item": item, "word": str(word)}


def _text(item: str, text: str) -> Row:
    return {"item": item, "text": text}


def _value(row: Row) -> str:
    """What is known of one piece of evidence, in words."""
    if row.get("moment"):
        moment = datetime.fromisoformat(row["moment"])
        return moment_text(moment, on=date.min)
    if row.get("days"):
        return days_in_words([date.fromisoformat(day) for day in row["days"]])
    if row.get("word"):
        return str(_words()[row["word"]])
    return row.get("text") or _("not recorded here")


def days_in_words(days: Sequence[date]) -> str:
    """First and last day without contact, as people write it."""
    if len(days) == 1:
        return _("from %(day)s, no contact yet") % {"day": day_with_year(days[0])}
    if days[0] == days[1]:
        return day_with_year(days[0])
    return f"{plain_day(days[0])}–{plain_day(days[1])}"


def _words() -> dict[str, Any]:
    return {
        **dict(NoShow.Lawful.choices),
        **dict(Delivery.choices),
        "summoned": _("summoned, not self-booked"),
        "mandatory": _("mandatory"),
        "voluntary": _("voluntary"),
    }
