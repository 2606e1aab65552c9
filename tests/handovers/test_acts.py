"""Cases 4, 5 and 20 through the pages: leaving for the jobcentre, sickness, recruitment calls."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from courses import deadlines
from courses.models import Duty, HeldMeeting, Responsibility
from courses.words_of_acts import entry_in_words
from handovers.actions import Leaving, leave
from handovers.models import Departure, RecruitmentCall, SicknessTalk
from journal.models import Entry, Look
from letters.models import Letter
from meetings.models import Meeting
from partnerships.models import Role
from tests.factories import (
    AbsenceFactory,
    AgreementFactory,
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    HeldMeetingFactory,
    MeetingFactory,
    ParticipantFactory,
    UserFactory,
    moment,
)
from tests.handovers.conftest import NOW, TODAY, World

pytestmark = pytest.mark.django_db


def world_of(registered_on: date, born: str = "6101640001", *, agreed: bool = False) -> World:
    """A course of another time, with the agreement of the first partnership if wanted."""
    area, a_kasse = CoverageFactory(), AKasseFactory()
    if agreed:
        AgreementFactory(
            parties=[a_kasse, area.jobcentre],
            municipalities=[area.municipality],
            starts_on=date(2009, 8, 1),
            terms={"first_meetings_at_a_kasse": 2, "window_weeks": 26},
        )
    course = CourseFactory(
        municipality=area.municipality,
        a_kasse=a_kasse,
        registered_on=registered_on,
        citizen__cpr=born,
    )
    deadlines.refresh(course, cause="test", by=None, on=registered_on)
    worker = UserFactory(role=Role.CASEWORKER, organisation=course.jobcentre)
    return World(
        course=course,
        caseworker=worker,
        consultant=UserFactory(role=Role.JOB_CONSULTANT, organisation=a_kasse),
        leader=UserFactory(role=Role.COORDINATOR, organisation=a_kasse),
        abroad=UserFactory(role=Role.CASEWORKER, organisation=CoverageFactory().jobcentre),
        stranger=UserFactory(role=Role.JOB_CONSULTANT, organisation=AKasseFactory()),
    )


def at(day: date) -> time_machine.travel:
    return time_machine.travel(moment(day, 10), tick=False)


def post(world: World, who, page: str, said: dict[str, object], *more: int):
    """Preview it, then confirm it."""
    url = reverse(page, args=[world.course.case_number, *more])
    browser = world.browser(who)
    preview = browser.post(url, said)
    return preview, browser.post(url, said | {"step": "confirm"})


def left(day: date) -> dict[str, object]:
    return {"chosen_on": day.isoformat(), "channel": "phone", "reason": "own_wish", "text": ""}


def holds(world: World) -> list[tuple[str, date]]:
    rows = Responsibility.objects.filter(course=world.course).order_by("starts_on")
    return [(one.party, one.starts_on) for one in rows]


def booked(world: World, when: datetime) -> Meeting:
    meeting = MeetingFactory(course=world.course, starts_at=when)
    ParticipantFactory(meeting=meeting, role="a_kasse", worker=world.consultant)
    return meeting


def test_case_4a_choosing_the_jobcentre_from_the_start_moves_the_course_and_its_bookings():
    world = world_of(date(2009, 8, 3), agreed=True)
    meeting = booked(world, moment(date(2009, 8, 20), 10))
    with at(date(2009, 8, 5)):
        preview, _done = post(world, world.consultant, "handovers:leave", left(date(2009, 8, 5)))
        assert not preview.context["rehearsal"].changes_nothing

    assert holds(world) == [("a_kasse", date(2009, 8, 3)), ("jobcentre", date(2009, 8, 5))]
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
    departure = Departure.objects.get()
    assert (departure.reason, departure.interviews_cancelled) == ("own_wish", 1)
    assert departure.letter.kind == "confirmation"
    entry = Entry.objects.get(what="left-for-jobcentre")
    assert ("how it was said", "by phone") in entry_in_words(entry.what, entry.details)[1]
    assert world.handover.basis == "chosen"


def test_case_4b_after_the_first_interview_the_course_stays_and_the_choice_is_noted():
    world = world_of(date(2009, 8, 3), agreed=True)
    HeldMeetingFactory(citizen=world.course.citizen, held_on=date(2009, 10, 14))
    deadlines.refresh(world.course, cause="test", by=None, on=date(2009, 10, 14))
    before = holds(world)
    meeting = booked(world, moment(date(2009, 11, 20), 10))
    with at(date(2009, 10, 20)):
        preview, _done = post(world, world.consultant, "handovers:leave", left(date(2009, 10, 20)))
        assert "stays in the a-kasse" in preview.text

    assert holds(world) == before
    meeting.refresh_from_db()
    assert meeting.state == "booked"
    assert not Departure.objects.get().took_effect
    assert not Letter.objects.filter(kind="confirmation").exists()


def test_case_4c_a_recruitment_call_stands_beside_the_duties():
    world = world_of(date(2009, 8, 3), agreed=True)
    world.course.called_on = date(2009, 9, 1)
    world.course.save()
    deadlines.refresh(world.course, cause="test", by=None, on=date(2009, 9, 1))
    before = list(Duty.objects.filter(course=world.course).order_by("pk").values())
    with at(date(2009, 9, 9)):
        said = {"called_on": "2009-09-09", "form": "phone", "about": "Advertisement 4711"}
        preview, _done = post(world, world.caseworker, "handovers:record_call", said)
        assert preview.context["rehearsal"].changes_nothing

    assert list(Duty.objects.filter(course=world.course).order_by("pk").values()) == before
    assert RecruitmentCall.objects.get().about == "Advertisement 4711"
    assert HeldMeeting.objects.standing().get().kind == "recruitment"


def test_case_5_the_sickness_talk_is_held_in_time():
    world = ill_from_february()
    with at(date(2010, 2, 24)):
        spell = spell_seen_by(world, world.consultant)
        assert (spell.days, spell.talk_by) == (24, date(2010, 3, 1))
        assert spell.municipality_pays_from == date(2010, 2, 15)
        said = {"held_on": "2010-02-24", "form": "phone", "agreed": "We call every week."}
        refused, _again = post(world, world.consultant, "handovers:record_talk", said)
        assert refused.context["form"].non_field_errors()
        post(world, world.consultant, "handovers:record_talk", said | {"illness_prevents": "on"})
        held = spell_seen_by(world, world.consultant)

    assert held.talks[0].tell_by == date(2010, 3, 3)
    assert held.talk_met_on == date(2010, 2, 24)


def test_case_5_the_municipality_is_told_of_the_talk_and_nobody_else():
    world = ill_from_february()
    url = reverse("handovers:sickness", args=[world.course.case_number])
    said = {"held_on": "2010-02-24", "form": "phone", "agreed": "We call every week."}
    with at(date(2010, 2, 24)):
        post(world, world.consultant, "handovers:record_talk", said | {"illness_prevents": "on"})
        assert not spell_seen_by(world, world.caseworker).talks
        talk = SicknessTalk.objects.get()
        tell = reverse("handovers:inform_municipality", args=[world.course.case_number, talk.pk])
        world.browser(world.consultant).post(tell)
        assert spell_seen_by(world, world.caseworker).talks
        for foreign in (world.abroad, world.stranger):
            assert world.browser(foreign).get(url).status_code == 404

    talk.refresh_from_db()
    assert (talk.informed_on, talk.informed_by) == (date(2010, 2, 24), world.consultant)
    assert Look.objects.filter(kind="health", by=world.caseworker).count() == 2


def ill_from_february():
    """A course of 2010 whose citizen fell ill on 1 February."""
    world = world_of(date(2010, 1, 4))
    AbsenceFactory(
        citizen=world.course.citizen, kind="sick", starts_on=date(2010, 2, 1), ends_on=None
    )
    deadlines.refresh(world.course, cause="test", by=None, on=date(2010, 2, 2))
    return world


def spell_seen_by(world, user):
    """The illness as its page shows it."""
    url = reverse("handovers:sickness", args=[world.course.case_number])
    return world.browser(user).get(url).context["page"].current


def test_case_5_recovering_before_any_talk_makes_it_lapse():
    world = world_of(date(2010, 1, 4))
    AbsenceFactory(
        citizen=world.course.citizen,
        kind="sick",
        starts_on=date(2010, 2, 1),
        ends_on=date(2010, 2, 26),
    )
    deadlines.refresh(world.course, cause="test", by=None, on=date(2010, 2, 26))
    with at(date(2010, 3, 8)):
        url = reverse("handovers:sickness", args=[world.course.case_number])
        [spell] = world.browser(world.consultant).get(url).context["page"].spells

    assert spell.talk_lapsed
    assert not spell.goes_on


def test_two_interviews_cancelled_for_sickness_ask_for_a_talk_on_availability():
    world = world_of(date(2024, 1, 8))
    AbsenceFactory(
        citizen=world.course.citizen, kind="sick", starts_on=date(2024, 1, 15), ends_on=None
    )
    for day in (16, 18):
        MeetingFactory(
            course=world.course,
            starts_at=moment(date(2024, 1, day), 10),
            state="cancelled",
            cancelled_by="citizen",
        )
    with at(date(2024, 1, 20)):
        url = reverse("handovers:sickness", args=[world.course.case_number])
        shown = world.browser(world.consultant).get(url)

    assert "Availability interview at recovery" in shown.text


def test_case_20_visiting_out_gives_the_jobcentre_six_interviews_and_can_be_undone():
    world = world_of(date(2024, 1, 8))
    before = holds(world)
    with at(date(2024, 2, 12)):
        said = left(date(2024, 2, 12)) | {"reason": "needs_more"}
        post(world, world.consultant, "handovers:leave", said)
        assert ("jobcentre", date(2024, 2, 12)) in holds(world)
        six = Duty.objects.pending().filter(course=world.course, rule="R24-04")
        assert six.count() == 6
        assert six.order_by("-due_on").first().due_on == date(2024, 7, 5)
        assert world.handover.basis == "visited_out"
        departure = Departure.objects.get()
        undo = reverse("handovers:undo_leaving", args=[world.course.case_number, departure.pk])
        world.browser(world.consultant).post(undo, {"step": "confirm"})

    assert holds(world) == before
    departure.refresh_from_db()
    assert departure.letter.state == "taken_back"


def test_only_the_a_kasse_lets_a_member_go():
    world = world_of(date(2024, 1, 8))
    url = reverse("handovers:leave", args=[world.course.case_number])
    with at(date(2024, 2, 12)):
        for who in (world.abroad, world.stranger, world.caseworker):
            assert world.browser(who).get(url).status_code == 404
        assert world.browser(world.consultant).get(url).status_code == 200


def test_no_page_of_a_handover_calls_the_municipality_a_jobcentre(world):
    """Since February 2026 it need not be one: pages name who it is."""
    house = world.course.jobcentre
    house.name = "Havnens Kommune"
    house.save(update_fields=["name"])
    world.prepare()
    number, browser = world.course.case_number, world.browser(world.consultant)
    pages = ["handovers:handover", "handovers:sheet", "handovers:leave"]

    before = [browser.get(reverse(one, args=[number])).content.decode() for one in pages]
    leave(world.course, Leaving(TODAY, "phone", "needs_more"), by=world.consultant, at=NOW)
    after = [browser.get(reverse(one, args=[number])).content.decode() for one in pages[::2]]

    for page in [*before, *after]:
        main = page[page.index("<main") : page.index("</main>")]
        assert "Havnens Kommune" in main
        assert "jobcentre" not in main.lower()
    letter = world.course.letters.get()
    assert "Havnens Kommune" in str(letter.content)
    assert "jobcent" not in str(letter.content["heading"]).lower()
