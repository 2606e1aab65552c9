"""One referral as its page shows it: what it says, what may be done with it, who came when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from activities import access
from activities.charging import Charge, charge_of
from activities.group_sessions import came_to
from activities.models import Attendance, Referral
from activities.referral_list import TONES
from courses.access import side_of
from meetings.models import Enrolment
from shared.money import kroner
from shared.written import moment_text, plain_day, status_text

Pair = tuple[str, str]
State = Referral.State
GROUP_TONES = {"expected": "next", "came": "held", "absent": "missed", "excused": "paused"}
CAME_TONES = {"came": "held", "late": "soon", "absent_lawfully": "paused", "absent": "missed"}


@dataclass(frozen=True, slots=True)
class Gathering:
    """A session, and whether the citizen came."""

    when: str
    place: str
    tone: str
    came: str


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """What the page shows; `charge` while somebody is to answer it."""

    referral: Referral
    tone: str
    opens_course: bool
    facts: tuple[Pair, ...]
    charge: Charge | None
    gatherings: tuple[Gathering, ...]
    acts: tuple[Pair, ...]

    @property
    def first_act(self) -> Pair | None:
        """The next step: the one primary button."""
        return self.acts[0] if self.acts else None


def referral_page(referral: Referral, user: User, *, on: date) -> ReferralPage:
    """The page of a referral for one reader."""
    answers = access.may_answer(user, referral, on=on)
    return ReferralPage(
        referral=referral,
        tone=TONES[State(referral.state)],
        opens_course=side_of(user, referral.course, on=on) is not None,
        facts=tuple(_facts(referral)),
        charge=charge_of(referral, on=on) if answers else None,
        gatherings=tuple(gatherings_of(referral, on=on)),
        acts=tuple(_acts(referral, user, on=on)),
    )


def _acts(referral: Referral, user: User, *, on: date) -> Iterator[Pair]:
    known = (
        (access.may_answer, "activities:referral_accept", pgettext("a proposal", "Accept")),
        (access.may_answer, "activities:referral_reject", _("Reject")),
        (access.may_start, "activities:referral_start", _("Record the start")),
        (access.may_finish, "activities:referral_finish", _("Record the end")),
        (access.may_revoke, "activities:referral_revoke", _("Revoke")),
    )
    for may, name, word in known:
        if may(user, referral, on=on):
            yield reverse(name, args=[referral.pk]), word


def _facts(referral: Referral) -> Iterator[Pair]:
    activity = referral.activity
    yield _("Kind"), status_text(activity.get_kind_display())
    yield _("Held by"), activity.host.name
    if activity.provider:
        yield _("Other provider"), activity.provider.name
    yield _("Days"), days_of(activity.starts_on, activity.ends_on)
    if referral.order:
        yield _("Employer's order"), f"{referral.order.employer}, {referral.order.occupation}"
    yield _("Why"), referral.reason
    if referral.expected_effect:
        yield _("Expected effect"), referral.expected_effect
    yield _("Referred"), f"{moment_text(referral.referred_at)}, {referral.referred_by}"
    yield from _money(referral)
    yield from _answer(referral)
    yield from _course_of_it(referral)


def _money(referral: Referral) -> Iterator[Pair]:
    price = kroner(referral.price) if referral.price else _("free of charge")
    yield _("Price"), status_text(price)
    if referral.frame:
        yield _("Charged to"), _("the frame of %(house)s") % {"house": referral.frame.a_kasse.short}
    elif referral.price and referral.state in Referral.SEATED:
        yield _("Charged to"), _("no frame: the citizen is a member of another a-kasse")


def _answer(referral: Referral) -> Iterator[Pair]:
    if referral.answered_at and referral.answered_by:
        yield _("Answered"), f"{moment_text(referral.answered_at)}, {referral.answered_by}"
    elif referral.state == State.PROPOSED:
        yield _("Waits for"), referral.receiver.name
    if referral.answer_reason:
        yield _("Reason"), referral.answer_reason


def _course_of_it(referral: Referral) -> Iterator[Pair]:
    if referral.started_on:
        yield _("Started"), plain_day(referral.started_on)
    if referral.ended_on:
        yield _("Last day"), plain_day(referral.ended_on - timedelta(1))
    if referral.result:
        said = [referral.get_result_display(), referral.result_remark]
        yield _("Result"), ". ".join(one for one in said if one)


def days_of(starts_on: date, ends_on: date) -> str:
    """First and last day; people read the last day as included."""
    return f"{plain_day(starts_on)} – {plain_day(ends_on - timedelta(1))}"


def gatherings_of(referral: Referral, *, on: date) -> Iterator[Gathering]:
    """Every session of the activity, with what was written of this citizen."""
    known = {one.session_id: one.came for one in referral.attendance.all()}
    sessions = list(referral.activity.sessions.order_by("starts_at"))
    there = came_to(referral) if any(one.group_meeting_id for one in sessions) else {}
    for session in sessions:
        tone, came = _came(known.get(session.pk, ""), there.get(session.group_meeting_id or 0, ""))
        if tone == "unrecorded" and timezone.localdate(session.starts_at) > on:
            tone, came = "next", _("to come")
        yield Gathering(
            when=moment_text(session.starts_at),
            place=session.place or referral.activity.place,
            tone=tone,
            came=came,
        )


def _came(here: str, at_group: str) -> Pair:
    """What is known of one session: a tone and its words."""
    if here:
        return CAME_TONES[here], str(Attendance.Came(here).label)
    if at_group:
        return GROUP_TONES[at_group], str(Enrolment.Attendance(at_group).label)
    return "unrecorded", _("not recorded")
