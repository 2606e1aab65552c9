"""What happened is written down in two steps: what would move is shown, then it is confirmed."""

import ast
import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from courses.actions import facts
from courses.models import Absence, Choice, DateMove, ReportedHours
from courses.rehearsal import rehearse
from courses.words_of_acts import ACTS
from journal.models import Entry
from tests.courses.course_world import NOW, make_course, make_world
from tests.factories import FlagFactory

pytestmark = pytest.mark.django_db
SICK = {"kind": "sick", "starts_on": "01.10.2026", "ends_on": "31.10.2026", "hours": ""}
HOURS = {"month": "2026-10-01", "hours": "120,50"}
CHOICE = {"kind": "decline_other_party", "decided_by": "citizen", "chosen_on": "2.11.2026"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def post(client, world):
    def posted(name, data, *more, by="consultant"):
        client.force_login(getattr(world, by))
        address = reverse(f"courses:{name}", args=[world.course.case_number, *more])
        return client.post(address, data)

    return posted


def counts():
    models = (Absence, ReportedHours, Choice, DateMove, Entry)
    return [model.objects.count() for model in models]


@pytest.mark.parametrize(
    ("name", "data"), [("record_absence", SICK), ("report_hours", HOURS), ("record_choice", CHOICE)]
)
def test_the_first_step_writes_nothing(post, name, data):
    before = counts()
    response = post(name, data)
    assert response.status_code == 200
    assert 'value="confirm"' in response.text
    assert counts() == before


def test_the_preview_shows_each_date_that_the_act_then_moves(post, world):
    before = {(duty.rule, duty.ordinal): duty.due_on for duty in world.course.duties.all()}
    page = post("record_absence", SICK).text
    assert post("record_absence", SICK | {"step": "confirm"}).status_code == 302
    moved = [
        duty
        for duty in world.course.duties.all()
        if before.get((duty.rule, duty.ordinal)) != duty.due_on
    ]
    assert moved
    for duty in moved:
        assert f"<ins>{duty.due_on.day}.{duty.due_on.month}.{duty.due_on.year}</ins>" in page
    assert page.count("<ins>") >= DateMove.objects.filter(cause="absence").count()


def test_the_preview_shows_the_hand_over_and_who_would_hold_the_course(client):
    world = make_world(date(2026, 9, 7))
    client.force_login(world.consultant)
    address = reverse("courses:record_absence", args=[world.course.case_number])
    away = SICK | {"kind": "holiday"}
    held = [str(one.starts_on) for one in world.course.responsibilities.all()]
    page = client.post(address, away).text
    client.post(address, away | {"step": "confirm"})
    world.course.refresh_from_db()
    last_day = world.course.handover_on
    assert f"<ins>{last_day.day}.{last_day.month}.{last_day.year}</ins>" in page
    assert [str(one.starts_on) for one in world.course.responsibilities.all()] != held
    first = world.course.responsibilities.get(party="jobcentre").starts_on
    assert f"<ins>{first.day}.{first.month}.{first.year} –</ins>" in page


@pytest.mark.parametrize(
    ("name", "data", "undone"),
    [
        ("record_absence", SICK, "withdraw_absence"),
        ("record_choice", CHOICE, "withdraw_choice"),
    ],
)
def test_what_was_just_written_can_be_undone_from_the_message(client, world, name, data, undone):
    client.force_login(world.consultant)
    address = reverse(f"courses:{name}", args=[world.course.case_number])
    page = client.post(address, data | {"step": "confirm"}, follow=True).text
    fact = Absence.objects.get() if name == "record_absence" else Choice.objects.get()
    undo = reverse(f"courses:{undone}", args=[world.course.case_number, fact.pk])
    messages = page.partition('id="messages"')[2].partition("</div></div>")[0]
    assert f'href="{undo}"' in messages
    assert 'value="confirm"' in client.get(undo).text
    fact.refresh_from_db()
    assert fact.superseded_at is None


def test_corrected_hours_are_undone_to_what_was_reported_before(client, world):
    client.force_login(world.consultant)
    address = reverse("courses:report_hours", args=[world.course.case_number])
    client.post(address, HOURS | {"step": "confirm"})
    page = client.post(address, HOURS | {"hours": "80", "step": "confirm"}, follow=True).text
    undo = re.search(r'href="([^"]*timer/\?[^"]*)"', page)[1].replace("&amp;", "&")
    assert 'value="120,50"' in client.get(undo).text


def test_a_refusal_at_the_confirmation_keeps_what_was_typed(client, world):
    client.force_login(world.consultant)
    address = reverse("courses:record_absence", args=[world.course.case_number])
    early = SICK | {"starts_on": "01.10.2020", "ends_on": "31.10.2020", "step": "confirm"}
    page = client.post(address, early).text
    assert 'value="01.10.2020"' in page
    assert "data-error-summary" in page
    assert not Absence.objects.exists()


def test_an_absence_is_stored_until_the_day_after_the_last(post, world):
    post("record_absence", SICK | {"step": "confirm"})
    [absence] = world.course.citizen.absences.standing()
    assert (absence.starts_on, absence.ends_on) == (date(2026, 10, 1), date(2026, 11, 1))
    assert absence.recorded_by == world.consultant


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "32.10.2026"}, "starts_on"),
        ({"ends_on": "30.09.2026"}, "ends_on"),
        ({"kind": "part_time_job"}, "hours"),
        ({"kind": "part_time_job", "hours": "38"}, "hours"),
        ({"kind": "vacation"}, "kind"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(post, wrong, field):
    page = post("record_absence", SICK | wrong | {"step": "confirm"}).text
    assert f'id="id_{field}_error"' in page
    assert not Absence.objects.exists()


def test_what_was_written_can_be_changed_at_the_preview(post):
    page = post("record_absence", SICK | {"step": "edit"}).text
    assert 'value="01.10.2026"' in page
    assert not Absence.objects.exists()


def test_an_absence_is_taken_back_after_seeing_what_would_move(post, world):
    post("record_absence", SICK | {"step": "confirm"})
    absence = Absence.objects.get()
    assert "<ins>" in post("withdraw_absence", {}, absence.pk).text
    assert world.course.citizen.absences.standing().exists()
    post("withdraw_absence", {"step": "confirm", "reason": "Wrong person."}, absence.pk)
    assert not world.course.citizen.absences.standing().exists()
    assert Entry.objects.get(what="absence-withdrawn").details["reason"] == "Wrong person."


def test_hours_are_the_a_kasses(post, world):
    assert post("report_hours", HOURS, by="caseworker").status_code == 404
    post("report_hours", HOURS | {"step": "confirm"})
    assert str(world.course.citizen.reported_hours.standing().get().hours) == "120.50"


@pytest.mark.parametrize("hours", ["", "251", "-1", "many"])
def test_hours_of_a_month_lie_between_0_and_250(post, hours):
    assert (
        'id="id_hours_error"'
        in post("report_hours", HOURS | {"hours": hours, "step": "confirm"}).text
    )
    assert not ReportedHours.objects.exists()


def test_hours_are_reported_for_months_of_the_course_only(post):
    assert 'id="id_month_error"' in post("report_hours", HOURS | {"month": "2025-10-01"}).text


def test_a_choice_is_recorded_and_taken_back(post, world):
    post("record_choice", CHOICE | {"step": "confirm"})
    choice = world.course.choices.standing().get()
    assert (choice.kind, choice.by, choice.chosen_on) == (
        "decline_other_party",
        "citizen",
        date(2026, 11, 2),
    )
    post("withdraw_choice", {"step": "confirm"}, choice.pk)
    assert not world.course.choices.standing().exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "choose_jobcentre"}, "kind"),  # no choice under the rules of 2024
        ({"kind": "exempt"}, "kind"),
        ({"kind": "visited_out"}, "decided_by"),  # not the citizen's to decide
        ({"decided_by": "jobcentre"}, "decided_by"),  # an a-kasse writes down its own
        ({"reason": "620185-0001"}, "reason"),
    ],
)
def test_a_choice_that_the_rules_do_not_know_is_refused(post, wrong, field):
    assert (
        f'id="id_{field}_error"' in post("record_choice", CHOICE | wrong | {"step": "confirm"}).text
    )
    assert not Choice.objects.exists()


def test_an_exemption_and_a_postponement_need_a_reason(client):
    world = make_world(date(2026, 9, 7))
    client.force_login(world.consultant)
    address = reverse("courses:record_choice", args=[world.course.case_number])
    given = CHOICE | {"kind": "exempt", "decided_by": "a_kasse", "step": "confirm"}
    assert 'id="id_reason_error"' in client.post(address, given).text
    assert client.post(address, given | {"reason": "Begins a job in December."}).status_code == 302


def test_an_interview_is_postponed_by_its_rule_and_number(client):
    world = make_world(date(2019, 9, 2), jobcentre_from=date(2019, 9, 2))
    duty = world.course.duties.pending().filter(rule="R15-02").first()
    client.force_login(world.caseworker)
    address = reverse("courses:record_choice", args=[world.course.case_number])
    given = CHOICE | {"kind": "postpone", "decided_by": "jobcentre", "step": "confirm"}
    page = client.post(address, given).text
    assert 'id="id_duty_error"' in page
    assert 'id="id_reason_error"' in page
    more = {"duty": duty.pk, "postponed_to": "2.12.2019", "reason": "No adviser that week."}
    assert client.post(address, given | more).status_code == 302
    choice = world.course.choices.get()
    assert (choice.rule, choice.ordinal) == ("R15-02", duty.ordinal)


@pytest.mark.parametrize("who", ["stranger", "abroad", "admin"])
@pytest.mark.parametrize("name", ["record_absence", "report_hours", "record_choice"])
def test_strangers_write_nothing(post, who, name):
    assert post(name, SICK | HOURS | CHOICE | {"step": "confirm"}, by=who).status_code == 404


def test_nobody_takes_back_another_citizens_absence(client, post, world):
    post("record_absence", SICK | {"step": "confirm"})
    absence, other = Absence.objects.get(), another_course(world)
    address = reverse("courses:withdraw_absence", args=[other.case_number, absence.pk])
    assert client.post(address, {"step": "confirm"}).status_code == 404
    assert world.course.citizen.absences.standing().exists()


def another_course(world):
    return make_course(world.a_kasse, world.course.municipality, date(2026, 9, 7), cpr="6201850002")


def test_a_rehearsal_leaves_no_trace_and_lists_what_would_be_owed(world):
    before, duties = counts(), list(world.course.duties.values_list("pk", "due_on", "outcome"))
    act = partial(
        facts.record_choice,
        course=world.course,
        kind="visited_out",
        chosen_on=date(2026, 3, 12),
        by_party="a_kasse",
        by=world.consultant,
    )
    rehearsal = rehearse(world.course, act)
    assert {one.rule for one in rehearsal.appearing} == {"R24-04"}
    assert {one.rule for one in rehearsal.moves} >= {"R24-02"}
    assert counts() == before
    assert list(world.course.duties.values_list("pk", "due_on", "outcome")) == duties


class TestAnOverdueInterview:
    GIVEN = {
        "cause": "no_times",
        "responsible_side": "jobcentre",
        "acknowledged_on": "23.11.2026",
        "remark": "",
    }

    @pytest.fixture
    def flag(self, world):
        return FlagFactory(duty=world.course.duties.filter(rule="R24-03").first())

    def test_is_acknowledged_with_cause_side_and_day(self, post, world, flag):
        assert post("acknowledge", self.GIVEN, flag.pk, by="caseworker").status_code == 302
        flag.refresh_from_db()
        assert (flag.resolution, flag.cause, flag.responsible_side, flag.acknowledged_on) == (
            "acknowledged",
            "no_times",
            "jobcentre",
            date(2026, 11, 23),
        )

    @pytest.mark.parametrize("missing", ["cause", "responsible_side", "acknowledged_on"])
    def test_asks_for_each_of_them(self, post, flag, missing):
        page = post("acknowledge", self.GIVEN | {missing: ""}, flag.pk).text
        assert f'id="id_{missing}_error"' in page

    def test_begins_with_no_cause_chosen(self, client, world, flag):
        client.force_login(world.caseworker)
        address = reverse("courses:acknowledge", args=[world.course.pk, flag.pk])
        form = client.get(address).context["form"]
        assert (form["cause"].value(), form["cause"].field.choices[0][0]) == (None, "")

    def test_keeps_what_was_typed_when_the_day_is_refused(self, post, flag):
        early = self.GIVEN | {"acknowledged_on": "01.01.2020", "remark": "All rooms were taken."}
        page = post("acknowledge", early, flag.pk).text
        assert "All rooms were taken." in page
        assert 'value="01.01.2020"' in page

    def test_stands_in_the_list_of_both_parties_until_then(self, client, world, flag, post):
        for who, expected in (("caseworker", 1), ("consultant", 1), ("stranger", 0), ("abroad", 0)):
            client.force_login(getattr(world, who))
            page = client.get(reverse("courses:overdue")).text
            assert page.count(world.course.get_absolute_url() + '"') == expected, who
        post("acknowledge", self.GIVEN, flag.pk)
        assert "Strandløkke" not in client.get(reverse("courses:overdue")).text

    def test_is_nobody_elses(self, post, flag):
        for who in ("stranger", "abroad", "admin"):
            assert post("acknowledge", self.GIVEN, flag.pk, by=who).status_code == 404

    def test_of_another_course_is_not_found(self, post, world, flag, client):
        other = another_course(world)
        client.force_login(world.consultant)
        address = reverse("courses:acknowledge", args=[other.case_number, flag.pk])
        assert client.post(address, self.GIVEN).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_late_interviews_asks_the_same_number_of_queries(
    client, world, count, django_assert_max_num_queries
):
    for duty in list(world.course.duties.filter(rule="R24-03"))[:count]:
        FlagFactory(duty=duty)
    client.force_login(world.caseworker)
    client.get(reverse("courses:overdue"))  # the first page of a session stores its own
    with django_assert_max_num_queries(8):
        page = client.get(reverse("courses:overdue")).text
    assert len(set(re.findall(r"/flag/\d+/kvitter/", page))) == count


def test_the_list_of_late_interviews_goes_on_where_it_stopped(client, world):
    client.force_login(world.caseworker)
    for place in ("2026-11-01_5", "rubbish", "2026-13-01_1", "9999-01-01_1"):
        assert client.get(reverse("courses:overdue"), {"after": place}).status_code == 200


def test_every_act_has_words_for_its_journal_entry():
    """An entry is read by people: no slug without its words."""
    root = Path(__file__).parents[2]
    files = [*root.glob("courses/**/*.py"), *root.glob("meetings/**/*.py")]
    slugs = {slug for file in files for slug in noted(file.read_text(encoding="utf-8"))}
    assert len(slugs) > 15
    assert {slug for slug in slugs if not slug.startswith("member-file")} - set(ACTS) == set()


def noted(source):
    """The slugs that a file notes in the journal."""
    for node in ast.walk(ast.parse(source)):
        name = getattr(
            getattr(node, "func", None), "id", getattr(getattr(node, "func", None), "attr", "")
        )
        if isinstance(node, ast.Call) and name == "note":
            words = [one.value for one in node.args if isinstance(one, ast.Constant)]
            yield from (word for word in words if isinstance(word, str))
