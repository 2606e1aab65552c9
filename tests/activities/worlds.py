"""An activity of each kind in a state in which its pages open, for the table of the pages."""

from datetime import date, datetime, timedelta

from activities.models import Activity, FlowStep, FlowTemplateStep, Referral, Session, VolumeChange
from courses.models import Course
from partnerships.models import Agreement
from tests.factories import UserFactory

Kind = Activity.Kind
PAGES = {  # the kind whose page it is
    "activity": Kind.INFORMATION,
    "edit": Kind.INFORMATION,
    "cancel": Kind.INFORMATION,
    "copy": Kind.INFORMATION,
    "add_session": Kind.INFORMATION,
    "propose": Kind.INFORMATION,
    "decide": Kind.WORKSHOP,
    "finish": Kind.HAND,
    "ask_volume": Kind.HAND,
    "steps": Kind.HAND,
    "flows": Kind.HAND,
    "candidates": Kind.EDUCATION,
    "add_order": Kind.RECRUITMENT,
    "invited": Kind.RECRUITMENT,
    "turnout": Kind.CONFERENCE,
    "start": Kind.STATIONING,
}


def activities_of(course: Course, *, on: date, at: datetime) -> None:
    """One of each kind of the page table, under the agreements of the course's a-kasse."""
    agreed = Agreement.objects.filter(parties__organisation=course.a_kasse)
    states = {Kind.INFORMATION: "draft", Kind.RECRUITMENT: "draft", Kind.STATIONING: "approved"}
    for kind in sorted(set(PAGES.values()) - {Kind.WORKSHOP}):
        one = Activity.objects.create(
            title=f"Together: {kind.label}",
            kind=kind,
            state=states.get(kind, "running"),
            host=course.jobcentre,
            starts_on=on - timedelta(7),
            ends_on=on + timedelta(30),
            seats=12,
            made_at=at,
        )
        one.agreements.set(agreed)
        _gather(one, at)
    workshop = Activity.objects.create(
        title="New start",
        kind=Kind.WORKSHOP,
        state="proposed",
        host=course.a_kasse,
        starts_on=on + timedelta(7),
        ends_on=on + timedelta(8),
        made_at=at,
    )
    workshop.agreements.set(agreed)
    _hand_in_hand(Activity.objects.get(kind=Kind.HAND), course, on=on, at=at)


def _gather(activity: Activity, at: datetime) -> None:
    starts_at = at - timedelta(days=1)
    Session.objects.create(
        activity=activity, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
    )


def _hand_in_hand(hand: Activity, course: Course, *, on: date, at: datetime) -> None:
    """Somebody in the first step of two, and a number of seats that the a-kasse asks for."""
    for order, party in ((1, "a_kasse"), (2, "jobcentre")):
        FlowTemplateStep.objects.create(
            activity=hand, order=order, what="Talk", party=party, after_days=7 * order
        )
    referral = Referral.objects.create(
        activity=hand,
        course=course,
        receiver=course.jobcentre,
        state="started",
        reason="Needs a hand.",
        referred_at=at,
        referred_by=UserFactory(),
        started_on=on,
    )
    FlowStep.objects.create(
        referral=referral, order=1, what="Talk", owner=UserFactory(), due_on=on + timedelta(7)
    )
    VolumeChange.objects.create(
        activity=hand,
        seats=20,
        seats_before=12,
        reason="Many need it.",
        party=course.a_kasse,
        asked_at=at,
        asked_by=UserFactory(),
    )


def arguments_of(page: str) -> list[object]:
    """The arguments of a page of activities."""
    hand = Activity.objects.get(kind=Kind.HAND)
    if page == "answer_volume":
        return [hand.volume_changes.get().pk]
    if page in ("attendance", "enrol"):
        return [hand.sessions.get().pk]
    if page == "remove_session":
        return [Session.objects.get(activity__kind=Kind.INFORMATION).pk]
    if page in ("begin_flow", "do_step"):
        referral = hand.referrals.get()
        return [referral.pk if page == "begin_flow" else referral.flow.get().pk]
    return [Activity.objects.get(kind=PAGES[page]).pk]


ALL_PAGES = (
    *PAGES,
    "answer_volume",
    "attendance",
    "enrol",
    "remove_session",
    "begin_flow",
    "do_step",
)
