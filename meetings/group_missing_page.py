"""The page of a no-show at a group meeting: what is known, and what the a-kasse was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import reads_until, side_of
from courses.models import Party
from meetings.evidence import days_in_words, days_without_contact
from meetings.group_access import may_notify_of, may_tell_why
from meetings.group_page import place_of
from meetings.meeting_page import Sent, sent_shown
from meetings.models import Enrolment, GroupMeeting, NoShow
from meetings.words import citizens_explanation
from partnerships.models import Organisation
from shared.written import moment_text

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GroupNoShowPage:
    """One who was to come to a group meeting and did not."""

    enrolment: Enrolment
    group_url: str
    intro: str
    facts: Sequence[Pair]
    known: Sequence[Pair]
    sent: Sequence[Sent]
    may_record: bool
    notify_url: str

    @property
    def group(self) -> GroupMeeting:
        """The meeting."""
        return self.enrolment.group


def no_show_page(
    enrolment: Enrolment, no_show: NoShow | None, *, reader: User, on: date
) -> GroupNoShowPage:
    """The page of a no-show for its reader."""
    group, course = enrolment.group, enrolment.course
    side, until = side_of(reader, course, on=on), reads_until(reader, course, on=on)
    sent = list(enrolment.notifications.visible_to(reader, on=on).for_page())
    stands = any(one.withdrawn_at is None for one in sent)
    lawful = no_show is not None and no_show.lawful_absence != NoShow.Lawful.NONE
    notifiable = no_show and not lawful and not stands and may_notify_of(reader, enrolment, on=on)
    may_open = GroupMeeting.objects.visible_to(reader).filter(pk=group.pk).exists()
    return GroupNoShowPage(
        enrolment=enrolment,
        group_url=group.get_absolute_url() if may_open else "",
        intro=f"{group.title} · {moment_text(group.starts_at, on=on)}",
        facts=[
            (_("Meeting"), group.title),
            (_("Held by"), str(group.organisation)),
            (_("When"), moment_text(group.starts_at)),
            (_("Where"), place_of(group)),
            (_("Attendance"), _("Mandatory") if group.is_mandatory else _("Voluntary")),
        ],
        known=_known(enrolment, no_show, side, until) if no_show else [],
        sent=[sent_shown(one, reader, on) for one in sent],
        may_record=may_tell_why(reader, enrolment, on=on),
        notify_url=reverse("meetings:notify_of_group", args=[group.pk, enrolment.pk])
        if notifiable
        else "",
    )


def is_read_by(reader: User, enrolment: Enrolment, *, on: date) -> bool:
    """Whether there is a no-show to read; what happens at the a-kasse's own is its own to know."""
    is_a_kasses = enrolment.group.organisation.kind == Organisation.Kind.A_KASSE
    if is_a_kasses and side_of(reader, enrolment.course, on=on) == Party.JOBCENTRE:
        return False
    return may_tell_why(reader, enrolment, on=on) or (
        enrolment.notifications.visible_to(reader, on=on).exists()
    )


def _known(
    enrolment: Enrolment, no_show: NoShow, side: Party | None, until: date | None
) -> list[Pair]:
    contact, explanation = no_show.contact_again_at, no_show.explanation
    if until and contact and timezone.localdate(contact) >= until:
        contact, explanation = None, ""
    missed_on = timezone.localdate(enrolment.group.starts_at)
    rows = [
        (_("Lawful absence"), no_show.get_lawful_absence_display()),
        (_("Attempts at contact"), no_show.contact_attempts),
        (_("In contact again"), moment_text(contact) if contact else _("not yet")),
        (_("Days without contact"), days_in_words(days_without_contact(missed_on, contact))),
        (citizens_explanation(side), explanation),
    ]
    return [(name, value) for name, value in rows if value]
