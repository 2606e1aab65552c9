"""Hours, leave, closing days and competences: who writes them, what gives way, what stays."""

from datetime import date, time, timedelta

import pytest
import time_machine

from journal.models import Entry
from meetings.availability import Availability, Code
from meetings.models import Meeting
from partnerships.models import Role
from shared.refusals import Refused
from staffing.actions.closing import close_on, open_again
from staffing.actions.competences import end_competence, give_competence
from staffing.actions.hours import Stint, set_hours
from staffing.actions.leave import take_back_leave, take_leave
from staffing.clashes import clashes_of_house, clashes_of_worker
from staffing.models import ClosingDay, Competence, Leave, WorkingHours
from staffing.week_days import standing_hours, weeks_of
from tests.factories import MeetingFactory, ParticipantFactory, UserFactory, moment
from tests.staffing.conftest import NOW, TODAY, House

pytestmark = pytest.mark.django_db
DAY = timedelta(1)
NEXT = TODAY + timedelta(7)
NINE_TO_FOUR = [Stint(0, time(9), time(12)), Stint(0, time(12, 30), time(16))]
EIGHT_TO_TWO = [Stint(0, time(8), time(14))]


@pytest.fixture(autouse=True)
def _now(settings):
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(NOW, tick=False):
        yield


def set_week(house: House, week, *, starts_on: date = TODAY, by=None, worker=None):
    worker = worker or house.caseworker
    return set_hours(worker, house.jobcentre, week, starts_on=starts_on, by=by or worker, at=NOW)


def away(house: House, first: date, last: date, *, by=None) -> Leave:
    return take_leave(
        house.caseworker,
        house.jobcentre,
        starts_at=moment(first, 0),
        ends_at=moment(last + DAY, 0),
        kind="holiday",
        by=by or house.caseworker,
        at=NOW,
    )


# --- Hours ----------------------------------------------------------------------------------------
def test_new_hours_end_the_old_ones_and_keep_them(house) -> None:
    set_week(house, NINE_TO_FOUR)

    set_week(house, EIGHT_TO_TWO, starts_on=NEXT)

    weeks = weeks_of(house.caseworker, house.jobcentre)
    assert [(one.starts_on, one.ends_on) for one in weeks] == [(NEXT, None), (TODAY, NEXT)]
    clocks = standing_hours(house.caseworker, house.jobcentre, on=TODAY)
    assert clocks == {0: [(time(9), time(12)), (time(12, 30), time(16))]}
    assert Entry.objects.filter(what="hours-set").count() == 2


def test_hours_written_for_later_give_way_to_those_written_for_earlier(house) -> None:
    set_week(house, NINE_TO_FOUR, starts_on=NEXT)

    set_week(house, EIGHT_TO_TWO)

    assert [row.starts_on for row in WorkingHours.objects.all()] == [TODAY]
    assert standing_hours(house.caseworker, house.jobcentre, on=NEXT) == {0: [(time(8), time(14))]}


def test_times_outside_the_hours_are_not_offered(house) -> None:
    set_week(house, NINE_TO_FOUR)
    key = house.caseworker.pk

    found = Availability.load(first=TODAY, last=TODAY, workers=[key])

    early = found.obstacles(moment(TODAY, 8), moment(TODAY, 8, 45), workers=[key])
    assert [one.code for one in early] == [Code.OFF_HOURS]
    assert found.obstacles(moment(TODAY, 9), moment(TODAY, 9, 45), workers=[key]) == []


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ([], "at least one day"),
        ([Stint(0, time(9), time(9))], "end after they start"),
        ([Stint(0, time(9), time(13)), Stint(0, time(12), time(16))], "second hours"),
    ],
)
def test_a_week_that_cannot_be_worked_is_refused(house, week, said) -> None:
    with pytest.raises(Refused, match=said):
        set_week(house, week)


def test_hours_that_have_been_worked_stay(house) -> None:
    with pytest.raises(Refused, match="worked"):
        set_week(house, EIGHT_TO_TWO, starts_on=TODAY - DAY)


def test_a_week_is_written_by_the_worker_and_the_coordinator_alone(house) -> None:
    set_week(house, EIGHT_TO_TWO, by=house.planner)
    set_hours(
        house.consultant, house.a_kasse, EIGHT_TO_TWO, starts_on=TODAY, by=house.leader, at=NOW
    )

    for by in (house.colleague, house.leader, house.consultant):
        with pytest.raises(Refused):
            set_week(house, EIGHT_TO_TWO, by=by)
    with pytest.raises(Refused):
        set_week(house, EIGHT_TO_TWO, worker=house.planner)


# --- Leave ----------------------------------------------------------------------------------------
def test_leave_is_in_the_way_and_cancels_nothing(house) -> None:
    meeting = booked(house, NEXT)

    leave = away(house, NEXT, NEXT + 4 * DAY)

    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.BOOKED
    key = house.caseworker.pk
    found = Availability.load(first=NEXT, last=NEXT, workers=[key])
    codes = [one.code for one in found.obstacles(moment(NEXT, 13), moment(NEXT, 14), workers=[key])]
    assert codes == [Code.LEAVE]
    clash = clashes_of_worker(house.caseworker, leave.starts_at, leave.ends_at, links=True)
    assert [one.url for one in clash] == [f"/samtaler/{meeting.pk}/"]


def test_what_is_booked_is_told_without_a_way_to_it_to_those_who_see_no_citizens(house) -> None:
    booked(house, NEXT)

    [clash] = clashes_of_worker(house.caseworker, moment(NEXT, 0), moment(NEXT, 23), links=False)

    assert clash.url == ""


def test_leave_that_has_begun_keeps_what_is_past(house) -> None:
    leave = away(house, TODAY, TODAY + 4 * DAY)

    take_back_leave(leave, by=house.caseworker, at=NOW)

    leave.refresh_from_db()
    assert leave.ends_at == NOW
    with pytest.raises(Refused, match="over"):
        take_back_leave(leave, by=house.caseworker, at=NOW)


def test_leave_ahead_goes_when_it_is_taken_back_and_the_journal_knows_no_kind(house) -> None:
    leave = away(house, NEXT, NEXT)

    take_back_leave(leave, by=house.planner, at=NOW)

    assert not Leave.objects.exists()
    entries = Entry.objects.filter(subject_kind="staffing.leave")
    assert {one.what for one in entries} == {"leave-taken", "leave-taken-back"}
    assert not any("holiday" in str(one.details) for one in entries)


def test_leave_over_other_leave_or_in_the_past_is_refused(house) -> None:
    away(house, NEXT, NEXT + 2 * DAY)

    with pytest.raises(Refused, match="already"):
        away(house, NEXT + 2 * DAY, NEXT + 4 * DAY)
    with pytest.raises(Refused, match="over"):
        away(house, TODAY - 3 * DAY, TODAY - DAY)
    away(house, NEXT + 3 * DAY, NEXT + 4 * DAY)


def test_leave_is_written_by_the_worker_and_the_coordinator_alone(house) -> None:
    for by in (house.colleague, house.leader):
        with pytest.raises(Refused):
            away(house, NEXT, NEXT, by=by)
    leave = away(house, NEXT, NEXT, by=house.planner)
    with pytest.raises(Refused):
        take_back_leave(leave, by=house.colleague, at=NOW)


# --- Closing days ---------------------------------------------------------------------------------
def close(house: House, first: date, last: date, *, by=None) -> ClosingDay:
    return close_on(
        house.jobcentre, starts_on=first, ends_on=last + DAY, by=by or house.planner, at=NOW
    )


def test_closing_days_list_what_is_booked_and_cancel_nothing(house) -> None:
    meeting = booked(house, NEXT)

    close(house, NEXT, NEXT)

    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.BOOKED
    staff = [house.caseworker, house.colleague]
    day = moment(NEXT, 0), moment(NEXT + DAY, 0)
    [clash] = clashes_of_house(house.jobcentre, staff, *day, links=False)
    assert str(house.caseworker) in clash.who
    key = house.caseworker.pk
    found = Availability.load(first=NEXT, last=NEXT, workers=[key])
    codes = [one.code for one in found.obstacles(moment(NEXT, 13), moment(NEXT, 14), workers=[key])]
    assert codes == [Code.CLOSED]


def test_closing_days_are_written_by_the_coordinator_of_the_house_alone(house) -> None:
    for by in (house.caseworker, house.leader):
        with pytest.raises(Refused):
            close(house, NEXT, NEXT, by=by)
    closing = close(house, NEXT, NEXT)
    with pytest.raises(Refused):
        open_again(closing, by=house.leader, at=NOW)
    open_again(closing, by=house.planner, at=NOW)
    assert not ClosingDay.objects.exists()


def test_closing_days_do_not_overlap_and_stay_once_they_have_begun(house) -> None:
    closing = close(house, TODAY, TODAY + DAY)

    with pytest.raises(Refused, match="already"):
        close(house, TODAY + DAY, NEXT)
    with pytest.raises(Refused, match="begun"):
        open_again(closing, by=house.planner, at=NOW)
    with pytest.raises(Refused, match="passed"):
        close(house, TODAY - 2 * DAY, TODAY - DAY)


# --- Competences ----------------------------------------------------------------------------------
def give(house: House, kind: str, language: str = "", *, by=None, worker=None) -> Competence:
    return give_competence(
        worker or house.caseworker,
        house.jobcentre,
        kind,
        language=language,
        starts_on=TODAY,
        by=by or house.planner,
        at=NOW,
    )


def test_a_competence_is_given_once_and_ends_with_a_day(house) -> None:
    competence = give(house, "language", "ar")
    with pytest.raises(Refused, match="already"):
        give(house, "language", "ar")

    end_competence(competence, by=house.planner, at=NOW)

    competence.refresh_from_db()
    assert competence.ends_on == TODAY + DAY
    with time_machine.travel(NOW + DAY), pytest.raises(Refused, match="ended"):
        end_competence(competence, by=house.planner, at=NOW + DAY)


def test_competences_are_written_by_the_coordinator_for_the_own_staff_alone(house) -> None:
    for by in (house.caseworker, house.leader):
        with pytest.raises(Refused):
            give(house, "decide", by=by)
    with pytest.raises(Refused):
        give(house, "decide", worker=house.consultant)
    with pytest.raises(Refused, match="language"):
        give(house, "language")
    with pytest.raises(Refused, match="language"):
        give(house, "decide", "ar")
    competence = give(house, "grant")
    with pytest.raises(Refused):
        end_competence(competence, by=house.caseworker, at=NOW)


def test_who_holds_no_interviews_has_no_week(house) -> None:
    finance = UserFactory(role=Role.FINANCE, organisation=house.jobcentre)

    with pytest.raises(Refused):
        set_week(house, EIGHT_TO_TWO, worker=finance)


def booked(house: House, day: date) -> Meeting:
    """An interview of the caseworker on a day."""
    meeting = MeetingFactory(
        course__jobcentre=house.jobcentre,
        course__jobcentre_from=TODAY - 60 * DAY,
        held_by="jobcentre",
        starts_at=moment(day, 10),
    )
    ParticipantFactory(meeting=meeting, role="jobcentre", worker=house.caseworker)
    return meeting
