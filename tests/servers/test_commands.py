"""Every `manage.py` command finds what it needs by itself."""

import pytest

from servers.attach import name, needs_none
from servers.places import forget, place_at
from tests.servers.traces import finished, nothing_left, processes


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        (["timeline", "--json"], False),
        (["flag_overdue", "--help"], False),
        (["--version"], False),
        ([], False),
        (["check"], False),
        (["check", "--deploy"], True),
        (["flag_overdue"], True),
        (["migrate"], True),
    ],
)
def test_only_commands_that_ask_a_server_get_one(words, needs):
    assert needs_none(words) is not needs


def test_help_makes_no_data(tmp_path):
    home = tmp_path / "data"
    _, said = finished(home, "manage.py", "migrate", "--help")
    assert "usage: manage.py migrate" in said
    assert not home.exists()


@pytest.mark.slow
def test_a_command_brings_its_servers_up_and_takes_them_down(tmp_path):
    ask = (
        "from kontaktforloeb.health import CHECKS; [ask() for ask in CHECKS.values()]; print('yes')"
    )
    assert finished(tmp_path, "manage.py", "shell", "-v0", "-c", ask) == (0, "yes\n")
    assert processes(tmp_path) == {}
    assert nothing_left(tmp_path) == {}
    forget(tmp_path)


def test_without_secrets_a_named_database_is_refused_and_says_what_is_missing(tmp_path):
    elsewhere = {"DATABASE_URL": "postgres://127.0.0.1/none", "REDIS_URL": "redis://127.0.0.1"}
    secrets = {"SECRET_KEY": "", "CPR_KEYS": "", "CPR_INDEX_KEY": ""}
    status, said = finished(tmp_path, "manage.py", "migrate", **elsewhere, **secrets)
    assert (status, "SECRET_KEY is not set" in said) == (1, True)


def test_a_database_that_somebody_named_is_no_demo_even_where_the_broker_is_ours(tmp_path):
    named = {"DATABASE_URL": "postgres://127.0.0.1/real"}
    name(named, place_at(tmp_path))
    assert "DEMO" not in named


def test_our_own_database_is_for_trying_out(tmp_path):
    nothing: dict[str, str] = {}
    name(nothing, place_at(tmp_path))
    assert nothing["DEMO"] == "1"
