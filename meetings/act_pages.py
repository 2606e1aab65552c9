"""The pages that ask before an act: what they are called, what they say, and their button."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from courses.models import Course
from meetings.cautions import Caution
from meetings.evidence import Line
from meetings.free_days import FreeWeek
from meetings.models import Enrolment, Meeting, Notification, Question
from shared.written import moment_text


@dataclass(frozen=True, slots=True)
class ActPage:
    """One page with one form and one button."""

    title: str
    intro: str
    button: str
    back: str
    course: Course
    cautions: Sequence[Caution] = ()
    evidence: Sequence[Line] = ()
    lead: str = ""
    shows_letter: bool = False
    proposals: Sequence[tuple[str, str]] = ()
    week: FreeWeek | None = None

    def leading_to(self, back: str) -> "ActPage":
        """The page with another way back."""
        return replace(self, back=back)


def booking_page(
    course: Course,
    cautions: Sequence[Caution],
    proposals: Sequence[tuple[str, str]],
    week: FreeWeek,
) -> ActPage:
    """Book an interview; `proposals` are free times with the address that fills them in."""
    return ActPage(
        title=_("Book interview"),
        intro="",
        button=_("Book all the same") if cautions else _("Book"),
        back=course.get_absolute_url(),
        course=course,
        cautions=cautions,
        shows_letter=True,
        proposals=proposals,
        week=week,
    )


def moving_page(
    meeting: Meeting, cautions: Sequence[Caution], week: FreeWeek, *, on: date
) -> ActPage:
    """Move a booked interview."""
    button = _("Move all the same") if cautions else _("Move")
    page = _page(meeting, _("Move interview"), button, on=on, cautions=cautions)
    return replace(page, week=week)


def replying_page(meeting: Meeting, *, on: date) -> ActPage:
    """Say whether one takes part."""
    return _page(meeting, _("Take part in a joint interview"), _("Send reply"), on=on)


def outcome_page(meeting: Meeting, cautions: Sequence[Caution], *, on: date) -> ActPage:
    """Say how an interview went."""
    button = _("Record all the same") if cautions else _("Record")
    return _page(meeting, _("Record outcome"), button, on=on, cautions=cautions)


def cancelling_page(meeting: Meeting, *, on: date) -> ActPage:
    """Cancel a booked interview."""
    return _page(meeting, _("Cancel interview"), _("Cancel the interview"), on=on)


def contact_page(meeting: Meeting, *, on: date) -> ActPage:
    """Record that the citizen was in contact again."""
    return _page(meeting, _("In contact again"), _("Record"), on=on)


def asking_page(meeting: Meeting, *, on: date) -> ActPage:
    """Ask the other party."""
    return _page(meeting, _("Ask the other party"), _("Send question"), on=on)


def replying_to_question_page(question: Question, *, on: date) -> ActPage:
    """Answer the other party; the question stands above the form."""
    page = _page(question.meeting, _("Answer the question"), _("Send answer"), on=on)
    return replace(page, lead=question.text)


def retracting_page(meeting: Meeting, *, on: date) -> ActPage:
    """Take back an outcome."""
    return _page(meeting, _("Take back the outcome"), _("Take back"), on=on)


def notifying_page(meeting: Meeting, evidence: Sequence[Line], *, on: date) -> ActPage:
    """Notify the a-kasse, after a look at the evidence."""
    return _page(meeting, _("Notify the a-kasse"), _("Send notification"), on=on, evidence=evidence)


def answering_page(notification: Notification, evidence: Sequence[Line], *, on: date) -> ActPage:
    """Answer a notification, with the evidence it came with."""
    page = _notification_page(notification, _("Answer the notification"), _("Send answer"), on=on)
    return replace(page, evidence=evidence)


def withdrawing_page(notification: Notification, *, on: date) -> ActPage:
    """Take back a notification."""
    return _notification_page(notification, _("Withdraw the notification"), _("Withdraw"), on=on)


def notifying_of_group_page(enrolment: Enrolment, evidence: Sequence[Line], *, on: date) -> ActPage:
    """Notify the a-kasse of who stayed away from a group meeting, after a look at the evidence."""
    return ActPage(
        title=_("Notify the a-kasse"),
        intro=f"{enrolment.group.title} · {moment_text(enrolment.group.starts_at, on=on)}",
        button=_("Send notification"),
        back=enrolment.get_absolute_url(),
        course=enrolment.course,
        evidence=evidence,
    )


def _notification_page(notification: Notification, title: str, button: str, *, on: date) -> ActPage:
    """A page about a notification, whatever was missed."""
    about = notification.enrolment.group.title if notification.enrolment else ""
    if notification.meeting:
        about = notification.meeting.get_kind_display()
    return ActPage(
        title=title,
        intro=f"{about} · {moment_text(notification.missed_at, on=on)}",
        button=button,
        back=notification.get_absolute_url(),
        course=notification.course,
    )


def _page(  # noqa: PLR0913 (the parts of a page)
    meeting: Meeting,
    title: str,
    button: str,
    *,
    on: date,
    cautions: Sequence[Caution] = (),
    evidence: Sequence[Line] = (),
) -> ActPage:
    when = moment_text(meeting.starts_at, on=on)
    return ActPage(
        title=title,
        intro=f"{meeting.get_kind_display()} · {when}",
        button=button,
        back=meeting.get_absolute_url(),
        course=meeting.course,
        cautions=cautions,
        evidence=evidence,
    )
