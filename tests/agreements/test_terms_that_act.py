"""Each agreed manner, and the place where people meet it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from courses import deadlines
from courses.actions.facts import record_choice
from courses.agreed import agreed_terms
from courses.choices import choices_for
from courses.models import ChoiceKind, Course, Duty, Party
from handovers.answering_by import answer_by
from handovers.models import Handover, Sheet
from handovers.preparing import prepare
from meetings.cautions import booking_cautions
from meetings.forms.booking import BookingForm
from shared.refusals import Refused
from tests.factories import (
    AgreementFactory,
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    MeetingFactory,
    NoShowFactory,
    ReportedHoursFactory,
    moment,
)
from tests.meetings.conftest import DUE, NOW, TODAY, World, new_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def world_under(**terms) -> World:
    """A course that an agreement takes in, with these terms from long ago."""
    agreement = AgreementFactory(starts_on=date(2026, 1, 1), terms=terms)
    return new_world(agreement=agreement, eligible=True)


def codes(world: World, days_ahead: int, **changed) -> list[str]:
    sitting = world.sitting(moment(TODAY + timedelta(days_ahead), 10), **changed)
    found = booking_cautions(world.course, world.joint_purpose(), sitting, on=TODAY)
    return [one.code for one in found]


def law_course(registered_on: date, **terms) -> Course:
    """A course of an a-kasse and a municipality with an agreement, as the law answers it."""
    coverage, a_kasse = CoverageFactory(), AKasseFactory()
    AgreementFactory(
        parties=[coverage.jobcentre, a_kasse],
        municipalities=[coverage.municipality],
        starts_on=date(2009, 1, 1),
        terms=terms,
    )
    return CourseFactory(
        a_kasse=a_kasse,
        municipality=coverage.municipality,
        registered_on=registered_on,
        refreshed=True,
    )


def test_a_summons_shorter_than_agreed_is_warned_of() -> None:
    world = world_under(notice_days=9)

    assert codes(world, 8) == ["agreed_notice"]
    assert codes(world, 9) == []
    assert codes(world, 8, summon=False) == []


def test_the_law_s_last_day_goes_before_the_agreed_notice() -> None:
    world = world_under(notice_days=9)
    world.joint.due_on = TODAY + timedelta(8)

    assert codes(world, 8) == []


def test_a_course_that_no_agreement_takes_in_is_warned_by_the_law_alone() -> None:
    world = world_under(notice_days=9)
    world.course.eligible = False

    assert codes(world, 8) == []


def test_the_booking_form_begins_with_the_agreed_notice() -> None:
    world = world_under(notice_days=11)
    usual = new_world()

    def day(one: World) -> object:
        return BookingForm(
            None, course=one.course, side=Party.JOBCENTRE, user=one.caseworker,
            duty=one.joint, on=TODAY,
        ).initial["day"]  # fmt: skip

    assert day(usual) == TODAY + timedelta(7)
    assert day(world) == TODAY + timedelta(11)


def test_the_new_interview_after_a_no_show_is_held_within_the_agreed_days() -> None:
    world = world_under(rebook_days=5, notice_days=1)
    MeetingFactory(
        course=world.course, duty=world.joint, state="no_show", starts_at=moment(TODAY, 8)
    )

    assert codes(world, 7) == []  # Monday the 28th is the fifth working day
    assert codes(world, 8) == ["agreed_new_time"]


def test_the_page_of_a_no_show_says_by_when_a_new_interview_was_agreed() -> None:
    world = world_under(rebook_days=5)
    missed = world.booked_joint(moment(TODAY, 8))
    type(missed).objects.filter(pk=missed.pk).update(state="no_show", settled_at=NOW)
    NoShowFactory(meeting=missed)
    client = Client()
    client.force_login(world.caseworker)
    client.cookies["django_language"] = "en"

    assert "at latest 28 Sep 2026" in client.get(missed.get_absolute_url()).content.decode()


def test_the_first_joint_interview_may_be_postponed_as_long_as_agreed_and_no_longer() -> None:
    """R15-03: by 14 days at most, or by fewer where the parties agreed on fewer."""
    course = law_course(date(2015, 9, 7), postpone_days=7)
    job = course.duties.filter(rule="R15-02").earliest("due_on")
    days = {"chosen_on": date(2015, 9, 20), "by_party": "jobcentre", "by": None, "reason": "Ferie"}
    which = {"rule": job.rule, "ordinal": job.ordinal}

    def postpone(to: date) -> None:
        record_choice(course=course, kind=ChoiceKind.POSTPONE, postponed_to=to, **days, **which)

    assert job.latest_on == job.due_on + timedelta(7)
    with pytest.raises(Refused, match="The agreement lets it be postponed to"):
        postpone(job.due_on + timedelta(8))
    postpone(job.due_on + timedelta(7))
    assert Duty.objects.get(pk=job.pk).late_from == job.due_on + timedelta(8)


@pytest.mark.parametrize("may", [True, False])
def test_members_choose_the_jobcentre_where_the_agreement_lets_them(may) -> None:
    course = law_course(date(2009, 9, 7), first_meetings_at_a_kasse=2, window_weeks=26, opt_out=may)
    chosen = {"chosen_on": date(2009, 9, 8), "by_party": "citizen", "by": None}

    assert course.eligible
    assert (ChoiceKind.CHOOSE_JOBCENTRE in choices_for(course, Party.A_KASSE)) is may
    if may:
        record_choice(course=course, kind=ChoiceKind.CHOOSE_JOBCENTRE, **chosen)
    else:
        with pytest.raises(Refused, match="does not let its members choose"):
            record_choice(course=course, kind=ChoiceKind.CHOOSE_JOBCENTRE, **chosen)


def test_a_handover_is_prepared_as_many_days_ahead_as_agreed() -> None:
    course = law_course(date(2026, 7, 6), handover_ahead_days=10)
    for month in (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)):
        ReportedHoursFactory(citizen=course.citizen, month=month, hours=160, a_kasse=course.a_kasse)
    deadlines.refresh(course, cause="test", by=None, on=TODAY)
    moves_on = course.responsibilities.get(party="jobcentre").starts_on

    early, late = moves_on - timedelta(11), moves_on - timedelta(10)
    prepare(on=early, at=moment(early, 5))
    assert not Handover.objects.exists()
    prepare(on=late, at=moment(late, 5))

    assert Handover.objects.get().moves_on == moves_on


def test_a_sheet_is_answered_within_the_agreed_working_days() -> None:
    course = law_course(date(2026, 6, 1), handover_answer_days=3)
    sheet = Sheet(sent_at=moment(TODAY, 9))
    waiting = Handover(course=course, state="sheet_ready")

    assert course.eligible
    assert answer_by(waiting, sheet, on=TODAY) == date(2026, 9, 24)
    assert answer_by(Handover(course=course, state="accepted"), sheet, on=TODAY) is None


@pytest.mark.parametrize(
    ("terms", "comes", "place"),
    [
        ({"host": "a_kasse"}, True, "the a-kasse"),
        ({"host": "jobcentre"}, True, ""),
        ({"participation": "written"}, False, ""),
    ],
)
def test_a_joint_interview_begins_where_and_as_it_was_agreed(terms, comes, place) -> None:
    world = world_under(**terms)

    form = BookingForm(
        None, course=world.course, side=Party.JOBCENTRE, user=world.caseworker,
        duty=world.joint, on=TODAY,
    )  # fmt: skip

    assert form.initial["with_other_party"] is comes
    assert form.initial["place"] == (world.course.a_kasse.name if place else "")
    assert "By agreement" in str(form.fields["with_other_party"].help_text)


def test_a_course_has_no_terms_once_running_courses_move_at_the_end() -> None:
    world = world_under(notice_days=9)
    agreement = world.course.agreement
    agreement.ends_on, agreement.for_running = DUE, "move"
    agreement.save()

    assert agreed_terms(world.course, on=DUE - timedelta(1)).notice_days == 9
    assert agreed_terms(world.course, on=DUE) is None
