"""`manage.py demo`: where it makes a world, and where it refuses to."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from courses.models import Course
from partnerships.models import Organisation

TODAY = date(2026, 11, 23)


def test_it_refuses_where_it_is_not_a_demo(db, settings):
    settings.DEMO = False
    Organisation.objects.create(slug="x", kind="jobcentre", name="X", sort_key="x")
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo", reset=True)
    assert Organisation.objects.count() == 1


def test_it_refuses_a_database_that_is_not_empty(db, settings):
    settings.DEMO = True
    User.objects.create(username="somebody")
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo")
    assert User.objects.count() == 1


@pytest.mark.slow
def test_reset_empties_it_first(transactional_db, settings, capsys):
    settings.DEMO = True
    User.objects.create(username="somebody")
    call_command("demo", reset=True, members=70, today=TODAY)
    assert not User.objects.filter(username="somebody").exists()
    assert Course.objects.order_by("pk").first().pk == 1
    assert capsys.readouterr().out.startswith("Demo world of 2026-11-23: 70 citizens")
