"""The course page: what each reader sees, what stays hidden, and that every look is logged."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from courses.actions import facts
from courses.actions.access import open_with_reason
from courses.actions.assignment import assign, assign_consultant
from courses.models import Registration
from journal.actions import note
from journal.models import Entry, Look
from partnerships.models import Role
from shared.refusals import Refused
from tests.courses.course_world import CPR, MASKED, NOW, TODAY, WRITTEN, make_world
from tests.factories import (
    AbsenceFactory,
    ChoiceFactory,
    DutyFactory,
    FlagFactory,
    MeetingFactory,
    UserFactory,
    moment,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(1)
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


def opened(client, user, course, **query):
    client.force_login(user)
    return client.get(course.get_absolute_url(), query)


def ended(world, on):
    """The membership ends: a correction of the registration, as a file brings it."""
    standing = Registration.objects.standing().get(course=world.course)
    facts.record_registration(course=world.course, by=None, ended_on=on)
    standing.refresh_from_db()
    assert standing.superseded_at
    world.course.refresh_from_db()


@pytest.mark.parametrize("who", ["caseworker", "consultant"])
def test_both_parties_read_the_whole_course(client, world, who):
    page = opened(client, getattr(world, who), world.course).text
    for text in ("Amina Strandløkke", MASKED, world.course.case_number, "LAB § 31"):
        assert text in page, text
    assert "R24-" not in page  # what a rule rests on is said, not our number of it


@pytest.mark.parametrize("who", ["stranger", "abroad", "admin"])
def test_nobody_else_finds_the_course(client, world, who):
    response = opened(client, getattr(world, who), world.course)
    assert response.status_code == 404
    assert not Look.objects.exists()


def test_a_course_has_one_address(client, world):
    client.force_login(world.caseworker)
    for other in ("K-1", "K-0000001", str(world.course.pk), f"k-{world.course.pk:06d}"):
        assert client.get(f"/forloeb/{other}/").status_code == 404, other


def test_every_look_is_logged(client, world):
    opened(client, world.caseworker, world.course)
    opened(client, world.consultant, world.course)
    assert list(Look.objects.order_by("pk").values_list("kind", "by", "case_pk")) == [
        ("course", world.caseworker.pk, world.course.pk),
        ("course", world.consultant.pk, world.course.pk),
    ]


@pytest.mark.parametrize("name", ["show_cpr", "record_absence", "record_choice", "assign"])
def test_every_look_below_the_course_page_is_logged(client, world, name):
    client.force_login(world.caseworker)
    client.post(reverse(f"courses:{name}", args=[world.course.case_number]))
    look = Look.objects.get()
    assert (look.kind, look.by, look.case_pk) == ("course", world.caseworker, world.course.pk)
    assert look.details == {"page": name}


def test_no_page_is_kept_by_a_browser(client, world):
    assert "no-store" in opened(client, world.caseworker, world.course)["Cache-Control"]


class TestTheCprNumber:
    @pytest.fixture
    def address(self, world):
        return reverse("courses:show_cpr", args=[world.course.case_number])

    def test_is_never_on_the_page_by_itself(self, client, world):
        page = opened(client, world.caseworker, world.course, journal="all").text
        assert WRITTEN not in page
        assert CPR not in page

    def test_is_shown_once_for_a_reason_that_is_logged(self, client, world, address):
        client.force_login(world.caseworker)
        assert WRITTEN in client.post(address, {"reason": "The citizen phones."}).text
        assert WRITTEN not in client.get(world.course.get_absolute_url()).text
        look = Look.objects.get(kind=Look.Kind.CPR)
        assert (look.by, look.case_pk, look.reason) == (
            world.caseworker,
            world.course.pk,
            "The citizen phones.",
        )

    @pytest.mark.parametrize("reason", ["", "  ", f"It is {WRITTEN}"])
    def test_is_not_shown_without_a_reason(self, client, world, address, reason):
        client.force_login(world.caseworker)
        page = client.post(address, {"reason": reason}).text
        assert 'id="id_reason_error"' in page
        assert page.count(WRITTEN) == reason.count(WRITTEN)  # only what was typed comes back
        assert not Look.objects.filter(kind=Look.Kind.CPR).exists()

    def test_is_shown_to_no_stranger(self, client, world, address):
        for who in ("stranger", "abroad", "admin"):
            client.force_login(getattr(world, who))
            assert client.post(address, {"reason": "Curious."}).status_code == 404
        assert not Look.objects.exists()

    def test_is_not_shown_by_following_a_link(self, client, world, address):
        client.force_login(world.caseworker)
        assert client.get(address).url == world.course.get_absolute_url()


def test_before_its_day_a_jobcentre_reads_the_header_and_the_forecast_alone(client):
    world = make_world(date(2026, 9, 7))
    assert world.course.jobcentre_from > TODAY >= world.course.forecast_from
    page = opened(client, world.caseworker, world.course).text
    assert "Amina Strandløkke" in page
    assert MASKED in page
    for hidden in ("R26-05", "20 30 40 50", 'id="duties"', 'id="journal"', 'id="absences"'):
        assert hidden not in page
    assert Look.objects.get().kind == Look.Kind.FORECAST
    for name in ("record_absence", "record_choice", "assign"):
        address = reverse(f"courses:{name}", args=[world.course.case_number])
        assert client.get(address).status_code == 404


def test_more_than_thirty_days_before_the_hand_over_a_jobcentre_finds_nothing(client):
    world = make_world(date(2026, 9, 7))
    with time_machine.travel(NOW - timedelta(60), tick=False):
        assert opened(client, world.caseworker, world.course).status_code == 404


class TestAnAKasseThatLostTheMember:
    LAST = date(2026, 6, 30)

    @pytest.fixture
    def page(self, client, world):
        for day in (date(2026, 6, 16), date(2026, 9, 16)):
            MeetingFactory(
                course=world.course,
                held_by="jobcentre",
                starts_at=moment(day, 9),
                place=f"Stue {day.month}",
            )
        facts.record_absence(
            course=world.course,
            kind="holiday",
            starts_on=date(2026, 6, 22),
            ends_on=date(2026, 7, 20),
            by=None,
        )
        facts.record_absence(course=world.course, kind="sick", starts_on=date(2026, 9, 1), by=None)
        ended(world, self.LAST + DAY)
        return opened(client, world.consultant, world.course).text

    def test_reads_up_to_the_last_day(self, page):
        assert "Stue 6" in page
        assert "22.6.2026 – 30.6.2026" in " ".join(page.split())

    def test_reads_nothing_after_it(self, page):
        assert "Stue 9" not in page
        main = re.search(r"<main.*</main>", page, re.DOTALL)[0]
        months = {int(month) for _, month in re.findall(r"\b(\d{1,2})\.(\d{1,2})\.2026", main)}
        assert months
        assert max(months) <= self.LAST.month

    def test_may_do_nothing(self, client, world, page):
        assert "fravaer" not in page
        for name in ("record_absence", "report_hours", "record_choice"):
            address = reverse(f"courses:{name}", args=[world.course.case_number])
            assert client.get(address).status_code == 404

    def test_while_the_jobcentre_reads_on(self, client, world, page):
        assert "Stue 9" in opened(client, world.caseworker, world.course).text


class TestAnAdministratorWithAReason:
    REASON = "A date in the case is said to be wrong."

    @pytest.fixture
    def grant(self, world):
        return open_with_reason(world.course.case_number, self.REASON, by=world.admin)

    def test_reads_the_course_with_a_banner_and_changes_nothing(self, client, world, grant):
        page = opened(client, world.admin, world.course).text
        assert self.REASON in page
        assert "fravaer" not in page
        assert "button-primary" not in page
        for name in ("record_absence", "report_hours", "record_choice", "assign"):
            address = reverse(f"courses:{name}", args=[world.course.case_number])
            assert client.get(address).status_code == 404

    def test_reads_it_for_an_hour(self, client, world, grant):
        with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
            assert opened(client, world.admin, world.course).status_code == 404

    def test_asks_on_a_page_of_its_own(self, client, world):
        client.force_login(world.admin)
        given = {"case_number": world.course.case_number, "reason": self.REASON}
        response = client.post(reverse("courses:access"), given)
        assert response.url == world.course.get_absolute_url()
        assert Look.objects.get(kind=Look.Kind.GRANT).reason == self.REASON

    def test_is_asked_for_the_reason(self, client, world):
        client.force_login(world.admin)
        given = {"case_number": world.course.case_number, "reason": ""}
        assert client.post(reverse("courses:access"), given).status_code == 200
        assert opened(client, world.admin, world.course).status_code == 404


def test_dates_are_explained_where_they_stand(client, world):
    facts.record_absence(
        course=world.course,
        kind="job",
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 8, 1),
        by=world.consultant,
    )
    page = opened(client, world.caseworker, world.course).text
    assert "kf-why" in page
    assert "1.7.-31.7." in page  # the note that names what moved the date
    assert re.search(r"<del>\d+\.\d+\.2026</del>", page)  # the journal says what was said before


def test_the_booked_and_the_missed_interview_stand_with_their_duty(client, world):
    duty = world.course.duties.filter(rule="R24-03").first()
    MeetingFactory(
        course=world.course,
        duty=duty,
        held_by="jobcentre",
        starts_at=moment(date(2026, 9, 16), 9),
        state="no_show",
    )
    booked = MeetingFactory(
        course=world.course, duty=duty, held_by="jobcentre", starts_at=moment(TODAY + 3 * DAY, 9)
    )
    page = opened(client, world.caseworker, world.course).text
    row = re.search(rf'<tr id="duty-{duty.pk}".*?</tr>', page, re.DOTALL)[0]
    assert reverse("meetings:detail", args=[booked.pk]) in row
    assert "16.9.2026" in row
    assert f"duty={duty.pk}" not in row


def test_each_party_is_offered_its_own_bookings(client, world):
    duties = {duty.pk: duty.responsible for duty in world.course.duties.pending()}
    for who, side in (("caseworker", "jobcentre"), ("consultant", "a_kasse")):
        page = opened(client, getattr(world, who), world.course).text
        offered = {int(pk) for pk in re.findall(r"\?(?:duty|krav)=(\d+)", page)}
        assert offered == {pk for pk, responsible in duties.items() if responsible == side}


def test_the_jobcentre_gives_a_course_to_one_of_its_own(client, world):
    address = reverse("courses:assign", args=[world.course.case_number])
    client.force_login(world.caseworker)
    assert client.post(address, {"caseworker": world.caseworker.pk}).status_code == 302
    world.course.refresh_from_db()
    assert world.course.caseworker == world.caseworker
    assert client.post(address, {"caseworker": world.consultant.pk}).status_code == 200
    world.course.refresh_from_db()
    assert world.course.caseworker == world.caseworker
    client.force_login(world.consultant)
    assert client.post(address, {"caseworker": ""}).status_code == 302
    world.course.refresh_from_db()
    assert world.course.caseworker == world.caseworker  # the other side's choice stands


def test_the_a_kasse_gives_a_course_to_one_of_its_own(client, world):
    address = reverse("courses:assign", args=[world.course.case_number])
    client.force_login(world.consultant)
    assert client.post(address, {"consultant": world.consultant.pk}).status_code == 302
    world.course.refresh_from_db()
    assert world.course.consultant == world.consultant
    assert world.course.caseworker is None
    assert client.post(address, {"consultant": world.caseworker.pk}).status_code == 200
    with translation.override("en"), pytest.raises(Refused, match="works in this a-kasse"):
        assign_consultant(world.course, consultant=world.caseworker, by=world.consultant, on=TODAY)
    with translation.override("en"), pytest.raises(Refused, match="Only the a-kasse"):
        assign_consultant(world.course, consultant=None, by=world.caseworker, on=TODAY)
    world.course.refresh_from_db()
    assert world.course.consultant == world.consultant
    entry = Entry.objects.of_case(world.course.pk).get(what="consultant-assigned")
    assert entry.details["to"] == str(world.consultant)


class TestATakerChosenByMistake:
    """The message after the choice carries a button that gives the course back."""

    @pytest.fixture
    def given(self, client, world):
        """The course goes from one caseworker to another; the address that takes it back."""
        first, other = (
            UserFactory(role=Role.CASEWORKER, organisation=world.jobcentre) for _ in range(2)
        )
        assign(world.course, caseworker=first, by=world.caseworker, on=TODAY)
        address = reverse("courses:assign", args=[world.course.case_number])
        client.force_login(world.caseworker)
        page = client.post(address, {"caseworker": other.pk}, follow=True)
        (undo,) = re.findall(r'kf-take-back" method="post" action="([^"]+)"', page.text)
        return first, other, undo

    def taker(self, world):
        world.course.refresh_from_db()
        return world.course.caseworker

    def test_gives_the_course_back(self, client, world, given):
        first, other, undo = given
        assert self.taker(world) == other
        assert first.get_full_name() in client.post(undo, follow=True).text
        assert self.taker(world) == first

    def test_does_not_when_somebody_gave_it_on(self, client, world, given):
        _first, _other, undo = given
        assign(world.course, caseworker=world.caseworker, by=world.caseworker, on=TODAY)
        page = client.post(
            undo,
            follow=True,
            headers={"referer": f"http://testserver{world.course.get_absolute_url()}"},
        )
        assert "alert-error" in page.text
        assert self.taker(world) == world.caseworker

    def test_does_not_after_ten_minutes(self, client, world, given):
        _first, other, undo = given
        with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
            client.post(undo)
        assert self.taker(world) == other

    def test_is_taken_back_by_nobody_else(self, client, world, given):
        _first, other, undo = given
        client.force_login(other)
        assert client.post(undo).status_code == 404
        client.force_login(world.consultant)
        assert client.post(undo).status_code == 404
        assert self.taker(world) == other

    def test_is_not_offered_when_nothing_changed(self, client, world, given):
        _first, other, _undo = given
        address = reverse("courses:assign", args=[world.course.case_number])
        page = client.post(address, {"caseworker": other.pk}, follow=True)
        assert "kf-take-back" not in page.text


def test_a_course_with_nothing_in_it_says_so(client, world):
    for one in (world.course.duties, world.course.responsibilities):
        one.all().delete()
    page = opened(client, world.consultant, world.course).text
    assert page.count("kf-empty") >= 5


def something_of_everything(world, n):
    """One more row in each panel of the page."""
    course, day = world.course, date(2026, 5, 1) + n * DAY
    duty = DutyFactory(course=course, rule="R24-03", ordinal=n + 10, due_on=day)
    FlagFactory(duty=duty)
    MeetingFactory(
        course=course, duty=duty, held_by="jobcentre", starts_at=moment(day, 9), state="no_show"
    )
    AbsenceFactory(citizen=course.citizen, kind="holiday", starts_on=day, ends_on=day + DAY)
    ChoiceFactory(course=course, chosen_on=day)
    note(course, "course-opened", by=world.consultant, case=course.pk)
    told = {"due_on": str(day), "outcome": "pending"}
    course.date_moves.create(
        rule="R24-03", ordinal=n, cause="absence", before=told, after=told, by=world.consultant
    )


def test_the_page_asks_the_same_number_of_queries_for_1_3_and_50_rows(client, world):
    client.force_login(world.caseworker)
    client.get(world.course.get_absolute_url())  # the first page of a session stores its own
    asked = {}
    for n in range(50):
        something_of_everything(world, n)
        if n + 1 in (1, 3, 50):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(world.course.get_absolute_url()).status_code == 200
            asked[n + 1] = len(queries)
    assert len(set(asked.values())) == 1, asked
    assert asked[50] <= MOST_QUERIES


def test_an_ended_course_is_seen_on_its_last_day_under_the_names_of_that_day(client):
    world = make_world(date(2024, 3, 4))
    world.jobcentre.names.create(
        name="Jobcenter Før", starts_on=date(2007, 1, 1), ends_on=date(2026, 2, 1)
    )
    world.jobcentre.names.create(name="Kommunen Nu", starts_on=date(2026, 2, 1))
    assert "Kommunen Nu" in opened(client, world.caseworker, world.course).text
    ended(world, date(2025, 3, 3))  # 52 weeks after the registration
    main = re.search(
        r"<main.*</main>", opened(client, world.caseworker, world.course).text, re.DOTALL
    )[0]
    assert "Jobcenter Før" in main
    assert "Kommunen Nu" not in main
    assert re.search(r"\b52[,.]0\b", main)  # the clock stopped with the course


def test_an_a_kasse_that_lost_the_member_reads_no_contact_details_of_later(client, world):
    assert "20 30 40 50" in opened(client, world.consultant, world.course).text
    ended(world, date(2026, 7, 1))
    assert "20 30 40 50" not in opened(client, world.consultant, world.course).text
    assert "20 30 40 50" in opened(client, world.caseworker, world.course).text


@pytest.mark.parametrize(
    "registered_on", [date(2009, 9, 7), date(2015, 9, 7), date(2020, 2, 3), date(2026, 9, 7)]
)
def test_a_course_of_each_act_is_drawn(client, registered_on):
    with time_machine.travel(moment(registered_on + timedelta(80), 9), tick=False):
        world = make_world(registered_on)
        page = opened(client, world.consultant, world.course).text
    picture = re.search(r'<svg class="kf-strip".*?</svg></div>', page, re.DOTALL)[0]
    assert picture.count("kf-strip-box--") >= 3
    places = [float(x) for x in re.findall(r'\bx1?="([\d.]+)%"', picture)]
    assert places
    assert all(0 <= place <= 100 for place in places)
    assert not re.search(r'="\d+,\d', picture)  # numbers for the browser, in no language
