"""Kept statements: they answer what the query set answers, for whatever values they are asked."""

from datetime import timedelta

import pytest
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.course_rows import read_course
from courses.models import Course, Duty
from partnerships.kept_for_readers import KeptForReaders
from shared.kept_statements import Kept, answer
from tests.courses.course_world import TODAY, make_world
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db


def asked(statement, **values):
    return [one.pk for one in statement.ask(**values)]


def test_a_kept_statement_is_compiled_once_and_asked_with_other_values():
    first, second = CourseFactory(), CourseFactory()
    made = []

    def make(case, on):
        made.append(case)
        return Course.objects.filter(pk=case, registered_on__lte=on)

    statement = Kept(make)
    assert asked(statement, case=first.pk, on=first.registered_on) == [first.pk]
    compiled = len(made)
    assert asked(statement, case=second.pk, on=second.registered_on) == [second.pk]
    assert asked(statement, case=second.pk, on=second.registered_on - timedelta(1)) == []
    assert len(made) == compiled


def test_rows_come_with_what_they_refer_to_and_what_hangs_on_them():
    world = make_world()
    duties = Duty.objects.filter(course=OuterRef("pk")).order_by("pk").values("rule")
    statement = Kept(
        lambda case: (
            Course.objects.filter(pk=case)
            .select_related("citizen", "caseworker")
            .annotate(rules=ArraySubquery(duties))
        )
    )
    [kept] = statement.ask(case=world.course.pk)
    [fresh] = statement.make(world.course.pk)
    assert (kept, kept.citizen, kept.caseworker) == (fresh, fresh.citizen, None)
    assert kept.rules == fresh.rules != []
    assert kept.refreshed_at == fresh.refreshed_at


def test_the_length_of_a_tuple_makes_another_statement():
    courses = [CourseFactory() for _ in range(3)]
    keys = tuple(one.pk for one in courses)
    statement = Kept(lambda keys: Course.objects.filter(pk__in=keys).order_by("pk"))
    for count in (0, 1, 3, 2):
        assert asked(statement, keys=keys[:count]) == list(keys[:count])


@pytest.mark.parametrize("moved", ["a day moved", "a look at the clock"])
def test_what_does_not_follow_from_its_values_alone_is_asked_anew(moved):
    course = CourseFactory(registered_on=TODAY + timedelta(7))

    def make(on):
        day = on + timedelta(7) if moved == "a day moved" else timezone.localdate()
        return Course.objects.filter(registered_on__gte=day)

    statement = Kept(make)
    assert asked(statement, on=TODAY) == [course.pk]
    if moved == "a day moved":
        assert asked(statement, on=TODAY + timedelta(1)) == []
    assert list(statement._known.values()) == [None]


def test_what_one_person_may_read_is_not_kept_for_another():
    world = make_world()
    for _ in range(2):
        found = {
            name: read_course(world.course.pk, user=user, on=timezone.localdate()) is not None
            for name, user in world.people().items()
        }
        allowed = {
            name: Course.objects.visible_to(user).filter(pk=world.course.pk).exists()
            for name, user in world.people().items()
        }
        assert found == allowed
        assert found["consultant"]
        assert not found["stranger"]


def test_a_statement_that_asks_for_the_reach_of_another_day_is_refused():
    world = make_world()
    statement = KeptForReaders(
        lambda reader, *, on: Course.objects.visible_to(reader, on=on - timedelta(1))
    )
    with pytest.raises(LookupError):
        statement.ask(world.consultant, on=TODAY)


def test_where_a_pool_hands_out_connections_nothing_is_prepared(monkeypatch):
    first, second = CourseFactory(), CourseFactory()
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    statement = Kept(lambda case: Course.objects.filter(pk=case, regime=first.regime))
    with CaptureQueriesContext(connection) as asked_for:
        assert asked(statement, case=first.pk) == [first.pk]
        assert asked(statement, case=second.pk) == [second.pk]
        assert answer("SELECT 2 WHERE %s = ANY(%s)", [7, [6, 7]]) == [(2,)]
    assert not any("EXECUTE" in one["sql"] for one in asked_for.captured_queries)


def test_days_may_be_reckoned_from_a_fixed_one_where_the_maker_says_so():
    course = CourseFactory(registered_on=TODAY + timedelta(7))

    def make(on):
        return Course.objects.filter(registered_on__gte=on + timedelta(7))

    statement = Kept(make, fixed=("on",), reckons=True)
    assert asked(statement, on=TODAY) == [course.pk]
    assert asked(statement, on=TODAY + timedelta(1)) == []
    assert None not in statement._known.values()


def test_a_statement_that_is_written_out_is_prepared_once_for_all_values():
    with CaptureQueriesContext(connection) as asked_for:
        for number in (7, 8):
            assert answer("SELECT %s + 1", [number]) == [(number + 1,)]
    assert len({one["sql"].partition("(")[0] for one in asked_for.captured_queries}) == 1
    assert all("EXECUTE" in one["sql"] for one in asked_for.captured_queries)
