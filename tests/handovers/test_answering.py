"""The sheet, what the jobcentre answers, and who sees what of it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from courses.models import Choice, Course, JobSearchStatus
from handovers import actions
from handovers.models import Handover, Sheet
from journal.models import Look
from letters.models import Letter
from meetings.models import Meeting
from notices.models import Notice
from shared.refusals import Refused
from tests.factories import CourseFactory, JobcentreFactory, UserFactory, moment
from tests.handovers.conftest import NOW, SAID

DAY = date(2026, 12, 1)


@pytest.fixture
def ready(world):
    """A world whose sheet is sent."""
    world.prepare()
    actions.send_sheet(world.handover, SAID, by=world.consultant, at=NOW)
    return world


def page(world, who, name="handovers:handover", **words):
    return world.browser(who).get(reverse(name, args=[world.course.case_number]), words)


def test_a_draft_is_for_the_a_kasse_alone(world):
    world.prepare()
    said = SAID | {"barriers": "Nothing but Mondays."}
    actions.save_draft(world.handover, said, by=world.consultant, at=NOW)

    assert "Nothing but Mondays." in page(world, world.consultant, "handovers:sheet").text
    assert "Nothing but Mondays." not in page(world, world.caseworker).text
    assert world.handover.state == "coming"


def test_a_sent_sheet_reaches_the_jobcentre_before_its_day_but_the_course_does_not(ready):
    shown = page(ready, ready.caseworker)

    assert "Cannot drive." in shown.text
    assert 'href="/forloeb/' not in shown.text
    assert Look.objects.filter(by=ready.caseworker, kind="forecast").exists()
    assert page(ready, ready.abroad).status_code == page(ready, ready.stranger).status_code == 404


def test_a_look_at_the_list_is_logged_with_the_cases_that_it_named(ready):
    shown = ready.browser(ready.caseworker).get(reverse("handovers:list"))

    assert shown.status_code == 200
    look = Look.objects.get(by=ready.caseworker, kind="list")
    assert look.details["courses"] == [ready.course.pk]


def test_a_diagnosis_is_refused_also_where_a_sheet_is_sent_back(ready):
    url = reverse("handovers:send_back", args=[ready.course.case_number])
    shown = ready.browser(ready.caseworker).post(url, {"reason": "Which diagnosis is it?"})

    assert "Write no diagnosis" in shown.text
    assert ready.handover.state == "sheet_ready"


def test_sending_tells_the_jobcentre_and_the_citizen_and_notes_the_choice(ready):
    assert ready.handover.state == "sheet_ready"
    assert Notice.objects.filter(user=ready.caseworker, kind="handover-sheet").count() == 1
    letter = Letter.objects.get(course=ready.course)
    assert (letter.kind, letter.sender) == ("handover", ready.course.a_kasse)
    assert Choice.objects.standing().get(course=ready.course).kind == "want_other_party"


def test_a_sent_sheet_is_frozen_by_the_database(ready):
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.update(cv="Another word.")


@pytest.mark.parametrize("missing", ["citizen_told_on", "participation", "next_actions"])
def test_a_sheet_is_not_sent_without_what_the_jobcentre_begins_with(world, missing):
    world.prepare()
    empty = None if missing == "citizen_told_on" else ""

    with pytest.raises(Refused):
        actions.send_sheet(world.handover, SAID | {missing: empty}, by=world.consultant, at=NOW)

    assert not Sheet.objects.sent().exists()


def test_a_diagnosis_or_a_cpr_number_is_refused_in_the_form(world):
    world.prepare()
    url = reverse("handovers:sheet", args=[world.course.case_number])

    for text in ("Diagnosis: unknown", "Has F32.1", "620185-0001"):
        answer = world.browser(world.consultant).post(url, {"barriers": text})
        assert answer.context["form"].errors["barriers"], text
    assert not Sheet.objects.exists()


def test_the_jobcentre_returns_the_sheet_and_gets_a_new_version(ready):
    url = reverse("handovers:send_back", args=[ready.course.case_number])
    ready.browser(ready.caseworker).post(url, {"reason": "The job club is missing."})
    assert ready.handover.state == "returned"
    assert "The job club is missing." in page(ready, ready.consultant, "handovers:sheet").text

    said = SAID | {"job_club": "Until Christmas."}
    actions.send_sheet(ready.handover, said, by=ready.consultant, at=NOW)

    assert [one.version for one in Sheet.objects.sent()] == [2, 1]
    assert ready.handover.state == "sheet_ready"
    assert Letter.objects.filter(course=ready.course).count() == 1


def test_accepting_before_the_day_moves_nothing_and_the_day_moves_it(ready):
    url = reverse("handovers:accept", args=[ready.course.case_number])
    answer = ready.browser(ready.caseworker).post(url, {"adviser": ready.caseworker.pk})

    assert answer.url == reverse("handovers:first_interview", args=[ready.course.case_number])
    assert (ready.handover.state, ready.passes_on) == ("accepted", DAY)
    ready.course.refresh_from_db()
    assert ready.course.caseworker == ready.caseworker
    assert ready.prepare(on=DAY).done == 1
    assert ready.handover.state == "done"


def test_a_hand_over_without_a_sheet_says_how_long_it_waits_and_offers_no_reading(world):
    world.prepare()
    late = DAY + timedelta(2)
    with time_machine.travel(moment(late, 9), tick=False):
        listed = world.browser(world.caseworker).get(reverse("handovers:list")).text
    assert "Accept without a sheet" in listed
    assert "Read and accept" not in listed
    assert "3 working days over" in listed


def test_all_that_a_sheet_lacks_is_marked_at_once_and_nothing_written_is_lost(world):
    world.prepare()
    url = reverse("handovers:sheet", args=[world.course.case_number])
    answer = world.browser(world.consultant).post(url, {"step": "send", "agreed": "Mondays."})
    assert list(answer.context["form"].errors) == [
        "next_actions",
        "citizen_told_on",
        "participation",
    ]
    assert "Mondays." in answer.text
    assert "Ask the member whether" in answer.text
    assert not world.handover.sheets.exists()


def test_the_first_interview_begins_with_a_free_time_after_the_hand_over(ready):
    actions.accept(ready.handover, adviser=ready.caseworker, by=ready.caseworker, at=NOW)
    opened = page(ready, ready.caseworker, "handovers:first_interview")
    form, free = opened.context["form"], opened.context["proposals"]
    assert len(free) == 3
    assert f"dag={form['day'].value()}&kl={form['starts'].value():%H.%M}" in free[0][1]
    assert form["day"].value() >= ready.passes_on


def test_the_first_interview_is_booked_from_the_day_on_and_opens_the_course(ready):
    actions.accept(ready.handover, adviser=ready.caseworker, by=ready.caseworker, at=NOW)
    url = reverse("handovers:first_interview", args=[ready.course.case_number])
    browser = ready.browser(ready.caseworker)
    said = {"starts": "10.00", "minutes": 45, "form": "phone", "place": "20 30 40 50"}
    said |= {"worker": ready.caseworker.pk}

    early = browser.post(url, said | {"day": "25.11.2026", "seen": "none"})
    assert early.status_code == 200
    assert not Meeting.objects.exists()
    for _look in range(2):  # cautions are read first
        browser.post(url, said | {"day": "03.12.2026", "seen": _codes(ready, browser, url, said)})

    meeting = Meeting.objects.get()
    assert (meeting.held_by, meeting.course) == ("jobcentre", ready.course)
    assert "4 of 4" not in page(ready, ready.caseworker).text
    assert "2 of 4 ready" in page(ready, ready.caseworker).text


def _codes(world, browser, url, said) -> str:
    form = browser.post(url, said | {"day": "03.12.2026", "seen": ""})
    return " ".join(one.code for one in form.context["cautions"]) if form.context else ""


def test_without_a_sheet_the_jobcentre_accepts_only_once_the_course_is_its_own(world):
    world.prepare()
    with pytest.raises(Refused):
        actions.accept(world.handover, adviser=world.caseworker, by=world.caseworker, at=NOW)

    with time_machine.travel(moment(DAY, 9), tick=False):
        world.prepare(on=DAY)
        assert "Not accepted in time" in page(world, world.caseworker).text
        at = moment(DAY, 9)
        actions.accept(world.handover, adviser=world.caseworker, by=world.caseworker, at=at)
    assert world.handover.state == "done"


def test_each_side_does_only_its_own(ready):
    with pytest.raises(Refused):
        actions.accept(ready.handover, adviser=ready.caseworker, by=ready.consultant, at=NOW)
    with pytest.raises(Refused):
        actions.send_back(ready.handover, reason="No.", by=ready.consultant, at=NOW)
    with pytest.raises(Refused):
        actions.save_draft(ready.handover, SAID, by=ready.caseworker, at=NOW)
    other = UserFactory(role="caseworker", organisation=JobcentreFactory())
    with pytest.raises(Refused):
        actions.accept(ready.handover, adviser=other, by=ready.caseworker, at=NOW)


def test_the_lists_count_what_waits_for_each_side(ready):
    counts = {
        who: {tab.key: tab.count for tab in tabs_of(ready, getattr(ready, who))}
        for who in ("caseworker", "consultant", "abroad", "stranger")
    }

    nothing = {"venter": 0, "over": 0, "kommer": 0, "faerdige": 0}
    assert counts["caseworker"] == nothing | {"venter": 1, "kommer": 1}
    assert counts["consultant"] == nothing | {"kommer": 1}
    assert counts["abroad"] == counts["stranger"] == nothing


def test_a_course_that_ended_before_it_was_accepted_waits_for_nobody(world):
    world.prepare()
    world.prepare(on=DAY)
    later = DAY + timedelta(30)
    with time_machine.travel(moment(later, 9), tick=False):
        late = {tab.key: tab.count for tab in tabs_of(world, world.caseworker)}
        assert (late["venter"], late["over"]) == (1, 1)
        Course.objects.filter(pk=world.course.pk).update(ends_on=later)
        ended = {tab.key: tab.count for tab in tabs_of(world, world.caseworker)}
        assert (ended["venter"], ended["over"]) == (0, 0)
        assert "Not accepted in time" not in page(world, world.caseworker).text


def tabs_of(world, who):
    return world.browser(who).get(reverse("handovers:list")).context["tabs"]


def test_the_list_and_the_page_ask_at_most_twelve_queries(ready, django_assert_max_num_queries):
    browser = ready.browser(ready.caseworker)
    number = ready.course.case_number
    for url in (reverse("handovers:list"), reverse("handovers:handover", args=[number])):
        browser.get(url)
        with django_assert_max_num_queries(12):
            browser.get(url)


def test_the_checklist_reads_the_newest_word_of_its_own_course_alone(ready):
    for course, item, state, day in (
        (CourseFactory(), "cv", "done", 3),
        (ready.course, "cv", "done", 2),
        (ready.course, "cv", "needs_work", 4),
        (ready.course, "min_plan", "done", 5),
    ):
        JobSearchStatus.objects.create(
            course=course, item=item, state=state, as_of=date(2026, 11, day)
        )

    [found] = Handover.objects.filter(course=ready.course).with_checklist()

    assert (found.cv_on, found.min_plan_on) == (None, date(2026, 11, 5))
