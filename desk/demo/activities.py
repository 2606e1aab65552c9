"""Activities of each kind, under the agreement in force; the job club has a module of its own."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time

from accounts.models import User
from activities.actions import activities as planning
from activities.actions import beside, referrals
from activities.actions.sessions import add_session
from activities.models import Activity
from activities.plans import SessionPlan, TemplateStep
from activities.reference import load_activities
from courses.models import Course
from desk.demo.agreements import COPENHAGEN, EXAMPLE
from desk.demo.clubs import bill_some, job_clubs, refer_some
from desk.demo.diary import ZONE
from desk.demo.frames import open_frames
from desk.demo.scene import DAY, OTHER_UNION, PLANNERS, UNION, Scene
from desk.demo.staff import JOB_CLUB
from meetings.models import GroupMeeting
from partnerships.models import Agreement, Organisation
from shared.refusals import Refused

Kind = Activity.Kind
STEPS = [
    TemplateStep("Find tre virksomheder sammen med borgeren", "a_kasse", 7),
    TemplateStep("Drøft virksomhedspraktik", "jobcentre", 21),
    TemplateStep("Følg borgeren til jobmesse", "a_kasse", 42),
]
VERDICTS = ("fits", "perhaps", "not_now")
HANDS = slice(0, 3)
LOOKED_AT = slice(3, 6)


def hold_activities(people: Mapping[str, User], *, on: date) -> None:
    """Everything that hangs on the agreement in force; nothing before there is one."""
    at = datetime.combine(on, time(8, 30), ZONE)
    load_activities(at=at)
    agreement = Agreement.objects.get(slug=EXAMPLE)
    if on - 60 * DAY < agreement.starts_on:
        return
    slugs = [*PLANNERS, JOB_CLUB]
    houses = {row.slug: row for row in Organisation.objects.filter(slug__in=slugs)}
    scene = Scene(people, houses, agreement, at)
    for slug in (UNION, OTHER_UNION):
        open_frames(scene, slug)
    club = job_clubs(scene)
    refer_some(scene, club)
    bill_some(scene, club)
    _of_jobcentre(scene)
    _of_union(scene)
    _for_staff(scene)


def _of_jobcentre(scene: Scene) -> None:
    """What the jobcentre holds: a workshop with letters, a desk in the a-kasse, employers."""
    by = scene.people[PLANNERS[COPENHAGEN]]
    workshop = scene.start(
        scene.plan(Kind.WORKSHOP, "Ny retning", COPENHAGEN, (-28, 60), mandatory=True, seats=12)
    )
    group = GroupMeeting.objects.filter(
        kind=GroupMeeting.Kind.WORKSHOP, organisation=workshop.host, starts_at__gt=scene.at
    ).first()
    if group:
        plan = SessionPlan(group.starts_at, group.ends_at, group.place)
        add_session(workshop, plan, group_meeting=group, by=by, at=scene.at)
    scene.approve(scene.plan(Kind.INFORMATION, "Velkommen i jobcentret", COPENHAGEN, (5, 60)))
    desk = scene.plan(
        Kind.STATIONING, "Jobcentret hos 3F", COPENHAGEN, (-60, 120), place="3F, Samtalerum A"
    )
    scene.gather(scene.start(desk), -28, 3, 31)
    fair = scene.approve(
        scene.plan(Kind.RECRUITMENT, "Lager søger folk", COPENHAGEN, (12, 13), seats=30)
    )
    for employer, occupation, wanted in (
        ("Eksempel Lager A/S", "lagermedarbejder", 8),
        ("Eksempel Transport ApS", "chauffør", 3),
    ):
        beside.add_order(
            fair, employer=employer, occupation=occupation, wanted=wanted, by=by, at=scene.at
        )
    _hired(scene)
    scene.plan(Kind.EARLY_EFFORT, "Skift i tide", COPENHAGEN, (60, 240), phase=2)


def _hired(scene: Scene) -> None:
    """A recruitment event that was held: an order, those invited, met, and one hired."""
    by, answers = scene.people[PLANNERS[COPENHAGEN]], scene.people["kbh-mk"]
    fair = scene.plan(Kind.RECRUITMENT, "Køkkener søger folk", COPENHAGEN, (-12, 30), seats=20)
    fair = scene.start(fair)
    order = beside.add_order(
        fair, employer="Eksempel Kantiner A/S", occupation="køkkenmedhjælper", wanted=4, by=by,
        at=scene.act(26),
    )  # fmt: skip
    invited = []
    for course in list(scene.courses(OTHER_UNION))[:8]:
        with suppress(Refused):
            invited.append(scene.refer(course, fair, "foa", order=order))
    for one in invited[:4]:
        referrals.accept(one, by=answers, at=scene.act(9))
    for one in invited[:3]:
        referrals.start(one, on=scene.act(5).date(), by=answers, at=scene.act(5))
    for one in invited[:1]:
        referrals.finish(
            one, ended_on=scene.on, result="job", remark="Køkkenmedhjælper, 30 timer", by=answers,
            at=scene.at,
        )  # fmt: skip


def _of_union(scene: Scene) -> None:
    """What the a-kasse holds: a hand, step by step, and an education for some of its members."""
    hand = scene.plan(Kind.HAND, "En individuel hånd", UNION, (-28, 150), seats=10)
    beside.set_flow(hand, STEPS, by=scene.people[PLANNERS[UNION]], at=scene.at - 58 * DAY)
    hand = scene.start(hand)
    title = "Fra ufaglært til chauffør"
    education = scene.start(scene.plan(Kind.EDUCATION, title, UNION, (-20, 200)))
    courses = list(scene.courses(UNION))
    for course in courses[HANDS]:
        with suppress(Refused):
            _take_by_the_hand(scene, course, hand)
    for course, verdict in zip(courses[LOOKED_AT], VERDICTS, strict=False):
        with suppress(Refused):
            beside.review_cvs(
                education, [(course, verdict, "")], by=scene.people["jobkonsulent"],
                at=scene.at - DAY,
            )  # fmt: skip


def _take_by_the_hand(scene: Scene, course: Course, hand: Activity) -> None:
    """Referred, accepted, begun; the first step is done."""
    by, at = scene.people["jobkonsulent"], scene.act(16)
    one = scene.refer(course, hand, "jobkonsulent")
    referrals.accept(one, by=scene.people["kbh-mk"], at=scene.act(18))
    one = referrals.start(one, on=at.date(), by=by, at=at)
    steps = beside.begin_flow(one, by=by, at=at)
    beside.do_step(steps[0], by=by, at=scene.act(8))


def _for_staff(scene: Scene) -> None:
    """What colleagues take part in: one that is over, one that was rejected, one called off."""
    by, other = scene.people[PLANNERS[UNION]], scene.people[PLANNERS[COPENHAGEN]]
    campaign = scene.start(scene.plan(Kind.CAMPAIGN, "Brug CV'et rigtigt", UNION, (-28, -3)))
    planning.finish(
        campaign, evaluation="Flere rettede deres CV i ugerne efter.", by=by, at=scene.at - 2 * DAY
    )
    turnout = {scene.houses[UNION]: 14, scene.houses[COPENHAGEN]: 9}
    beside.record_turnout(campaign, turnout, by=by, at=scene.at - DAY)
    conference = scene.propose(scene.plan(Kind.CONFERENCE, "Fælles konference", UNION, (90, 91)))
    planning.reject(conference, reason="Vent til foråret.", by=other, at=scene.at - 40 * DAY)
    course = scene.approve(
        scene.plan(Kind.STAFF_COURSE, "Overleveringens kunst", COPENHAGEN, (10, 11))
    )
    planning.cancel(course, reason="Underviseren er syg.", by=other, at=scene.at - DAY)
