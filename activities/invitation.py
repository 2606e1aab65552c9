"""What the citizen is written when a seat is given: to what, when, where, and why."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from activities.models import Referral
from courses.models.letter_words import LetterKind
from letters import actions as post
from letters.access import may_write_to
from letters.drafts import Draft
from letters.models import Letter
from partnerships.models import Organisation
from shared.written import long_date, moment_text

LANGUAGE = "da"


def invite(referral: Referral, *, by: User, at: datetime) -> Letter | None:
    """Invite the citizen, in the name of the party that has the course; None when neither may.

    The jobcentre writes when it may; before the course opens to it, whoever referred does.
    """
    course, on = referral.course, timezone.localdate(at)
    for writer, sender in (
        (by, course.jobcentre),
        (by, course.a_kasse),
        (referral.referred_by, course.a_kasse),
        (referral.referred_by, course.jobcentre),
    ):
        if may_write_to(writer, course, sender, on=on):
            return post.queue(course, invitation_of(referral, sender, at=at), by=writer, at=at)
    return None


def invitation_of(referral: Referral, sender: Organisation, *, at: datetime) -> Draft:
    """The letter, in the citizen's own words of when and where."""
    activity = referral.activity
    following = activity.sessions.filter(starts_at__gte=at).order_by("starts_at").first()
    with translation.override(LANGUAGE):
        first = moment_text(following.starts_at) if following else long_date(activity.starts_on)
        place = (following.place if following else "") or activity.place
        facts = [
            (_("Activity"), activity.title),
            (_("First time"), first),
            (_("Place"), place),
            (_("Held by"), (activity.provider or activity.host).name),
            (_("Work"), f"{referral.order.occupation}, {referral.order.employer}")
            if referral.order
            else ("", ""),
        ]
        why = (
            _("Your a-kasse and the jobcentre have agreed on it. You must come.")
            if activity.mandatory
            else _("Your a-kasse and the jobcentre have agreed that it can help you find work.")
        )
    return Draft(
        kind=LetterKind.ACTIVITY,
        sender=sender,
        values={"why": why},
        facts=[one for one in facts if one[1]],
        language=LANGUAGE,
    )
