"""Telling the a-kasse of a no-show, taking that back, and keeping what the a-kasse answers."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from meetings.access import may_answer, may_notify, may_withdraw
from meetings.actions.group_seats import locked_group
from meetings.actions.moves import State, locked
from meetings.actions.telling import tell_notification_answered, tell_notified
from meetings.collisions import seated
from meetings.evidence import Delivery, called_to_group, called_to_interview, collect
from meetings.group_access import may_notify_of
from meetings.models import Enrolment, Meeting, NoShow, Notification, NotificationQuerySet
from shared.refusals import Refused


@seated
def notify_a_kasse(meeting: Meeting, *, delivery: Delivery, by: User, at: datetime) -> Notification:
    """Notify the a-kasse of a no-show, with the evidence; the a-kasse assesses what it means."""
    meeting = locked(meeting)
    if not may_notify(by, meeting, on=timezone.localdate(at)):
        raise Refused(
            _(
                "Only the jobcentre notifies, and only of its own interviews. What happens at the"
                " a-kasse's own is the a-kasse's to assess."
            )
        )
    no_show = NoShow.objects.filter(meeting=meeting).first()
    if meeting.state != State.NO_SHOW or no_show is None:
        raise Refused(_("Record first that the citizen did not come."))
    _check_notifiable(Notification.objects.filter(meeting=meeting), no_show, delivery)
    notification = Notification.objects.create(
        course=meeting.course,
        meeting=meeting,
        sender=meeting.organisation,
        a_kasse=meeting.course.a_kasse,
        evidence=collect(called_to_interview(meeting), no_show, delivery),
        sent_at=at,
        sent_by=by,
    )
    note(
        notification,
        "notification-sent",
        by=by,
        case=meeting.course_id,
        meeting=meeting.pk,
        delivery=delivery,
    )
    tell_notified(notification, by=by, at=at)
    return notification


@seated
def notify_of_group(
    enrolment: Enrolment, *, delivery: Delivery, by: User, at: datetime
) -> Notification:
    """Notify the a-kasse of who stayed away from a mandatory group meeting, with the evidence."""
    enrolment = locked_enrolment(enrolment)
    if not may_notify_of(by, enrolment, on=timezone.localdate(at)):
        raise Refused(
            _(
                "Only the jobcentre notifies, and only of its own meetings. What happens at the"
                " a-kasse's own is the a-kasse's to assess."
            )
        )
    no_show = NoShow.objects.filter(enrolment=enrolment).first()
    if no_show is None:
        raise Refused(_("Record first that the citizen did not come."))
    _check_notifiable(Notification.objects.filter(enrolment=enrolment), no_show, delivery)
    notification = Notification.objects.create(
        course=enrolment.course,
        enrolment=enrolment,
        sender=enrolment.group.organisation,
        a_kasse=enrolment.course.a_kasse,
        evidence=collect(called_to_group(enrolment), no_show, delivery),
        sent_at=at,
        sent_by=by,
    )
    note(
        notification,
        "notification-sent",
        by=by,
        case=enrolment.course_id,
        title=enrolment.group.title,
        delivery=delivery,
    )
    tell_notified(notification, by=by, at=at)
    return notification


def locked_enrolment(enrolment: Enrolment) -> Enrolment:
    """An enrolment as it now stands; its group meeting is locked before it."""
    group = locked_group(enrolment.group)
    rows = group.enrolments.select_for_update(of=("self",))
    found = rows.select_related("course__citizen", "course__a_kasse", "course__jobcentre")
    enrolment = found.get(pk=enrolment.pk)
    enrolment.group = group
    return enrolment


@seated
def withdraw_notification(
    notification: Notification, *, reason: str, by: User, at: datetime
) -> Notification:
    """Take back a mistaken notification; it stays to be read, with the reason."""
    notification = _locked(notification)
    if not may_withdraw(by, notification, on=timezone.localdate(at)):
        raise Refused(_("Only the jobcentre that notified takes the notification back."))
    if not reason:
        raise Refused(_("Write why the notification is withdrawn."))
    notification.withdrawn_at = at
    notification.withdrawn_by = by
    notification.withdrawn_reason = reason
    notification.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    note(
        notification,
        "notification-withdrawn",
        by=by,
        case=notification.course_id,
        reason=reason,
    )
    return notification


@seated
def answer_notification(
    notification: Notification, *, code: str, answer: str, by: User, at: datetime
) -> Notification:
    """Keep the a-kasse's code and words as given; a later answer replaces them in the open."""
    notification = _locked(notification)
    if not may_answer(by, notification, on=timezone.localdate(at)):
        raise Refused(_("Only the a-kasse answers a notification."))
    if not code:
        raise Refused(_("Write the code of your assessment."))
    before = {"code": notification.answer_code, "answer": notification.answer}
    notification.answer_code, notification.answer = code, answer
    notification.answered_at, notification.answered_by = at, by
    notification.save(update_fields=["answer_code", "answer", "answered_at", "answered_by"])
    note(
        notification,
        "notification-answered",
        by=by,
        case=notification.course_id,
        code=code,
        answer=answer,
        before=before,
    )
    tell_notification_answered(notification, by=by, at=at)
    return notification


def _check_notifiable(sent: NotificationQuerySet, no_show: NoShow, delivery: Delivery) -> None:
    """Refuse to notify of what is lawful, already notified, or was never summoned."""
    if sent.filter(withdrawn_at=None).exists():
        raise Refused(_("The a-kasse has already been notified."))
    if no_show.lawful_absence != NoShow.Lawful.NONE:
        raise Refused(
            _("The absence is recorded as lawful (%(why)s), so there is nothing to notify.")
            % {"why": no_show.get_lawful_absence_display()}
        )
    if delivery == Delivery.FAILED:
        raise Refused(
            _(
                "The summons was never delivered. No notification may be sent until that is"
                " cleared: find out what went wrong, and book a new interview."
            )
        )


def _locked(notification: Notification) -> Notification:
    """The notification, what it is of locked first; refused when it is withdrawn."""
    if notification.meeting:
        locked(notification.meeting)
    if notification.enrolment:
        locked_enrolment(notification.enrolment)
    rows = Notification.objects.select_for_update(of=("self",)).select_related(
        "course", "meeting", "enrolment__group"
    )
    notification = rows.get(pk=notification.pk)
    if notification.withdrawn_at:
        raise Refused(_("This notification has been withdrawn."))
    return notification
