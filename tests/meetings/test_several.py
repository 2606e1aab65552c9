"""Several rows of a worklist at once: what is shown before, what becomes of each, and undo."""

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from courses.actions.assignment import assign
from courses.models import Course, MeetingKind, Party
from journal.models import Entry
from letters.models import Letter
from meetings.actions import move
from meetings.actions import several as acts
from meetings.models import Batch, Meeting, Participant
from partnerships.models import Role
from tests.factories import AbsenceFactory, CourseFactory, DutyFactory, UserFactory, moment
from tests.meetings.conftest import BEFORE, NOW, TEN, TODAY, new_world

pytestmark = pytest.mark.django_db
SEVERAL = "/samtaler/flere/"
MINUTE = timedelta(minutes=1)
RULE = {"rule": "R24-02", "kind": MeetingKind.JOB, "responsible": Party.JOBCENTRE}


def more_duties(world, count, *, due_on=TODAY - timedelta(5), **columns):
    """Late interviews of other citizens of the same jobcentre and a-kasse."""
    said = {"municipality": world.course.municipality, "a_kasse": world.course.a_kasse}
    return [
        DutyFactory(
            course=CourseFactory(**said | BEFORE),
            ordinal=2,
            due_on=due_on,
            **RULE | columns,
        )
        for _ in range(count)
    ]


@pytest.fixture
def desk(client, world):
    """The browser of the caseworker, in English."""
    client.force_login(world.caseworker)
    client.cookies["django_language"] = "en"
    return client


def asked(act, duties, **more):
    return {"act": act, "duty": [one.pk for one in duties], "next": "/jobcenter/"} | more


def options(world, **changed):
    said = {
        "worker": world.caseworker.pk, "day": "28.09.2026", "starts": "8.00", "minutes": "45",
        "pause": "15", "form": "in_person", "room": world.room.pk, "place": "",
    }  # fmt: skip
    return said | changed


def fields_of(page):
    """Everything a browser would send back from the form of a page, as it stands."""
    form = page.text[page.text.index('action="/samtaler/flere/"') :]
    form = form[: form.index("</form>")]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if said["type"] != "checkbox" and said["name"] != "csrfmiddlewaretoken":
            sent.setdefault(said["name"], []).append(said.get("value", ""))
    return sent


def preview(desk, world, duties, **changed):
    sent = asked("book", duties, step="preview", key=str(uuid4()), **options(world, **changed))
    return desk.post(SEVERAL, sent)


def booked(desk, world, duties, **more):
    """The batch of a booking that goes through as it was proposed."""
    sent = fields_of(preview(desk, world, duties)) | more
    response = desk.post(SEVERAL, sent)
    assert response.status_code == 302, response.text
    return Batch.objects.get(pk=response.url.split("/")[-2])


def given(desk, world, duties, worker, key=None):
    sent = asked("assign", duties, step="send", key=key or str(uuid4()), worker=worker.pk)
    return Batch.objects.get(pk=desk.post(SEVERAL, sent).url.split("/")[-2])


def outcomes(batch):
    return [row.outcome for row in batch.rows.order_by("pk")]


# --- Booking ------------------------------------------------------------------------------------
def test_ten_late_rows_are_booked_in_three_pages(desk, world):
    duties = more_duties(world, 10)
    form = desk.post(SEVERAL, asked("book", duties)).text
    assert "10 rows chosen" in form
    batch = booked(desk, world, duties)
    assert outcomes(batch) == ["done"] * 10
    starts = list(Meeting.objects.order_by("starts_at").values_list("starts_at", flat=True))
    assert len(set(starts)) == 10
    assert Participant.objects.filter(role="jobcentre", worker=world.caseworker).count() == 10
    assert Letter.objects.filter(state="waiting").count() == 10
    assert Entry.objects.filter(what="meeting-booked", by=world.caseworker).count() == 10
    page = desk.get(batch.get_absolute_url()).text
    assert "10 interviews are booked." in page
    assert "10 minutes left" in page


def test_nothing_is_booked_before_the_last_page_is_sent(desk, world):
    page = preview(desk, world, more_duties(world, 3))
    assert page.status_code == 200
    assert "Nothing is booked yet" in page.text
    assert not Meeting.objects.exists()
    assert not Batch.objects.exists()


def test_skipped_rows_are_named_with_the_reason(desk, world):
    ok, met, theirs = more_duties(world, 3)
    met.outcome, met.late_from, met.soon_from = "lapsed", None, None
    met.save()
    theirs.responsible = Party.A_KASSE
    theirs.save()
    world.booked_joint(duty=world.joint)
    duties = [ok, met, theirs, world.joint]
    text = preview(desk, world, duties).text
    assert "Already booked for Wed 30 Sep at 10:00." in text
    assert "No longer owed" in text
    assert "The other party books this interview" in text
    batch = booked(desk, world, duties)
    assert sorted(outcomes(batch)) == ["done", "skipped", "skipped", "skipped"]
    page = desk.get(batch.get_absolute_url()).text
    assert "1 interview is booked. 3 skipped." in page
    assert page.count("The other party books this interview") == 1


def test_one_who_is_away_until_nobody_knows_when_gets_no_time_but_a_field_to_write_one(desk, world):
    [duty] = more_duties(world, 1)
    AbsenceFactory(citizen=duty.course.citizen, kind="sick", starts_on=TODAY, ends_on=None)
    page = preview(desk, world, [duty])
    assert "Away since Mon 21 Sep" in page.text
    sent = fields_of(page)
    assert sent[f"r{duty.pk}-day"] == [""]
    batch = booked(desk, world, [duty])
    assert outcomes(batch) == ["skipped"]
    by_hand = {f"r{duty.pk}-day": "30.09.2026", f"r{duty.pk}-starts": "9.00"}
    refused = desk.post(SEVERAL, sent | by_hand)  # the citizen is away: that is asked about
    assert "The citizen is away on this day" in refused.text
    again = fields_of(refused) | {f"r{duty.pk}-seen": "on"}
    assert desk.post(SEVERAL, again | {"key": str(uuid4())}).status_code == 302
    assert Meeting.objects.get().duty == duty


def test_a_row_can_get_another_time_or_be_left_out(desk, world):
    first, second = more_duties(world, 2)
    sent = {f"r{first.pk}-starts": "13.15", f"r{second.pk}-leave": "on"}
    batch = booked(desk, world, [first, second], **sent)
    assert outcomes(batch) == ["done", "skipped"]
    assert f"{Meeting.objects.get().starts_at.astimezone(TEN.tzinfo):%H.%M}" == "13.15"


def test_two_rows_cannot_be_given_the_same_time(desk, world):
    first, second = more_duties(world, 2)
    sent = fields_of(preview(desk, world, [first, second]))
    same = {f"r{one.pk}-starts": "9.00" for one in (first, second)}
    same |= {f"r{one.pk}-day": "29.09.2026" for one in (first, second)}
    page = desk.post(SEVERAL, sent | same)
    assert page.status_code == 200
    assert "Taken from 9:00 to 9:45." in page.text
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("day", "clock", "words"),
    [("31.2.2026", "9.00", "Write the date"), ("29.09.2026", "", "both date and time"),
     ("29.09.2026", "25.00", "Write the time")],
)  # fmt: skip
def test_a_time_nobody_can_mean_is_marked_and_nothing_is_lost(desk, world, day, clock, words):
    first, second = more_duties(world, 2)
    sent = fields_of(preview(desk, world, [first, second]))
    wrong = {f"r{first.pk}-day": day, f"r{first.pk}-starts": clock}
    page = desk.post(SEVERAL, sent | wrong | {f"r{second.pk}-starts": "11.11"})
    assert words in page.text
    assert 'value="11.11"' in page.text
    assert not Meeting.objects.exists()


def test_short_notice_asks_for_a_tick_and_a_late_deadline_only_says_so(desk, world):
    [duty] = more_duties(world, 1)
    page = preview(desk, world, [duty], day="22.09.2026")
    assert "less than 3 working days" in page.text
    assert "The deadline was 16 Sep 2026, so no time is in time." in page.text
    sent = fields_of(page)
    assert desk.post(SEVERAL, sent).status_code == 200
    assert not Meeting.objects.exists()
    assert desk.post(SEVERAL, sent | {f"r{duty.pk}-seen": "on"}).status_code == 302
    assert Meeting.objects.count() == 1


def test_a_tick_for_one_warning_is_no_tick_for_another(desk, world):
    [duty] = more_duties(world, 1)
    sent = fields_of(preview(desk, world, [duty], day="22.09.2026")) | {f"r{duty.pk}-seen": "on"}
    page = desk.post(SEVERAL, sent | {f"r{duty.pk}-day": "26.09.2026"})  # a Saturday
    assert "weekend" in page.text
    assert not Meeting.objects.exists()


def test_a_double_click_books_once_and_shows_the_same_result(desk, world):
    duties = more_duties(world, 3)
    sent = fields_of(preview(desk, world, duties))
    first, second = desk.post(SEVERAL, sent), desk.post(SEVERAL, sent)
    assert Meeting.objects.count() == 3
    assert first.url == second.url
    assert Batch.objects.count() == 1


def test_what_was_taken_meanwhile_is_refused_with_the_reason_and_stops_no_other_row(desk, world):
    first, second = more_duties(world, 2)
    lines = [
        acts.Line(one.course, one, starts_at=TEN + n * timedelta(hours=1))
        for n, one in enumerate((first, second))
    ]
    world.booked_joint(TEN)
    wanted = acts.Several(
        uuid4(),
        Batch.Act.BOOK,
        lines,
        world.caseworker,
        room=world.room,
        form="in_person",
        minutes=45,
    )
    batch = acts.carry_out(wanted, by=world.caseworker, at=NOW)
    assert outcomes(batch) == ["refused", "done"]
    assert "is in another interview from 10" in desk.get(batch.get_absolute_url()).text
    desk.cookies["django_language"] = "da"  # whoever reads the record, in whatever language
    assert "har en anden samtale kl. 10" in desk.get(batch.get_absolute_url()).text


def test_rows_of_others_are_counted_and_never_named(desk, world):
    elsewhere = new_world()
    page = preview(desk, world, [*more_duties(world, 1), elsewhere.job])
    assert "1 row is not yours to see" in page.text
    assert elsewhere.course.citizen.name not in page.text
    assert desk.post(SEVERAL, asked("book", [elsewhere.job])).status_code == 404
    for key in ("9" * 30, "x", "-1"):
        assert desk.post(SEVERAL, {"act": "book", "duty": key}).status_code in (302, 404)


def test_more_than_a_hundred_rows_are_refused_in_words(desk, world):
    sent = {"act": "book", "duty": list(range(1, 102)), "next": "/jobcenter/"}
    response = desk.post(SEVERAL, sent, follow=True)
    assert "At most 100 rows at a time; you chose 101." in response.text


def test_the_way_back_is_a_page_of_ours(desk, world):
    for away in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:x"):
        page = desk.post(SEVERAL, asked("book", [world.job], next=away))
        assert "elsewhere" not in page.text
        assert "javascript:x" not in page.text


def test_queries_grow_by_the_same_number_for_each_row(desk, world, django_assert_max_num_queries):
    duties = more_duties(world, 6)
    for some in (duties[:1], duties):
        with django_assert_max_num_queries(24 + 2 * len(some)):
            preview(desk, world, some)


# --- Undo ---------------------------------------------------------------------------------------
def test_undo_cancels_the_interviews_and_takes_their_letters_back(desk, world):
    batch = booked(desk, world, more_duties(world, 3))
    with time_machine.travel(NOW + 9 * MINUTE, tick=False):
        page = desk.post(reverse("meetings:undo_batch", args=[batch.pk]), follow=True).text
    assert outcomes(batch) == ["undone"] * 3
    assert "3 taken back." in page
    assert set(Meeting.objects.values_list("state", flat=True)) == {"cancelled"}
    assert set(Letter.objects.values_list("state", flat=True)) == {"taken_back"}
    assert not Participant.objects.filter(is_busy=True).exists()


def test_undo_leaves_what_somebody_has_changed_since_and_says_so(desk, world):
    first, second = more_duties(world, 2)
    batch = booked(desk, world, [first, second])
    moved = Meeting.objects.get(duty=first)
    move(moved, world.sitting(), by=world.caseworker, at=NOW)
    desk.post(reverse("meetings:undo_batch", args=[batch.pk]))
    assert outcomes(batch) == ["done", "undone"]
    moved.refresh_from_db()
    assert (moved.state, moved.starts_at) == ("booked", TEN)
    assert "has been moved since" in desk.get(batch.get_absolute_url()).text


def test_after_ten_minutes_a_cancellation_letter_is_the_way(desk, world):
    batch = booked(desk, world, more_duties(world, 2))
    Letter.objects.update(state="sent", sent_at=NOW, arrived_at=NOW)
    with time_machine.travel(NOW + 10 * MINUTE, tick=False):
        page = desk.get(batch.get_absolute_url()).text
        assert "fortryd" not in page
        assert "Cancel these interviews" in page
        desk.post(reverse("meetings:undo_batch", args=[batch.pk]))
        assert outcomes(batch) == ["done", "done"]
        address = reverse("meetings:cancel_batch", args=[batch.pk])
        assert desk.post(address, {"reason": ""}).status_code == 200
        assert desk.post(address, {"reason": "The worker is ill."}).status_code == 302
    assert outcomes(batch) == ["undone", "undone"]
    assert Letter.objects.filter(kind="cancellation", state="waiting").count() == 2
    assert set(Meeting.objects.values_list("cancel_reason", flat=True)) == {"The worker is ill."}


def test_a_batch_is_for_its_maker_alone(desk, world, client):
    batch = booked(desk, world, more_duties(world, 1))
    client.force_login(UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre))
    assert client.get(batch.get_absolute_url()).status_code == 404
    assert client.post(reverse("meetings:undo_batch", args=[batch.pk])).status_code == 404
    assert client.post(reverse("meetings:cancel_batch", args=[batch.pk])).status_code == 404
    assert outcomes(batch) == ["done"]


def test_a_case_that_is_no_longer_ones_own_has_no_name_on_the_record(desk, world):
    [duty] = more_duties(world, 1)
    batch = booked(desk, world, [duty])
    other = new_world()
    Course.objects.filter(pk=duty.course_id).update(
        jobcentre=other.jobcentre, municipality=other.course.municipality
    )
    page = desk.get(batch.get_absolute_url()).text
    assert duty.course.citizen.name not in page
    assert duty.course.case_number not in page
    assert "no longer yours to see" in page


def test_the_record_is_read_in_either_language(desk, world):
    batch = booked(desk, world, more_duties(world, 1))
    row = batch.rows.get()
    assert row.said["text"] == "Booked for %(when)s."
    assert list(row.said["values"]["when"]) == ["moment"]


# --- Summoning ----------------------------------------------------------------------------------
def test_those_who_are_booked_and_not_summoned_get_their_letter(desk, world):
    meeting = world.booked_joint(duty=world.joint)
    [free] = more_duties(world, 1)
    duties = [world.joint, free]
    text = desk.post(SEVERAL, asked("summon", duties)).text
    assert "Book it first." in text
    assert "Summoned to Wed 30 Sep at 10:00." in text
    sent = asked("summon", duties, step="send", key=str(uuid4()))
    batch = Batch.objects.get(pk=desk.post(SEVERAL, sent).url.split("/")[-2])
    assert sorted(outcomes(batch)) == ["done", "skipped"]
    assert meeting.letters.get().state == "waiting"
    again = desk.post(SEVERAL, asked("summon", duties)).text
    assert "Already summoned" in again
    desk.post(reverse("meetings:undo_batch", args=[batch.pk]))
    assert meeting.letters.get().state == "taken_back"
    assert sorted(outcomes(batch)) == ["skipped", "undone"]


def test_a_summons_that_has_left_is_not_undone(desk, world):
    meeting = world.booked_joint(duty=world.joint)
    sent = asked("summon", [world.joint], step="send", key=str(uuid4()))
    batch = Batch.objects.get(pk=desk.post(SEVERAL, sent).url.split("/")[-2])
    meeting.letters.update(state="sending", taken_up_at=NOW)
    desk.post(reverse("meetings:undo_batch", args=[batch.pk]))
    assert outcomes(batch) == ["done"]
    assert "the letter is on its way" in desk.get(batch.get_absolute_url()).text


# --- Assigning ----------------------------------------------------------------------------------
@pytest.fixture
def colleague(world):
    return UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre, first_name="Bo")


def test_cases_change_hands_and_back_again(desk, world, colleague):
    first, second = more_duties(world, 2)
    assign(first.course, caseworker=world.caseworker, by=world.caseworker, on=TODAY)
    sent = asked("assign", [first, second], step="preview", worker=colleague.pk)
    text = desk.post(SEVERAL, sent).text
    assert f"From {world.caseworker} to {colleague}" in text
    assert f"To {colleague}; nobody has it now" in text
    batch = given(desk, world, [first, second], colleague)
    assert outcomes(batch) == ["done", "done"]
    courses = [first.course, second.course]
    assert [taker(one) for one in courses] == [colleague, colleague]
    desk.post(reverse("meetings:undo_batch", args=[batch.pk]))
    assert [taker(one) for one in courses] == [world.caseworker, None]


def taker(course):
    course.refresh_from_db()
    return course.caseworker


def test_undo_takes_no_case_from_one_who_got_it_since(desk, world, colleague):
    [duty] = more_duties(world, 1)
    third = UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre)
    batch = given(desk, world, [duty], colleague)
    assign(duty.course, caseworker=third, by=world.caseworker, on=TODAY)
    desk.post(reverse("meetings:undo_batch", args=[batch.pk]))
    assert taker(duty.course) == third
    assert (
        f"somebody has given the case to {third} since" in desk.get(batch.get_absolute_url()).text
    )


def test_an_a_kasse_gives_its_cases_to_its_own_consultant(client, world):
    client.force_login(world.consultant)
    client.cookies["django_language"] = "en"
    colleague = UserFactory(role=Role.JOB_CONSULTANT, organisation=world.course.a_kasse)
    batch = given(client, world, [world.job, world.joint], colleague)
    assert batch.rows.count() == 1  # one case, two rows
    world.course.refresh_from_db()
    assert (world.course.consultant, world.course.caseworker) == (colleague, None)
    assert (
        client.post(
            SEVERAL, asked("assign", [world.job], step="send", worker=world.caseworker.pk)
        ).status_code
        == 200
    )  # not a colleague: the form says so


def test_recording_leads_to_the_run_of_outcomes(desk, world):
    begun = world.booked_joint(NOW - timedelta(hours=1), duty=world.joint)
    response = desk.post(SEVERAL, asked("outcome", [world.joint, world.job]))
    beside = f"ude={world.job.pk}&naeste=%2Fjobcenter%2F"
    assert response.url == f"/samtaler/dagen/?samtale={begun.pk}&{beside}"
    response = desk.post(SEVERAL, asked("outcome", [world.job]), follow=True)
    assert "None of the chosen rows has an interview that has begun." in response.text


# --- One at a time ------------------------------------------------------------------------------
def one_booking(world, **changed):
    return {
        "what": f"duty:{world.joint.pk}", "with_other_party": "on", "day": "30.09.2026", "starts": "10.00", "minutes": "45",
        "form": "in_person", "room": world.room.pk, "worker": world.caseworker.pk, "summon": "on",
        "place": "", "seen": "",
    } | changed  # fmt: skip


def test_one_booking_leads_back_to_the_next_row_and_can_be_undone(desk, world):
    address = reverse("meetings:book", args=[world.course.case_number])
    back = "?naeste=%2Fjobcenter%2F%3Fhvis%3Dteam%23b77"
    response = desk.post(address + back, one_booking(world))
    assert response.url == "/jobcenter/?hvis=team#b77"
    page = desk.get(response.url).text
    batch = Batch.objects.get()
    assert f'action="{reverse("meetings:undo_batch", args=[batch.pk])}"' in page
    desk.post(reverse("meetings:undo_batch", args=[batch.pk]))
    assert Meeting.objects.get().state == "cancelled"
    assert Letter.objects.get().state == "taken_back"


def test_the_way_on_leads_nowhere_else(desk, world):
    address = reverse("meetings:book", args=[world.course.case_number])
    response = desk.post(f"{address}?naeste=https://elsewhere.example/", one_booking(world))
    assert response.url == Meeting.objects.get().get_absolute_url()


def test_three_free_times_are_offered_and_fill_in_the_form(desk, world):
    world.booked_joint(moment(TODAY + timedelta(7), 8), duty=world.joint)
    address = reverse("meetings:book", args=[world.course.case_number])
    page = desk.get(address, {"duty": world.job.pk}).text
    links = re.findall(r'button" href="(\?[^"]*dag=[^"]*)"', page)
    assert len(links) == 3
    assert "dag=2026-09-28&amp;kl=08.45" in links[0]  # at eight both are taken
    filled = desk.get(address + links[0].replace("&amp;", "&")).text
    assert 'value="28.09.2026"' in filled
    assert 'value="08.45"' in filled
    assert desk.get(address, {"dag": "x", "kl": "25"}).status_code == 200


def test_the_free_stretches_of_the_week_stand_beside_the_form(desk, world):
    world.booked_joint(moment(TODAY + timedelta(7), 8), duty=world.joint)  # by the same two
    AbsenceFactory(
        citizen=world.course.citizen,
        starts_on=TODAY + timedelta(9),
        ends_on=TODAY + timedelta(10),
    )
    AbsenceFactory(citizen=world.course.citizen, kind="wage_subsidy", starts_on=TODAY)
    address = reverse("meetings:book", args=[world.course.case_number])
    desk.cookies["django_language"] = "en"
    page = desk.get(address, {"duty": world.job.pk, "dag": "2026-09-28"})
    monday, tuesday, wednesday, *_rest = page.context["page"].week.days
    assert [gap.text for gap in monday.gaps] == ["8:45–12:00", "12:30–16:00"]
    assert [gap.text for gap in tuesday.gaps] == ["8:00–12:00", "12:30–16:00"]
    assert (wednesday.gaps, wednesday.note) == ((), "Away")
    filled = desk.get(address + monday.gaps[1].url).text
    assert 'value="28.09.2026"' in filled
    assert 'value="12.30"' in filled


def test_an_interview_is_moved_to_a_free_stretch_and_keeps_its_room(desk, world):
    meeting = world.booked_joint(moment(TODAY + timedelta(7), 8), duty=world.joint)
    address = reverse("meetings:move", args=[meeting.pk])
    desk.cookies["django_language"] = "en"
    page = desk.get(address, {"dag": "2026-09-28"})
    first = page.context["page"].week.days[0].gaps[0]
    assert first.text == "8:00–12:00"  # the time it has is free for itself
    filled = desk.get(address + page.context["page"].week.days[1].gaps[1].url).context["form"]
    assert (filled["day"].value(), filled["starts"].value()) == (date(2026, 9, 29), time(12, 30))
    assert filled["room"].value() == meeting.room_id


def test_people_who_meet_say_where_and_the_form_says_so_beforehand(desk, world):
    address = reverse("meetings:book", args=[world.course.case_number])
    assert "People who meet need a room, or another place." in desk.get(address).text
    page = desk.post(address, one_booking(world, room="")).text
    assert "choose a room or write the place" in page
    assert not Meeting.objects.exists()


def test_nobody_is_summoned_by_letter_to_an_interview_today(desk, world):
    world.booked_joint(NOW + timedelta(hours=3), duty=world.joint)
    page = desk.post(SEVERAL, asked("summon", [world.joint])).text
    assert "a letter comes too late. Call the citizen." in page
    assert "button-primary" not in page  # nothing is left to summon to
