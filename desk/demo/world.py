"""Fills an empty database with the demo world, in the order in which things happen."""

from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import transaction

from accounts.models import User
from courses import flagging
from courses.deadlines import refresh_many
from courses.models import Citizen, Course
from desk.demo.activities import hold_activities
from desk.demo.agreements import agree_on_some
from desk.demo.corrections import correct
from desk.demo.crowd import crowd_stories
from desk.demo.diary import Diary
from desk.demo.entries import write_entries
from desk.demo.forums import keep_forums
from desk.demo.groups import hold_group_meetings
from desk.demo.handovers import hand_over_some
from desk.demo.letters import begin_waiting, write_letters
from desk.demo.living import Living
from desk.demo.notices import tell_some
from desk.demo.outcomes import follow_up
from desk.demo.past import past_stories
from desk.demo.people import Crowd
from desk.demo.present import present_stories
from desk.demo.slots import open_times
from desk.demo.staff import furnish, hire, staff_by_organisation
from desk.demo.staffing import staff_week
from desk.demo.statements import state_some
from desk.demo.stories import AARHUS, COPENHAGEN
from desk.demo.telling import World
from desk.demo.troubles import acknowledge_some, miss_some, notify_some
from partnerships.models import Organisation
from partnerships.reference import load_reference

TEAMS = {
    COPENHAGEN: ["sagsbehandler", "kbh-ls", "kbh-mk", "sagsbehandler", "kbh-hd", "kbh-ym"],
    AARHUS: ["aarhus", "aarhus-el"],
}
CONSULTANTS = {
    "3f": ["jobkonsulent", "3f-pb", "jobkonsulent", "3f-st", "jobkonsulent", "3f-nk"],
    "foa": ["foa", "foa-jr", "foa", "foa-bt"],
}


@dataclass(frozen=True, slots=True)
class Made:
    """How much the demo world holds."""

    citizens: int
    courses: int
    meetings: int
    flags: dict[str, int]


def is_empty() -> bool:
    """Whether nobody and nothing is there but, perhaps, the reference data."""
    return not (User.objects.exists() or Citizen.objects.exists())


def make_world(*, today: date, members: int) -> Made:
    """Make the world of a day with so many members."""
    with transaction.atomic():
        living = _told(today, members)
        people = hire(today)
        furnish()
        _live(living, people)
    swept = flagging.sweep(on=today)
    acknowledge_some(people, on=today)
    return Made(
        citizens=Citizen.objects.count(),
        courses=len(living.world.courses),
        meetings=len(living.diary.meetings),
        flags=swept.open,
    )


def _told(today: date, members: int) -> Living:
    """The stories as rows, with their dates."""
    load_reference()
    rng = Random(f"{today} {members}")  # noqa: S311 (made-up people, not secrets)
    special = [*past_stories(), *present_stories(today)]
    lived = {story.follows for story in special if story.follows}
    ordinary = crowd_stories(rng, today, max(0, members - len(special) + len(lived)))
    world = World(today)
    world.tell([*special, *ordinary], Crowd(rng))
    refresh_many([one.pk for one in world.courses.values()], cause="demo", on=today)
    return Living(world, Diary({}), rng)


def _live(living: Living, people: dict[str, User]) -> None:
    """Everything that happened since, up to and with today."""
    living.diary.staff.update(staff_by_organisation(people))
    living.hold()
    keys = dict(Organisation.objects.values_list("slug", "pk"))
    _assign(living.world, people)
    _give_members(living.world, people, {keys[slug]: team for slug, team in CONSULTANTS.items()})
    missed = miss_some(living)
    living.fill_days(
        [
            (people["sagsbehandler"], keys["jc-101"]),
            (people["jobkonsulent"], keys["3f"]),
            (people["foa"], keys["foa"]),
            (people["aarhus"], keys["jc-751"]),
        ]
    )
    living.look_back()
    living.write()
    write_entries(living)
    correct(living.world, people)
    notify_some(missed, people, on=living.today)
    for act in (staff_week, open_times, hold_group_meetings, write_letters, state_some):
        act(people, on=living.today)
    tell_some(living, people)
    follow_up(people, on=living.today)
    for act in (hand_over_some, agree_on_some, hold_activities, keep_forums):
        act(people, on=living.today)
    begin_waiting(on=living.today)


def _assign(world: World, people: dict[str, User]) -> None:
    """Give the jobcentres' courses to their caseworkers, every third to the one who signs in."""
    ours = {
        row.pk: row
        for row in Course.objects.exclude(jobcentre_from=None).order_by("pk")
        if row.municipality_id in TEAMS
    }
    for number, course in enumerate(one for one in world.courses.values() if one.pk in ours):
        team = TEAMS[course.municipality_id]
        course.caseworker = people[team[number % len(team)]]
    Course.objects.bulk_update(
        [one for one in world.courses.values() if one.caseworker], ["caseworker"]
    )


def _give_members(world: World, people: dict[str, User], teams: dict[int, list[str]]) -> None:
    """Give the members of two a-kasser to their consultants, half of them to who signs in."""
    ours = [one for one in world.courses.values() if one.a_kasse_id in teams]
    for number, course in enumerate(ours):
        team = teams[course.a_kasse_id]
        course.consultant = people[team[number % len(team)]]
    Course.objects.bulk_update(ours, ["consultant"])
