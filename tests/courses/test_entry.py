"""Entry into an agreement: by the criteria, by a person's decision, at its end, and on change."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions.entry import decide_entry, withdraw_entry
from courses.actions.facts import record_choice, record_registration
from courses.agreed import agreed_terms
from courses.models import ChoiceKind, DateMove, EntryDecision
from journal.models import Entry
from notices.models import Notice
from partnerships.models import Role
from shared.refusals import Refused
from tests.factories import (
    AgreementFactory,
    AKasseFactory,
    CitizenFactory,
    CourseFactory,
    CoverageFactory,
    EntryDecisionFactory,
    UserFactory,
    moment,
)

pytestmark = pytest.mark.django_db

REGISTERED, TODAY = date(2009, 8, 3), date(2009, 10, 5)
WINDOW = {"first_meetings_at_a_kasse": 2, "window_weeks": 26, "min_age": 30}
OLD, YOUNG = date(1967, 2, 11), date(1982, 2, 11)  # 42 and 27 at registration


@pytest.fixture(autouse=True)
def _now(settings):
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(moment(TODAY, 9), tick=False):
        yield


class Place:
    """A municipality with its jobcentre, an a-kasse, and people of both."""

    def __init__(self) -> None:
        coverage = CoverageFactory()
        self.jobcentre, self.municipality = coverage.jobcentre, coverage.municipality
        self.a_kasse = AKasseFactory(slug="3f", name="3F")
        self.caseworker = UserFactory(role=Role.CASEWORKER, organisation=self.jobcentre)
        self.coordinator = UserFactory(role=Role.COORDINATOR, organisation=self.a_kasse)
        self.consultant = UserFactory(role=Role.JOB_CONSULTANT, organisation=self.a_kasse)

    def agree(self, *, terms=None, **columns):
        """An agreement of both since long ago."""
        return AgreementFactory(
            **{
                "parties": [self.jobcentre, self.a_kasse],
                "municipalities": [self.municipality],
                "starts_on": date(2009, 1, 1),
                "terms": WINDOW | (terms or {}),
            }
            | columns
        )

    def course(self, *, born_on=OLD, registered_on=REGISTERED, **columns):
        """A course as the law answers it."""
        return CourseFactory(
            citizen=CitizenFactory(born_on=born_on),
            a_kasse=self.a_kasse,
            municipality=columns.pop("municipality", self.municipality),
            registered_on=registered_on,
            refreshed=True,
            **columns,
        )


@pytest.fixture
def place():
    return Place()


def decided(course, agreement, *, takes_in, place, on=TODAY, **changed):
    said = {
        "ground": "exception",
        "reason": "Agreed by telephone.",
        "by_party": "jobcentre",
        "by": place.caseworker,
        "on": TODAY,
    }
    return decide_entry(
        course=course, agreement=agreement, takes_in=takes_in, decided_from=on, **said | changed
    )


def held(course):
    rows = course.responsibilities.order_by("starts_on")
    return list(rows.values_list("party", "starts_on"))


def first_interview(course):
    return course.duties.get(rule="R09-02", ordinal=1)


class TestADecision:
    def test_that_takes_in_moves_the_course_to_the_a_kasse_from_its_day(self, place):
        agreement, course = place.agree(), place.course(born_on=YOUNG)
        assert held(course) == [("jobcentre", REGISTERED)]

        decided(course, agreement, takes_in=True, place=place)

        assert course.eligible
        assert held(course)[:2] == [("jobcentre", REGISTERED), ("a_kasse", TODAY)]
        assert course.criteria[-1] == {
            "name": "decision", "ok": True, "value": "2009-10-05", "source": "R09-11a",
        }  # fmt: skip
        assert agreed_terms(course, on=TODAY).agreement == agreement

    def test_that_keeps_out_gives_the_course_to_the_jobcentre_and_says_why(self, place):
        agreement, course = place.agree(), place.course()
        assert first_interview(course).responsible == "a_kasse"

        decided(course, agreement, takes_in=False, place=place)

        assert held(course) == [("a_kasse", REGISTERED), ("jobcentre", TODAY)]
        assert first_interview(course).responsible == "jobcentre"
        notes = [note["text"] for note in first_interview(course).notes]
        assert any("by decision of" in note for note in notes)
        assert agreed_terms(course, on=TODAY) is None
        assert DateMove.objects.filter(course=course, cause="entry").exists()

    def test_taken_back_leaves_everything_as_the_criteria_say(self, place):
        agreement, course = place.agree(), place.course()
        before = held(course)
        decision = decided(course, agreement, takes_in=False, place=place)

        withdraw_entry(
            decision=decision, course=course, reason="Mistaken.", by_party="jobcentre",
            by=place.caseworker,
        )  # fmt: skip

        decision.refresh_from_db()
        assert held(course) == before
        assert decision.superseded_at is not None
        assert decision.superseded_by is None
        acts = Entry.objects.filter(case_pk=course.pk, what__startswith="entry")
        assert [one.what for one in acts.order_by("pk")] == ["entry-decided", "entry-withdrawn"]
        assert acts.get(what="entry-withdrawn").details["reason"] == "Mistaken."

    def test_of_the_same_day_replaces_the_one_before(self, place):
        agreement, course = place.agree(), place.course()
        first = decided(course, agreement, takes_in=False, place=place)

        second = decided(course, agreement, takes_in=True, place=place)

        first.refresh_from_db()
        assert first.superseded_by == second
        assert [one.pk for one in EntryDecision.objects.standing()] == [second.pk]
        assert held(course)[0] == ("a_kasse", REGISTERED)

    def test_said_twice_is_one_and_tells_the_other_party_once(self, place):
        agreement, course = place.agree(), place.course()
        first = decided(course, agreement, takes_in=False, place=place)

        assert decided(course, agreement, takes_in=False, place=place) == first
        told = Notice.objects.filter(kind="entry-decided")
        assert [one.user for one in told] == [place.coordinator]

    def test_takes_in_whoever_registered_before_the_agreement(self, place):
        agreement = place.agree(starts_on=date(2009, 9, 1))
        course = place.course()
        assert course.agreement is None

        decided(course, agreement, takes_in=True, place=place)

        assert course.agreement == agreement
        failed = [one["name"] for one in course.criteria if not one["ok"]]
        assert failed == ["in_force"]
        assert held(course)[1] == ("a_kasse", TODAY)

    def test_takes_in_whoever_lives_where_the_agreement_does_not_hold(self, place):
        agreement = place.agree()
        course = place.course(municipality=CoverageFactory().municipality)

        decided(course, agreement, takes_in=True, place=place)

        assert (course.agreement, course.eligible) == (agreement, True)

    def test_bears_on_its_own_agreement_alone(self, place):
        agreement, course = place.agree(), place.course()
        decided(course, agreement, takes_in=False, place=place)
        other = CoverageFactory()
        place.agree(municipalities=[other.municipality])

        record_registration(course=course, by=None, municipality_id=other.municipality.pk)

        assert course.eligible

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"on": date(2009, 10, 6)}, "counts at once"),
            ({"on": date(2009, 8, 2)}, "registered on 3 Aug 2009"),
            ({"reason": " "}, "Write the reason"),
            ({"ground": "young_group"}, "speaks for what you decide"),
            ({"ground": "special_effort", "by_party": "a_kasse"}, "The jobcentre says who"),
        ],
    )
    def test_is_refused_that_cannot_be(self, place, changed, why):
        agreement, course = place.agree(), place.course()

        with pytest.raises(Refused, match=why):
            decided(course, agreement, **{"takes_in": False, "place": place} | changed)
        assert not EntryDecision.objects.exists()

    def test_does_not_overrule_what_the_citizen_chose(self, place):
        agreement, course = place.agree(), place.course()
        record_choice(
            course=course, kind=ChoiceKind.CHOOSE_JOBCENTRE, chosen_on=date(2009, 8, 5),
            by_party="citizen", by=None,
        )  # fmt: skip

        with pytest.raises(Refused, match="The citizen chose the jobcentre on 5 Aug 2009"):
            decided(course, agreement, takes_in=True, place=place)

    def test_names_an_agreement_that_acts(self, place):
        course, other = place.course(), place.agree(parties=[place.jobcentre])

        with pytest.raises(Refused, match="does not act for members"):
            decided(course, other, takes_in=True, place=place)
        with pytest.raises(Refused, match="is not the agreement that acts"):
            decided(course, other, takes_in=False, place=place)

    def test_is_taken_back_by_whoever_made_it(self, place):
        agreement, course = place.agree(), place.course()
        decision = decided(course, agreement, takes_in=False, place=place)

        with pytest.raises(Refused, match="Whoever decided takes it back"):
            withdraw_entry(
                decision=decision, course=course, reason="No.", by_party="a_kasse", by=None
            )

    def test_is_never_edited_and_needs_its_reason_in_the_table_too(self, place):
        decision = EntryDecisionFactory(course=place.course())

        with pytest.raises(Exception, match="superseded, not edited"), transaction.atomic():
            EntryDecision.objects.filter(pk=decision.pk).update(takes_in=False)
        with pytest.raises(IntegrityError), transaction.atomic():
            EntryDecisionFactory(course=place.course(), reason="")


class TestTheMostSpecificAgreementWins:
    def test_an_agreement_over_the_regional_one_and_the_declaration(self, place):
        regional = place.agree(kind="regional", terms={"min_age": 50})
        course = place.course()
        assert (course.agreement, course.eligible) == (regional, False)

        declaration = place.agree(kind="declaration", terms={"min_age": 45})
        record_registration(course=course, by=None, occupation="Mason")
        assert (course.agreement, course.eligible) == (declaration, False)

        own = place.agree(terms={"min_age": 40})
        record_registration(course=course, by=None, occupation="Tiler")
        assert (course.agreement, course.eligible) == (own, True)

        addendum = place.agree(kind="addendum", parent=own, terms={"min_age": 43})
        record_registration(course=course, by=None, occupation="Joiner")
        assert (course.agreement, course.eligible) == (addendum, False)

    def test_of_two_of_one_level_the_later_one(self, place):
        place.agree(starts_on=date(2009, 1, 1))
        later = place.agree(starts_on=date(2009, 7, 1), terms={"min_age": 50})

        course = place.course()

        assert (course.agreement, course.eligible) == (later, False)

    def test_of_two_of_one_level_and_day_the_one_entered_first(self, place):
        first = place.agree()
        place.agree()

        assert place.course().agreement == first

    def test_an_agreement_without_terms_takes_those_of_the_declaration(self, place):
        above = place.agree(kind="declaration", terms={"min_age": 50})
        own = AgreementFactory(
            parties=[place.a_kasse],
            municipalities=[place.municipality],
            starts_on=date(2009, 1, 1),
            parent=above,
        )

        course = place.course()

        assert (course.agreement, course.eligible) == (own, False)


class TestTheEndInMidCourse:
    ENDS = date(2009, 9, 14)

    def test_running_courses_that_stay_keep_their_window_and_the_old_terms(self, place):
        agreement = place.agree(ends_on=self.ENDS, for_running="stay", state="ended")

        course = place.course()

        assert held(course) == [("a_kasse", REGISTERED), ("jobcentre", date(2010, 2, 1))]
        assert first_interview(course).responsible == "a_kasse"
        assert agreed_terms(course, on=TODAY).agreement == agreement

    def test_running_courses_that_move_are_the_jobcentres_from_the_first_day_without(self, place):
        place.agree(ends_on=self.ENDS, for_running="move", state="ended")

        course = place.course()

        assert held(course) == [("a_kasse", REGISTERED), ("jobcentre", self.ENDS)]
        assert first_interview(course).responsible == "jobcentre"
        assert agreed_terms(course, on=TODAY) is None

    def test_an_expiry_without_a_choice_leaves_running_courses_where_they_are(self, place):
        place.agree(ends_on=self.ENDS, state="expired")

        assert held(place.course())[0] == ("a_kasse", REGISTERED)

    def test_an_addendum_ends_as_what_it_changes(self, place):
        above = place.agree(ends_on=self.ENDS, for_running="move", state="ended")
        place.agree(kind="addendum", parent=above, parties=[], municipalities=[])

        course = place.course()

        assert course.agreement.kind == "addendum"
        assert held(course)[-1] == ("jobcentre", self.ENDS)
        assert agreed_terms(course, on=TODAY) is None

    def test_whoever_registers_on_the_last_day_comes_under_it_and_the_day_after_not(self, place):
        agreement = place.agree(ends_on=self.ENDS, for_running="stay", state="ended")

        last = place.course(registered_on=date(2009, 9, 13))
        after = place.course(registered_on=self.ENDS)

        assert (last.agreement, last.eligible) == (agreement, True)
        assert (after.agreement, after.eligible) == (None, None)
        assert held(after) == [("jobcentre", self.ENDS)]

    def test_under_notice_new_members_come_in_until_the_end(self, place):
        ends = date(2009, 12, 1)
        agreement = place.agree(ends_on=ends, for_running="move", state="under_notice")

        course = place.course(registered_on=date(2009, 9, 28))

        assert (course.agreement, course.eligible) == (agreement, True)
        assert held(course)[-1] == ("jobcentre", ends)


class TestOnChange:
    def test_a_birthday_in_mid_course_takes_nobody_in(self, place):
        place.agree()
        course = place.course(born_on=date(1979, 9, 1))  # 30 on 1 September

        record_registration(course=course, by=None, occupation="Mason")

        assert not course.eligible
        assert next(one for one in course.criteria if one["name"] == "age")["value"] == "29"

    def test_special_effort_registered_takes_the_member_out(self, place):
        place.agree(terms={"exclude_special_effort": True})
        course = place.course()
        assert course.eligible

        record_registration(course=course, by=None, special_effort=True)

        assert not course.eligible
        assert held(course) == [("jobcentre", REGISTERED)]
        assert first_interview(course).responsible == "jobcentre"

        record_registration(course=course, by=None, special_effort=False)
        assert course.eligible

    def test_special_effort_changes_nothing_where_the_agreement_does_not_ask(self, place):
        place.agree(terms={"exclude_special_effort": False})
        course = place.course()

        record_registration(course=course, by=None, special_effort=True)

        assert course.eligible

    def test_another_municipality_takes_the_member_out_or_under_its_own_agreement(self, place):
        place.agree()
        course, without, other = place.course(), CoverageFactory(), CoverageFactory()
        there = place.agree(municipalities=[other.municipality], terms={"window_weeks": 13})

        record_registration(course=course, by=None, municipality_id=without.municipality.pk)
        assert (course.agreement, course.eligible) == (None, None)
        assert held(course) == [("jobcentre", REGISTERED)]

        record_registration(course=course, by=None, municipality_id=other.municipality.pk)
        assert (course.agreement, course.eligible) == (there, True)
        assert held(course)[-1] == ("jobcentre", date(2009, 11, 2))

    def test_a_manner_is_not_agreed_for_whoever_the_agreement_does_not_take_in(self, place):
        """R15-03: the law's 14 days stand where the agreed 7 are not for the member."""
        place.agree(terms={"postpone_days": 7})
        day = date(2015, 9, 7)
        taken_in, left_out = (
            place.course(born_on=born_on, registered_on=day) for born_on in (OLD, date(1990, 1, 1))
        )

        def room(course):
            duty = course.duties.filter(rule="R15-02").earliest("due_on")
            return (duty.latest_on - duty.due_on).days

        assert (room(taken_in), room(left_out)) == (7, 14)


class TestThePage:
    def panel(self, client, user, course):
        client.force_login(user)
        page = client.get(course.get_absolute_url()).content.decode()
        if 'id="criteria"' not in page:
            return ""
        return page[page.index('id="criteria"') :].partition("</section>")[0]

    def test_names_the_decision_with_its_ground_role_person_and_source(self, client, place):
        agreement, course = place.agree(), place.course(born_on=YOUNG)
        decided(course, agreement, takes_in=True, place=place)

        panel = self.panel(client, place.caseworker, course)

        assert "The citizen is taken in" in panel
        assert "from 5 Oct 2009" in panel
        assert "The parties agreed on an exception: Agreed by telephone." in panel
        assert f"{place.caseworker}, caseworker" in panel
        assert f"/optagelse/{EntryDecision.objects.get().pk}/fortryd/" in panel
        client.force_login(place.caseworker)
        page = client.get(course.get_absolute_url()).content.decode()
        steps = page[page.index('id="timeline"') :].partition("</section>")[0]
        assert "Decision on entry" in steps
        assert "taken into the agreement" in steps

    def test_keeps_the_reason_of_special_effort_in_the_jobcentre(self, client, place):
        agreement, course = place.agree(), place.course()
        said = {"ground": "special_effort", "reason": "Runs with the mentor."}
        decided(course, agreement, takes_in=False, place=place, **said)

        assert "Runs with the mentor." in self.panel(client, place.caseworker, course)
        there = self.panel(client, place.coordinator, course)
        assert "special effort" in there
        assert "Runs with the mentor." not in client.get(course.get_absolute_url()).text
        assert "/fortryd/" not in there

    @pytest.mark.parametrize(
        ("for_running", "ends_on", "said"),
        [
            (
                "stay",
                date(2009, 9, 14),
                "As the parties chose, courses that began under it stay so.",
            ),
            ("move", date(2009, 9, 14), "have moved on without it"),
            ("", date(2009, 9, 14), ". Courses that began under it stay so."),
            (
                "stay",
                date(2009, 12, 1),
                "As the parties chose, courses that began under it stay so.",
            ),
            ("move", date(2009, 12, 1), "then move on without it"),
        ],
    )
    def test_says_what_the_end_of_the_agreement_does_to_a_running_course(
        self, client, place, for_running, ends_on, said
    ):
        place.agree(ends_on=ends_on, for_running=for_running)

        panel = self.panel(client, place.coordinator, place.course())

        assert said in panel
        over = for_running == "move" and ends_on <= TODAY
        assert ("No longer under the agreement" in panel) is over

    def test_says_nothing_of_an_end_after_the_course(self, client, place):
        place.agree(ends_on=date(2009, 9, 14), for_running="stay")

        panel = self.panel(client, place.coordinator, place.course(ended_on=date(2009, 9, 7)))

        assert "Under the agreement" in panel
        assert "eld until" not in panel

    def test_says_that_whoever_registers_after_the_end_does_not_come_under_it(self, client, place):
        place.agree(ends_on=date(2009, 9, 14), state="expired", title="The old agreement")

        panel = self.panel(client, place.caseworker, place.course(registered_on=date(2009, 9, 21)))

        assert "Not under an agreement" in panel
        assert "“The old agreement” held until 13 Sep 2009." in panel
        later = place.course(registered_on=date(2009, 9, 14))
        type(later).objects.filter(pk=later.pk).update(registered_on=date(2010, 10, 4))
        assert not self.panel(client, place.caseworker, later)

    def test_says_that_a_birthday_since_does_not_count(self, client, place):
        place.agree()
        course = place.course(born_on=date(1979, 9, 1))

        assert "30 now, but the age on the day of registration counts" in self.panel(
            client, place.caseworker, course
        )

    def test_asks_first_shows_what_would_move_and_then_records(self, client, place):
        agreement, course = place.agree(), place.course(born_on=YOUNG)
        client.force_login(place.caseworker)
        url = reverse("courses:decide_entry", args=[course.pk])
        given = {
            "agreement": agreement.pk, "takes_in": "in", "decided_from": "05.10.2009",
            "ground": "exception", "reason": "Agreed by telephone.",
        }  # fmt: skip

        preview = client.post(url, given).content.decode()
        assert "Responsible: a-kasse" in preview
        assert "not under it" in preview
        assert agreement.title in preview
        assert ": held by" in preview
        assert not EntryDecision.objects.exists()
        client.post(url, given | {"step": "confirm"})

        decision = EntryDecision.objects.get()
        assert (decision.by, decision.role, decision.recorded_by) == (
            "jobcentre", "caseworker", place.caseworker,
        )  # fmt: skip
        undo = reverse("courses:withdraw_entry", args=[course.pk, decision.pk])
        client.post(undo, {"step": "confirm"})
        assert EntryDecision.objects.standing().exists()  # not without a reason
        client.post(undo, {"reason": "Mistaken.", "step": "confirm"})
        assert not EntryDecision.objects.standing().exists()

    def test_offers_it_to_caseworker_and_coordinator_alone(self, client, place):
        place.agree()
        course = place.course()
        url = reverse("courses:decide_entry", args=[course.pk])

        assert url in self.panel(client, place.coordinator, course)
        assert url not in self.panel(client, place.consultant, course)
        assert client.get(url).status_code == 404

    def test_costs_the_same_whatever_was_decided(self, client, place, django_assert_num_queries):
        agreement, course = place.agree(), place.course()
        self.panel(client, place.coordinator, course)
        with CaptureQueriesContext(connection) as before:
            self.panel(client, place.coordinator, course)
        assert len(before) <= 12
        for day in range(3):
            decided(
                course, agreement, takes_in=day % 2 == 0, place=place, on=date(2009, 9, 1 + day)
            )
        with django_assert_num_queries(len(before)):
            self.panel(client, place.coordinator, course)
