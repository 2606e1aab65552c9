"""What terms would do, counted on real courses with the law asked twice."""

from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from agreements.impact import impact
from agreements.impact_kept import Progress, ask_for_impact, compute_and_keep, kept_impact
from courses.models import Course, Duty
from partnerships.models import Agreement, AgreementTerms, Role
from tests.factories import (
    AgreementFactory,
    AKasseFactory,
    CourseFactory,
    CoverageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
IN_2009 = date(2009, 9, 7)
ON = date(2009, 9, 21)


@pytest.fixture
def parties():
    coverage = CoverageFactory()
    return coverage.jobcentre, AKasseFactory(), coverage.municipality


def agreement_of(parties, **columns) -> Agreement:
    jobcentre, a_kasse, municipality = parties
    days = {"starts_on": date(2009, 8, 1), "state": "draft"}
    return AgreementFactory(
        parties=[jobcentre, a_kasse], municipalities=[municipality], **days | columns
    )


def course_of(parties, registered_on: date = IN_2009) -> Course:
    jobcentre, a_kasse, municipality = parties
    return CourseFactory(
        a_kasse=a_kasse, municipality=municipality, jobcentre=jobcentre,
        registered_on=registered_on, refreshed=True,
    )  # fmt: skip


def reader(role: Role, organisation):
    return UserFactory(role=role, organisation=organisation)


def test_in_2009_a_draft_hands_the_first_interviews_and_the_courses_to_the_a_kasse(
    parties,
) -> None:
    draft = agreement_of(parties, terms={"first_meetings_at_a_kasse": 2, "window_weeks": 26})
    course_of(parties)
    steers = reader(Role.STEERING_GROUP, parties[0])

    found = impact(draft, on=ON, user=steers)

    assert (found.courses, len(found.changes), found.taken_in) == (1, 1, 1)
    assert not found.rows
    assert not Duty.objects.filter(responsible="a_kasse", rule="R09-02").exists()


def test_a_required_joint_interview_is_counted_as_a_flag_and_only_after_its_day(parties) -> None:
    """In 2015 an agreement may ask for the joint interview before the law does."""
    began = date(2015, 9, 7)
    jobcentre = parties[0]
    draft = agreement_of(
        parties,
        starts_on=date(2015, 8, 1),
        terms={"first_joint_from": date(2015, 8, 1)},
    )
    course_of(parties, began)
    worker = reader(Role.CASEWORKER, jobcentre)

    found = impact(draft, on=date(2015, 11, 30), user=worker)

    assert ("R15-05", 1) in found.changes[0].opened
    assert found.opened == 1
    assert [one.pk for one in found.rows.values()] == [found.changes[0].course]


def test_an_earlier_warning_opens_flags_and_moves_no_date(parties) -> None:
    acting = agreement_of(parties, state="active", starts_on=date(2026, 1, 1), terms={})
    course_of(parties, date(2026, 9, 7))
    steers = reader(Role.STEERING_GROUP, parties[0])
    due = Duty.objects.filter(rule="R26-05").get()
    on = date(2026, 9, 9)
    wider = AgreementTerms(agreement=acting, starts_on=date(2026, 1, 1), due_soon_days=9)

    found = impact(acting, [wider], on=on, user=steers)

    assert due.due_on == date(2026, 9, 21)
    assert (found.moved, found.opened, found.closed) == (0, 1, 0)


def test_terms_that_begin_later_leave_older_courses_alone_unless_asked_all_along(parties) -> None:
    draft = agreement_of(
        parties,
        starts_on=date(2009, 10, 1),
        terms={"first_meetings_at_a_kasse": 2, "window_weeks": 26},
    )
    course_of(parties)
    steers = reader(Role.STEERING_GROUP, parties[0])

    assert not impact(draft, on=ON, user=steers).changes
    assert impact(draft, on=ON, user=steers, all_along=True).taken_in == 1


@time_machine.travel("2026-11-23T09:12:00Z", tick=False)
def test_rows_are_for_those_who_see_the_citizens_and_small_sums_are_hidden_from_others(
    parties,
) -> None:
    agreement_of(parties, slug="draft", starts_on=date(2026, 1, 1), terms={"due_soon_days": 60})
    name = str(course_of(parties, date(2026, 11, 9)).citizen)
    pages = {}
    for role, house in ((Role.STEERING_GROUP, parties[0]), (Role.COORDINATOR, parties[1])):
        client = Client()
        client.force_login(reader(role, house))
        client.cookies["django_language"] = "en"
        pages[role] = client.post("/aftaler/draft/virkning/", follow=True).content.decode()

    assert "fewer than 5" in pages[Role.STEERING_GROUP]
    assert name not in pages[Role.STEERING_GROUP]
    assert name in pages[Role.COORDINATOR]


def test_many_courses_are_computed_by_the_worker_and_read_when_done(parties) -> None:
    cache.clear()
    draft = agreement_of(
        parties, starts_on=date(2026, 1, 1), terms={"due_soon_days": 60}, slug="many"
    )
    course_of(parties, date(2026, 11, 9))
    on = date(2026, 11, 23)

    ask_for_impact(draft, on=on, all_along=False, at_once=0)
    begun = kept_impact(draft, on=on, all_along=False)
    compute_and_keep(draft, on=on, all_along=False)
    done = kept_impact(draft, on=on, all_along=False)
    draft.terms.update(due_soon_days=4)
    changed = kept_impact(draft, on=on, all_along=False)

    assert begun == Progress(0, 1)
    assert done.courses == 1
    assert changed is None


@pytest.mark.parametrize("count", [1, 30])
def test_an_impact_asks_as_many_queries_for_few_as_for_many(
    parties, count, django_assert_max_num_queries
) -> None:
    draft = agreement_of(parties, starts_on=date(2026, 1, 1), terms={"due_soon_days": 60})
    for _ in range(count):
        course_of(parties, date(2026, 11, 9))
    worker = reader(Role.CASEWORKER, parties[0])

    with django_assert_max_num_queries(24):
        found = impact(draft, on=date(2026, 11, 23), user=worker)

    assert len(found.changes) == count


@pytest.mark.parametrize("count", [1, 3, 50])
@time_machine.travel("2026-11-23T09:12:00Z", tick=False)
def test_the_page_reads_what_was_counted_in_at_most_twelve_queries(
    parties, count, django_assert_max_num_queries
) -> None:
    cache.clear()
    agreement_of(parties, slug="draft", starts_on=date(2026, 1, 1), terms={"due_soon_days": 60})
    for _ in range(count):
        course_of(parties, date(2026, 11, 9))
    client = Client()
    client.force_login(reader(Role.COORDINATOR, parties[1]))
    client.post("/aftaler/draft/virkning/")

    with django_assert_max_num_queries(12):
        page = client.get("/aftaler/draft/virkning/")

    assert len(page.context["page"].rows) == count


def test_nothing_is_counted_before_somebody_asks(parties) -> None:
    cache.clear()
    agreement_of(parties, slug="draft", starts_on=date(2026, 1, 1), terms={})
    client = Client()
    client.force_login(reader(Role.STEERING_GROUP, parties[0]))

    page = client.get("/aftaler/draft/virkning/")

    assert "page" not in page.context
    assert '<form\n        method="post"' in page.content.decode()
