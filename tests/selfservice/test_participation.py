"""Who takes part in a joint interview, through the acts: the worked examples of the domain."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from courses import deadlines
from courses.actions.facts import record_choice, report_hours
from courses.models import Choice, ChoiceKind, Duty, MeetingKind, Party
from courses.participation import fate_in_words, spent_on
from meetings.actions import book, hold
from meetings.cautions import booking_cautions, holding_cautions
from meetings.models import Participant
from meetings.plans import Held, Purpose
from shared.refusals import Refused
from tests.factories import HeldMeetingFactory, moment
from tests.meetings.conftest import new_world

pytestmark = pytest.mark.django_db
DECLINE, WANT = ChoiceKind.DECLINE_OTHER_PARTY, ChoiceKind.WANT_OTHER_PARTY


def registered(day: date, **columns):
    """A course from its first day on, with a held CV interview by the rules that had one."""
    world = new_world(registered_on=day, **columns)
    if columns.get("regime", "2024") < "2024":
        cv = {"kind": "cv", "held_on": day + timedelta(9)}
        HeldMeetingFactory(citizen=world.course.citizen, **cv)
    deadlines.refresh(world.course, cause="test", by=None)
    return world


def at(day: date, hour: int = 9):
    return time_machine.travel(moment(day, hour), tick=False)


def chose(world, kind, day, by_party=Party.CITIZEN, reason=""):
    with at(day):
        return record_choice(
            course=world.course,
            kind=kind,
            chosen_on=day,
            by_party=by_party,
            reason=reason,
            by=world.consultant if by_party == Party.A_KASSE else world.caseworker,
        )


def owed(world, rule, ordinal=1) -> Duty:
    return Duty.objects.get(course=world.course, rule=rule, ordinal=ordinal)


def purpose(world, rule, ordinal=1, **changed) -> Purpose:
    duty = owed(world, rule, ordinal)
    said = {"with_other_party": bool(duty.with_party)} | changed
    return Purpose(MeetingKind(duty.kind), Party.JOBCENTRE, duty, **said)


def held(world, rule, day, *, ordinal=1, came=(), registered_type=17):
    """Booked as the rules then said, and held by those who came."""
    starts_at = moment(day, 10)
    now = moment(day - timedelta(7), 9)
    with at(day - timedelta(7)):
        asked = purpose(world, rule, ordinal)
        meeting = book(world.course, asked, world.sitting(starts_at), by=world.caseworker, at=now)
    with at(day, 12):
        attendance = dict.fromkeys(["citizen", "jobcentre", *came], "came")
        if meeting.with_other_party and "a_kasse" not in came:
            attendance["a_kasse"] = "absent"
        said = Held(attendance, registered_type=registered_type)
        return hold(meeting, said, by=world.caseworker, at=moment(day, 12))


def codes(world, asked, day, on):
    found = booking_cautions(world.course, asked, world.sitting(moment(day, 10)), on=on)
    return {one.code for one in found}


@pytest.fixture
def hanne():
    """Case 8: registered 1 August 2016, first joint interview by 9 September."""
    with at(date(2016, 8, 15)):
        yield registered(date(2016, 8, 1), regime="2015")


def test_the_a_kasse_declines_the_first_joint_interview_with_its_reason(hanne):
    choice = chose(hanne, DECLINE, date(2016, 8, 16), Party.A_KASSE, "No need is seen.")

    assert owed(hanne, "R15-05").with_party == ""
    assert owed(hanne, "R15-06").with_party == "a_kasse"
    assert choice.reason == "No need is seen."
    assert fate_in_words(choice, hanne.course, []).startswith("For the next one")


def test_the_a_kasse_gives_its_reason(hanne):
    with pytest.raises(Refused, match="Write why the a-kasse does not take part"):
        chose(hanne, DECLINE, date(2016, 8, 16), Party.A_KASSE)


def test_the_a_kasse_declines_no_later_joint_interview(hanne):
    held(hanne, "R15-05", date(2016, 9, 5), came=["a_kasse"])

    with pytest.raises(Refused, match="the first joint interview only"):
        chose(hanne, DECLINE, date(2016, 9, 6), Party.A_KASSE, "No need is seen.")
    assert owed(hanne, "R15-06").with_party == "a_kasse"


@pytest.mark.parametrize("regime", ["2020", "2024", "2026"])
def test_the_a_kasse_declines_none_by_later_rules(regime):
    first = {"2020": date(2021, 8, 2), "2024": date(2024, 1, 8), "2026": date(2026, 8, 3)}[regime]
    with at(first + timedelta(14)):
        world = registered(first, regime=regime)

        with pytest.raises(Refused, match="by the rules of 2015 to 2019"):
            chose(world, DECLINE, first + timedelta(14), Party.A_KASSE, "No need is seen.")


@pytest.mark.parametrize("kind", [DECLINE, WANT])
def test_the_jobcentre_chooses_for_nobody(hanne, kind):
    with pytest.raises(Refused, match="citizen's choice"):
        chose(hanne, kind, date(2016, 8, 16), Party.JOBCENTRE, "Why not.")


def test_a_choice_is_for_one_interview_and_its_history_stays(hanne):
    first = chose(hanne, DECLINE, date(2016, 8, 16))
    meeting = held(hanne, "R15-05", date(2016, 9, 5))
    assert meeting.with_other_party is False

    assert owed(hanne, "R15-06").with_party == "a_kasse"
    second = chose(hanne, DECLINE, date(2016, 11, 14))
    assert owed(hanne, "R15-06").with_party == ""

    facts = list(hanne.course.citizen.held_meetings.all())
    assert spent_on(first, hanne.course, facts) == date(2016, 9, 5)
    assert spent_on(second, hanne.course, facts) is None
    assert Choice.objects.standing().filter(course=hanne.course).count() == 2


def test_the_course_page_tells_what_became_of_each_choice(hanne):
    chose(hanne, DECLINE, date(2016, 8, 16))
    held(hanne, "R15-05", date(2016, 9, 5))
    chose(hanne, DECLINE, date(2016, 11, 14))
    client = Client(headers={"accept-language": "en"})
    client.force_login(hanne.caseworker)

    with at(date(2016, 11, 15)):
        body = client.get(hanne.course.get_absolute_url()).content.decode()

    assert "Was for the interview on 5 Sep 2016; counts no more" in body
    assert "For the next one that the rules give a choice in" in body


def test_a_choice_taken_back_is_no_longer_for_any_interview(hanne):
    choice = chose(hanne, DECLINE, date(2016, 8, 16))
    client = Client()
    client.force_login(hanne.caseworker)
    url = reverse("courses:withdraw_choice", args=[hanne.course.case_number, choice.pk])

    client.post(url, {"reason": "", "step": "confirm"})

    choice.refresh_from_db()
    assert fate_in_words(choice, hanne.course, []) == ""
    assert owed(hanne, "R15-05").with_party == "a_kasse"


def test_case_8_a_joint_interview_before_the_cv_interview_is_warned_of(hanne):
    hanne.course.citizen.held_meetings.update(superseded_at=moment(date(2016, 8, 15), 9))

    found = codes(hanne, purpose(hanne, "R15-05"), date(2016, 8, 30), date(2016, 8, 15))

    assert "before_cv" in found


@pytest.mark.parametrize("came", [[], ["a_kasse"]])
def test_it_is_type_17_and_counts_whether_or_not_the_a_kasse_came(hanne, came):
    meeting = held(hanne, "R15-05", date(2016, 9, 5), came=came)

    assert owed(hanne, "R15-05").outcome == "met"
    codes_said = {one.code for one in holding_cautions(meeting, dict.fromkeys(came, "came"), 17)}
    assert codes_said == (set() if came else {"other_party_missing"})
    fact = hanne.course.citizen.held_meetings.get(kind="joint", superseded_at=None)
    assert (fact.registered_type, fact.other_party_came) == (17, bool(came))


def test_registered_as_type_7_the_choice_is_not_spent(hanne):
    choice = chose(hanne, DECLINE, date(2016, 8, 16))
    held(hanne, "R15-05", date(2016, 9, 5), registered_type=7)

    assert spent_on(choice, hanne.course, hanne.course.citizen.held_meetings.all()) is None
    assert owed(hanne, "R15-05").outcome == "pending"


@pytest.fixture
def kirsten():
    """Case 12: registered 2 August 2021; the first joint interview only if somebody asks."""
    with at(date(2021, 8, 16)):
        yield registered(date(2021, 8, 2), regime="2020")


def test_case_12_the_first_joint_interview_is_owed_once_somebody_asks(kirsten):
    assert owed(kirsten, "R20-03").outcome == "not_required"

    chose(kirsten, ChoiceKind.ASK_JOINT, date(2021, 9, 1), Party.A_KASSE)

    assert owed(kirsten, "R20-03").outcome == "pending"
    assert owed(kirsten, "R20-03").with_party == "a_kasse"


def test_from_2020_on_the_citizen_declines_for_one_interview(kirsten):
    chose(kirsten, ChoiceKind.ASK_JOINT, date(2021, 9, 1), Party.A_KASSE)
    chose(kirsten, DECLINE, date(2021, 9, 2))
    assert (owed(kirsten, "R20-03").with_party, owed(kirsten, "R20-04").with_party) == (
        "", "a_kasse"
    )  # fmt: skip


@pytest.fixture
def pia():
    """Case 16: registered 8 January 2024, with the jobcentre from 1 April."""
    with at(date(2024, 4, 15)):
        world = registered(date(2024, 1, 8), regime="2024", jobcentre_from=date(2024, 4, 1))
        for month, hours in ((1, "133.20"), (2, "160.33"), (3, "160.33")):
            report_hours(
                course=world.course, month=date(2024, month, 1), hours=Decimal(hours),
                by=world.consultant,
            )  # fmt: skip
        yield world


def test_case_16_the_first_interview_in_the_jobcentre_is_without_the_a_kasse_unless_asked(pia):
    first = owed(pia, "R24-03")
    assert (first.with_party, first.kind) == ("", "job")

    day, on = date(2024, 4, 30), date(2024, 4, 15)
    assert codes(pia, purpose(pia, "R24-03"), day, on) == set()
    unasked = purpose(pia, "R24-03", with_other_party=True)
    assert codes(pia, unasked, day, on) == {"not_asked_for"}


def test_case_16_asked_for_the_a_kasse_is_invited_to_the_first_alone(pia):
    chose(pia, WANT, date(2024, 4, 15))
    day, on = date(2024, 4, 30), date(2024, 4, 15)

    left_out = purpose(pia, "R24-03", with_other_party=False)
    assert codes(pia, left_out, day, on) == {"asked_for"}
    meeting = held(pia, "R24-03", day, came=["a_kasse"], registered_type=7)

    assert Participant.objects.filter(meeting=meeting, role="a_kasse").exists()
    assert owed(pia, "R24-03").outcome == "met"
    assert owed(pia, "R24-03", 2).with_party == ""
    choice = Choice.objects.standing().get(course=pia.course)
    facts = pia.course.citizen.held_meetings.all()
    assert spent_on(choice, pia.course, facts) == day


def test_case_16_at_16_months_the_a_kasse_takes_part_unless_declined(pia):
    assert owed(pia, "R24-07").with_party == "a_kasse"

    choice = chose(pia, DECLINE, date(2024, 4, 15))
    held(pia, "R24-03", date(2024, 4, 30), registered_type=7)

    assert owed(pia, "R24-07").with_party == ""
    facts = pia.course.citizen.held_meetings.all()
    assert spent_on(choice, pia.course, facts) is None
