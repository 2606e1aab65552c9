"""Several interviews booked in published times at once, and what is kept where there were none."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import MeetingKind, Party
from journal.models import Entry
from meetings.models import Batch, Meeting
from slots.actions.several import Planned, book_more, book_several
from slots.models import NoTimes, Slot, SlotBooking
from tests.factories import AbsenceFactory, DutyFactory
from tests.meetings.conftest import NOW, TEN, TODAY

pytestmark = pytest.mark.django_db
SEVERAL = "/kalender/flere/"
HOUR, DAY = timedelta(hours=1), timedelta(1)


@pytest.fixture
def desk(client, place):
    """The browser of the caseworker, in English."""
    client.force_login(place.caseworker)
    client.cookies["django_language"] = "en"
    return client


def duties(place, *due):
    """Joint interviews of as many citizens, due on these days."""
    said = {"rule": "R24-07", "ordinal": 1, "kind": MeetingKind.JOINT, "with_party": Party.A_KASSE}
    said["responsible"] = Party.JOBCENTRE
    return [DutyFactory(course=place.course(), due_on=day, **said) for day in due]


def fields_of(page):
    """Everything a browser would send back from the form of a page, as it stands."""
    form = page.text[page.text.index(f'action="{SEVERAL}"') :]
    form = form[: form.index("</form>")]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if said["type"] != "checkbox" and said["name"] != "csrfmiddlewaretoken":
            sent[said["name"]] = said.get("value", "")
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', options)[1]
    return sent


def preview(desk, rows):
    return desk.post(SEVERAL, {"duty": [one.pk for one in rows], "next": "/jobcenter/"})


def carried_out(desk, rows, **more):
    """The batch as the preview proposed it, every portion."""
    response = desk.post(SEVERAL, fields_of(preview(desk, rows)) | more)
    assert response.status_code == 302, response.text
    batch = Batch.objects.get(pk=response.url.split("/")[-2])
    while batch.rows.filter(outcome="waiting").exists():
        desk.post(reverse("slots:several_more", args=[batch.pk]))
    return batch


def outcomes(batch):
    return {row.duty_id: row.outcome for row in batch.rows.all()}


def test_the_most_urgent_gets_the_only_time_and_the_other_is_told_why_and_it_is_kept(desk, place):
    place.slot(TEN)
    later, urgent = duties(place, TODAY + 30 * DAY, TODAY + 12 * DAY)

    page = preview(desk, [later, urgent]).text
    assert "1 of 2 gets a time" in page
    assert "All free times go to more urgent rows above." in page
    assert not Batch.objects.exists()
    batch = carried_out(desk, [later, urgent])

    assert outcomes(batch) == {urgent.pk: "done", later.pk: "refused"}
    kept = NoTimes.objects.get()
    assert (kept.duty, kept.searched_by) == (later, place.caseworker)
    assert {"day": "2026-09-30", "codes": ["all-taken"]} in kept.reasons
    assert Entry.objects.filter(what="no-times-found", case_pk=later.course_id).count() == 1
    for one, told in ((later, True), (urgent, False)):
        course = desk.get(one.course.get_absolute_url()).text
        assert ("Searches without free times" in course) is told
    result = desk.get(reverse("slots:several_result", args=[batch.pk])).text
    assert "1 interview is booked. 1 not done." in result
    assert "No free times for" in result
    assert "Ask for more times" in result


def test_the_first_time_after_the_window_is_where_to_look_next(desk, place):
    place.slot(TODAY_AT + 21 * DAY)
    [duty] = duties(place, TODAY + 9 * DAY)

    batch = carried_out(desk, [duty])

    result = desk.get(reverse("slots:several_result", args=[batch.pk])).text
    assert "See week 42" in result
    assert f"uge=2026-42&amp;sted={place.world.jobcentre.slug}" in result


TODAY_AT = NOW + HOUR


def test_no_two_rows_get_the_same_time_nor_the_same_worker_at_once(desk, place):
    for hours in (0, 1, 3):
        place.slot(TEN + hours * HOUR)
    place.wide_slot(2, TEN + 4 * HOUR)  # two seats, but one caseworker to sit in them
    rows = duties(place, *[TODAY + 20 * DAY] * 5)

    batch = carried_out(desk, rows)

    assert sorted(outcomes(batch).values()) == ["done"] * 4 + ["refused"]
    assert len(set(SlotBooking.objects.values_list("slot", "seat"))) == 4
    assert len(set(Meeting.objects.values_list("starts_at", flat=True))) == 4


def test_a_row_can_be_left_out_or_get_another_time(desk, place):
    first, second = place.slot(TEN), place.slot(TEN + HOUR)
    one, two = duties(place, TODAY + 12 * DAY, TODAY + 14 * DAY)
    sent = fields_of(preview(desk, [one, two]))
    assert sent[f"r{one.pk}-tid"].startswith(f"{first.pk}-")
    other = sent[f"r{two.pk}-tid"]
    assert other.startswith(f"{second.pk}-")

    batch = carried_out(desk, [one, two], **{f"r{one.pk}-tid": other, f"r{two.pk}-leave": "on"})

    assert outcomes(batch) == {one.pk: "done", two.pk: "skipped"}
    assert SlotBooking.objects.get().slot == second
    assert not NoTimes.objects.exists()


def test_one_time_for_two_rows_is_marked_and_nothing_is_lost(desk, place):
    place.slot(TEN), place.slot(TEN + HOUR)
    one, two = duties(place, TODAY + 12 * DAY, TODAY + 14 * DAY)
    sent = fields_of(preview(desk, [one, two]))

    page = desk.post(SEVERAL, sent | {f"r{two.pk}-tid": sent[f"r{one.pk}-tid"]})

    assert "Another row has this time" in page.text
    assert not Meeting.objects.exists()
    assert fields_of(page)[f"r{one.pk}-tid"] == sent[f"r{one.pk}-tid"]


def test_a_warning_asks_for_a_tick(desk, place):
    place.slot(TODAY_AT + DAY)
    [duty] = duties(place, TODAY + 2 * DAY)
    page = preview(desk, [duty])
    assert "less than 3 working days" in page.text

    again = desk.post(SEVERAL, fields_of(page))

    assert "tick that you have seen the warning" in again.text
    assert not Meeting.objects.exists()
    assert outcomes(carried_out(desk, [duty], **{f"r{duty.pk}-seen": "on"})) == {duty.pk: "done"}


def test_what_is_taken_meanwhile_is_refused_and_stops_no_other_row(place):
    slots = [place.slot(TEN + n * HOUR) for n in range(2)]
    rows = duties(place, *[TODAY + 12 * DAY] * 2)
    place.book(slots[0])
    planned = [Planned(one, slot, None) for one, slot in zip(rows, slots, strict=True)]

    batch = book_several(uuid4(), planned, by=place.caseworker, at=NOW)

    assert outcomes(batch) == {rows[0].pk: "refused", rows[1].pk: "done"}


def test_a_long_run_is_done_in_portions_and_a_page_sent_twice_books_once(desk, place):
    rows = duties(place, *[TODAY + 12 * DAY] * 3)
    slots = [place.slot(TEN + n * HOUR) for n in range(3)]
    planned = [Planned(one, slot, None) for one, slot in zip(rows, slots, strict=True)]
    key, said = uuid4(), {"by": place.caseworker, "at": NOW, "most": 2}

    batch = book_several(key, planned, **said)
    assert Meeting.objects.count() == 2
    page = desk.get(reverse("slots:several_result", args=[batch.pk])).text
    assert "2 of 3 rows are worked on." in page
    assert book_several(key, planned, **said) == batch
    book_more(batch, **said)

    assert set(outcomes(batch).values()) == {"done"}
    assert Meeting.objects.count() == 3


def test_undo_frees_the_seats(desk, place):
    slot = place.slot(TEN)
    batch = carried_out(desk, duties(place, TODAY + 12 * DAY))
    assert SlotBooking.objects.filter(is_live=True).count() == 1

    desk.post(reverse("meetings:undo_batch", args=[batch.pk]))

    assert not SlotBooking.objects.filter(is_live=True).exists()
    assert set(outcomes(batch).values()) == {"undone"}
    assert Slot.objects.get(pk=slot.pk).state == "open"


def test_a_joint_interview_that_the_a_kasse_does_not_come_to_leaves_its_colleague_out(desk, place):
    house = place.world.course.a_kasse
    place.slot(TEN, a_kasse=house, guest=place.world.consultant)
    [duty] = duties(place, TODAY + 12 * DAY)
    duty.with_party = ""
    duty.save()

    batch = carried_out(desk, [duty])

    assert outcomes(batch) == {duty.pk: "done"}
    assert not Meeting.objects.get().participants.filter(worker=place.world.consultant).exists()


def test_only_joint_interviews_of_the_own_side_get_a_time(desk, place):
    place.slot(TEN)
    job = place.world.job

    assert "Only joint interviews are booked in these times." in preview(desk, [job]).text


def test_a_time_that_has_become_free_is_shown_before_it_is_booked(desk, place):
    [duty] = duties(place, TODAY + 12 * DAY)
    sent = fields_of(preview(desk, [duty]))
    slot = place.slot(TEN)

    page = desk.post(SEVERAL, sent)

    assert "A time has become free since the page was made." in page.text
    assert not NoTimes.objects.exists()
    assert desk.post(SEVERAL, fields_of(page)).status_code == 302
    assert SlotBooking.objects.get().slot == slot


def test_the_evidence_stands_on_the_case_for_both_sides_and_on_paper(desk, place, client):
    [duty] = duties(place, TODAY + 9 * DAY)
    AbsenceFactory(citizen=duty.course.citizen, starts_on=TODAY, ends_on=None, kind="sick")
    place.slot(TEN)
    url = reverse("slots:keep_no_times", args=[duty.course.case_number])

    response = desk.post(url, {"krav": duty.pk})

    assert response.status_code == 302
    paper = desk.get(response.url).text
    assert "the citizen is away" in paper.lower()
    course = desk.get(duty.course.get_absolute_url()).text
    assert "Searches without free times" in course
    assert "no free times were found" in course.lower()


def test_a_free_time_is_no_evidence(desk, place):
    [duty] = duties(place, TODAY + 12 * DAY)
    place.slot(TEN)
    url = reverse("slots:keep_no_times", args=[duty.course.case_number])

    here = f"http://testserver{duty.course.get_absolute_url()}"

    assert (
        "There is a free time now."
        in desk.post(url, {"krav": duty.pk}, follow=True, headers={"referer": here}).text
    )
    assert not NoTimes.objects.exists()


def test_the_preview_asks_the_database_as_often_for_many_rows_as_for_few(desk, place):
    for hour in range(4):
        place.slot(TEN + hour * HOUR)
        place.wide_slot(3, TEN + DAY + hour * HOUR)

    def asked(rows):
        with CaptureQueriesContext(connection) as queries:
            assert preview(desk, rows).status_code == 200
        return len(queries)

    few, many = duties(place, *[TODAY + 30 * DAY] * 3), duties(place, *[TODAY + 30 * DAY] * 15)
    preview(desk, few)  # what is kept from one page to the next is read before
    assert asked(many) <= asked(few) + 4  # a query for each time with several seats
