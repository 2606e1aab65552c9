"""Case 22 through the acts: a last day to book, its reminder, and what a missed one leads to."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Duty, MeetingKind, Party
from journal.models import Entry
from letters.models import Letter
from letters.shipped import load_texts
from meetings.actions import book, cancel
from meetings.plans import Purpose
from notices.models import Notice
from selfservice import actions, jobs
from selfservice.models import BookingDeadline
from shared.refusals import Refused
from tests.factories import moment
from tests.selfservice.test_participation import at, registered

pytestmark = pytest.mark.django_db
FIRST, BY, AFTER = date(2017, 11, 1), date(2017, 11, 10), date(2017, 11, 11)


def owed_job(world) -> Duty:
    found = world.course.duties.filter(kind=MeetingKind.JOB, outcome="pending", due_on__gt=AFTER)
    return found.order_by("due_on").first()


def deadline_in(world, on=FIRST, book_by=BY) -> BookingDeadline:
    with at(on):
        said = {"by": world.caseworker, "at": moment(on, 9)}
        return actions.set_deadline(owed_job(world), book_by, **said)


def booked(world, on: date, day: date | None = None):
    """The citizen has booked a time on Jobnet, and it is in the system from a day on."""
    purpose = Purpose(MeetingKind.JOB, Party.JOBCENTRE, owed_job(world))
    with at(on):
        sitting = world.sitting(moment(day or AFTER + timedelta(5), 10))
        return book(world.course, purpose, sitting, by=world.caseworker, at=moment(on, 9))


def morning(on: date) -> dict[str, object]:
    with at(on, 6):
        return jobs.watch_booking_deadlines()


def page_of(world, on: date, **said):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.caseworker)
    url = reverse("selfservice:deadlines", args=[world.course.case_number])
    with at(on):
        return client.post(url, said) if said else client.get(url)


@pytest.fixture
def vibeke():
    """Case 22, with the jobcentre under the rules of 2015."""
    load_texts()
    with at(FIRST):
        yield registered(date(2017, 9, 4), regime="2015", jobcentre_from=date(2017, 9, 4))


@pytest.fixture
def running(vibeke) -> BookingDeadline:
    return deadline_in(vibeke)


def test_case_22_booked_the_day_before_it_is_met(vibeke, running):
    booked(vibeke, date(2017, 11, 9))

    assert morning(AFTER)["met"] == 1
    running.refresh_from_db()
    assert (running.outcome, running.settled_on) == ("met", date(2017, 11, 9))
    assert not Notice.objects.filter(kind="booking-missed").exists()


def test_case_22_nothing_booked_is_told_to_the_worker_and_nobody_is_de_registered(vibeke, running):
    before = vibeke.course.ends_on
    assert morning(BY)["missed"] == 0
    assert morning(AFTER)["missed"] == 1
    assert morning(AFTER)["missed"] == 0

    running.refresh_from_db()
    vibeke.course.refresh_from_db()
    assert (running.outcome, running.settled_on) == ("missed", AFTER)
    assert vibeke.course.ends_on == before
    [notice] = Notice.objects.filter(kind="booking-missed")
    assert notice.user == vibeke.caseworker
    body = page_of(vibeke, AFTER).content.decode()
    assert (
        "By the rules the citizen is de-registered from 11 Nov 2017 (BEK 808/2017 §§ 10–11)."
        in body
    )
    assert "This system de-registers nobody" in body
    entry = Entry.objects.get(what="booking-deadline-missed")
    assert entry.by is None


def test_the_course_carries_the_flag_until_a_time_is_booked(vibeke, running):
    morning(AFTER)
    client = Client(headers={"accept-language": "en"})
    client.force_login(vibeke.caseworker)
    with at(AFTER):
        assert "Not booked by 10 Nov 2017" in course_of(client, vibeke)

    booked(vibeke, date(2017, 11, 13), date(2017, 11, 20))

    with at(date(2017, 11, 13)):
        assert "Not booked by" not in course_of(client, vibeke)
    assert not BookingDeadline.objects.flagged().exists()


def course_of(client, world) -> str:
    return client.get(world.course.get_absolute_url()).content.decode()


def test_case_22_a_new_deadline_may_follow_a_missed_one(vibeke, running):
    morning(AFTER)

    again = deadline_in(vibeke, date(2017, 11, 14), date(2017, 11, 17))

    assert again.book_by == date(2017, 11, 17)
    assert BookingDeadline.objects.open().get() == again


@pytest.mark.parametrize("reason", ["56", "57", "75"])
def test_case_22_an_exemption_closes_it_and_nothing_follows(vibeke, running, reason):
    with at(date(2017, 11, 8)):
        said = {"do": "close", "deadline": running.pk, "reason": reason}
        assert page_of(vibeke, date(2017, 11, 8), **said).status_code == 302

    assert morning(AFTER)["missed"] == 0
    running.refresh_from_db()
    assert (running.outcome, running.reason) == ("closed", reason)
    assert running.settled_on == date(2017, 11, 8)
    assert not Notice.objects.filter(kind="booking-missed").exists()


def test_a_deadline_that_has_passed_is_not_closed(vibeke, running):
    reason = BookingDeadline.Reason.EXEMPT

    with pytest.raises(Refused, match="runs no more"):
        actions.close_deadline(running, reason, by=vibeke.caseworker, at=moment(AFTER, 9))


def test_a_time_given_back_in_time_leaves_it_open(vibeke, running):
    meeting = booked(vibeke, date(2017, 11, 6))
    with at(date(2017, 11, 8)):
        cancel(
            meeting, cancelled_by=Party.CITIZEN, reason="Another day.", by=vibeke.caseworker,
            at=moment(date(2017, 11, 8), 9),
        )  # fmt: skip

    assert morning(AFTER)["missed"] == 1


def test_the_citizen_is_written_when_it_is_set_and_once_when_it_comes_near(vibeke, running):
    assert [one.kind for one in running.letters.all()] == ["book_by"]
    assert morning(date(2017, 11, 6))["reminded"] == 0
    assert morning(date(2017, 11, 7))["reminded"] == 1
    assert morning(date(2017, 11, 8))["reminded"] == 0

    letter = running.letters.get(kind="reminder")
    assert letter.subject.endswith(f"sag {vibeke.course.case_number}")
    assert letter.send_after == moment(date(2017, 11, 7), 6) + timedelta(minutes=10)
    assert vibeke.course.citizen.last_name not in letter.subject


def test_who_has_booked_is_not_reminded(vibeke, running):
    booked(vibeke, date(2017, 11, 6))

    assert morning(date(2017, 11, 7))["reminded"] == 0
    assert not Letter.objects.filter(kind="reminder").exists()


def test_closed_within_ten_minutes_the_letter_does_not_go(vibeke, running):
    actions.close_deadline(
        running, BookingDeadline.Reason.MISTAKE, by=vibeke.caseworker, at=moment(FIRST, 9)
    )

    assert [one.state for one in running.letters.all()] == ["taken_back"]


@pytest.mark.parametrize(
    ("book_by", "said"),
    [
        (FIRST, "lies ahead"),
        (date(2018, 11, 1), "must be held by"),
    ],
)
def test_a_day_that_cannot_be_is_refused_on_the_page(vibeke, book_by, said):
    sent = {"do": "set", "duty": owed_job(vibeke).pk, "book_by": f"{book_by:%d.%m.%Y}"}

    answer = page_of(vibeke, FIRST, **sent)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not BookingDeadline.objects.exists()


def test_joint_interviews_were_summoned_and_get_no_deadline(vibeke):
    joint = vibeke.course.duties.filter(kind=MeetingKind.JOINT, outcome="pending").first()
    said = {"by": vibeke.caseworker, "at": moment(FIRST, 9)}

    with pytest.raises(Refused, match="does not book this interview"):
        actions.set_deadline(joint, FIRST + timedelta(1), **said)


def test_one_deadline_runs_at_a_time_and_only_the_own_side_sets_it(vibeke, running):
    with pytest.raises(Refused, match="already"):
        deadline_in(vibeke)
    said = {"by": vibeke.consultant, "at": moment(FIRST, 9)}
    with pytest.raises(Refused, match="Only the party that holds"):
        actions.set_deadline(owed_job(vibeke), BY, **said)


def test_since_2024_a_missed_deadline_asks_for_a_summons():
    load_texts()
    first, by = date(2026, 5, 11), date(2026, 5, 15)
    with at(first):
        world = registered(date(2026, 1, 5), regime="2024", jobcentre_from=date(2026, 4, 1))
        duty = world.course.duties.filter(
            responsible="jobcentre", kind="job", outcome="pending", due_on__gt=by
        ).first()
        actions.set_deadline(duty, by, by=world.caseworker, at=moment(first, 9))

    assert morning(by + timedelta(1))["missed"] == 1
    body = page_of(world, by + timedelta(1)).content.decode()
    assert "Summon the citizen to the interview (BEK 1216/2023 § 46)." in body
    assert "Nobody is de-registered for it." in body
    assert "de-registered from" not in body
