"""No demo account signs in where people work, and the check before a start says so."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from accounts.checks import no_demo_sign_ins
from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_user():
    return User.objects.create_user(username="sagsbehandler", password="demo")


def found() -> set[str]:
    return {error.id for error in no_demo_sign_ins()}


def test_an_empty_place_passes():
    assert found() == set()


def test_a_demo_account_that_can_sign_in_fails_the_check(demo_user):
    assert found() == {"accounts.E002"}
    with pytest.raises(CommandError, match="sagsbehandler"):
        call_command("check", deploy=True)


def test_an_account_that_is_closed_or_has_another_password_passes(demo_user):
    demo_user.is_active = False
    demo_user.save()
    User.objects.create_user(username="admin", password="another one, and a long one")
    assert found() == set()


def test_a_demo_place_fails_the_check(settings):
    settings.DEMO = True
    assert found() == {"accounts.E001"}


@pytest.mark.parametrize(("demo", "signs_in"), [(True, True), (False, False)])
def test_the_published_password_opens_a_demo_and_nothing_else(
    settings, rf, demo_user, demo, signs_in
):
    settings.DEMO = demo
    user = authenticate(rf.post("/"), username="sagsbehandler", password="demo")
    assert (user == demo_user) is signs_in


def test_the_access_log_keeps_no_query_string():
    """Nor a referer: what somebody searched or filtered for may stand in either."""
    text = (Path(__file__).parent.parent / "Dockerfile").read_text()
    command = json.loads(re.findall(r"^CMD (\[.*\])$", text.replace("\\\n", ""), re.MULTILINE)[-1])
    written = command[command.index("--access-logformat") + 1]

    assert "%(U)s" in written  # the path alone
    assert not any(part in written for part in ("%(r)s", "%(q)s", "%(f)s"))
