"""Every setting comes from the environment, and says so when it is missing or wrong."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from kontaktforloeb import environment as env

KEY = base64.b64encode(b"k" * 32).decode()


@pytest.mark.parametrize(
    ("url", "host", "port", "name", "options"),
    [
        ("postgres://me:pw@db.example:5433/kf?sslmode=require", "db.example", "5433", "kf", {"sslmode": "require"}),
        ("postgres://me:pw@/kf?host=/var/run/pg%20sql", "/var/run/pg sql", "", "kf", {}),
        ("postgresql://me:pw@localhost", "localhost", "", "postgres", {}),
    ],
)  # fmt: skip
def test_a_database_is_named_by_host_or_by_socket(url, host, port, name, options):
    read = env.database(url)
    assert (read["HOST"], read["PORT"], read["NAME"], read["OPTIONS"]) == (
        host,
        port,
        name,
        options,
    )
    assert (read["USER"], read["PASSWORD"]) == ("me", "pw")


def test_a_password_may_hold_any_letter():
    assert env.database("postgres://me:p%40ss%2Fw%C3%B8rd@db/kf")["PASSWORD"] == "p@ss/wørd"


def test_a_statement_of_the_web_takes_no_longer_than_it_may():
    read = env.database("postgres://me@db/kf?options=-c%20jit%3Doff")

    assert env.limited(read, statement_seconds=10)["OPTIONS"] == {
        "options": "-c jit=off -c statement_timeout=10s"
    }
    assert env.limited(read, statement_seconds=0) == read


def test_another_kind_of_database_is_refused():
    with pytest.raises(ImproperlyConfigured, match="postgres://"):
        env.database("sqlite:///file")


@pytest.mark.parametrize(
    ("url", "cache", "broker"),
    [
        ("redis://h:6379/0", "redis://h:6379/1", "redis://h:6379/0"),
        ("redis://:pw@h/3", "redis://:pw@h/4", "redis://:pw@h/3"),
        ("redis://h", "redis://h/1", "redis://h"),
        ("rediss://h/0", "rediss://h/1", "rediss://h/0?ssl_cert_reqs=required"),
        ("unix:///s/v.sock?db=0", "unix:///s/v.sock?db=1", "redis+socket:///s/v.sock?virtual_host=0"),
    ],
)  # fmt: skip
def test_queue_and_cache_share_a_server_and_not_a_database(url, cache, broker):
    assert env.redis_numbered(url, add=1) == cache
    assert env.celery_broker(url) == broker


def test_the_first_key_encrypts_and_all_decrypt(monkeypatch):
    monkeypatch.setenv("KEYS", f"2:{KEY},1:{KEY}")
    assert list(env.keys("KEYS")) == [2, 1]


@pytest.mark.parametrize(
    "written", ["", "1", f"x:{KEY}", f"256:{KEY}", "1:c2hvcnQ=", "1:no base64"]
)
def test_a_bad_key_stops_the_start_and_is_not_repeated(monkeypatch, written):
    monkeypatch.setenv("KEYS", written)
    with pytest.raises(ImproperlyConfigured, match="KEYS") as refused:
        env.keys("KEYS")
    assert "c2hvcnQ=" not in str(refused.value)


@pytest.mark.parametrize(
    ("read", "written"),
    [
        (lambda name: env.flag(name, default=False), "maybe"),
        (lambda name: env.number(name, 1), "-1"),
        (env.text, ""),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(monkeypatch, read, written):
    monkeypatch.setenv("ONE", written)
    with pytest.raises(ImproperlyConfigured, match="ONE"):
        read("ONE")
