"""Whoever needs the servers gets them; the last one takes them down."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
import redis

from servers import guardian, postgres, valkey
from servers.lease import Lease, stop
from servers.locks import taken, until
from servers.places import ROOT, Place, forget, place_at
from servers.processes import bound, cleaned
from tests.servers.traces import nothing_left, processes

pytestmark = pytest.mark.slow
BOTH = ["postgres", "valkey"]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """One folder for all, so that PostgreSQL is made once."""
    folder = tmp_path_factory.mktemp("lease")
    yield folder
    forget(folder)


@pytest.fixture
def place(home: Path) -> Place:
    yield place_at(home)
    assert nothing_left(home) == {}


def ask(place: Place, question: str):
    connection = psycopg2.connect(postgres.url(place))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(question)
        answer = cursor.fetchone() if cursor.description else None
    connection.close()
    return answer


def holder(home: Path) -> "subprocess.Popen[str]":
    """Another process that needs the servers until its input ends."""
    script = (
        "import sys; from pathlib import Path\n"
        "from servers.lease import Lease; from servers.places import place_at\n"
        f"with Lease(place_at(Path({str(home)!r})), {BOTH!r}):\n"
        "    print('up', flush=True); sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "up\n"
    return process


def let_go(process: "subprocess.Popen[str]") -> None:
    process.communicate("")
    assert process.returncode == 0


def guardian_pid(place: Place, name: str) -> int:
    return int(guardian.state_file(place, name).read_text().split()[0])


def test_what_was_written_is_there_after_a_restart(place):
    with Lease(place, BOTH):
        ask(place, "CREATE TABLE IF NOT EXISTS kept (word text)")
        ask(place, "INSERT INTO kept VALUES ('here')")
        redis.Redis.from_url(valkey.url(place)).rpush("queue", "task")
    assert nothing_left(place.home) == {}
    with Lease(place, BOTH):
        assert ask(place, "SELECT word FROM kept") == ("here",)
        assert redis.Redis.from_url(valkey.url(place)).lpop("queue") == b"task"


def test_the_letters_are_unicode_s_and_the_socket_is_the_only_way_in(place):
    with Lease(place, ["postgres"]):
        assert ask(place, "SELECT lower('ÆØÅ'), current_setting('listen_addresses')") == ("æøå", "")
        locale = "SELECT datctype, datcollate FROM pg_database WHERE datname = current_database()"
        assert ask(place, locale) == ("C.UTF-8", "C.UTF-8")


def test_the_one_who_ends_first_leaves_the_servers_to_the_other(place):
    first, second = holder(place.home), holder(place.home)
    let_go(first)
    assert ask(place, "SELECT 1") == (1,)
    let_go(second)
    assert not taken(place.locks / "postgres.guardian")


def test_many_who_come_at_once_share_one_server(place):
    together = [holder(place.home) for _ in range(4)]
    running = [line for line in processes(place.home).values() if "servers.guardian" in line]
    assert len(running) == 2
    for process in together:
        let_go(process)


def test_nothing_is_left_of_one_who_was_killed(place):
    process = holder(place.home)
    process.kill()
    process.communicate()
    assert nothing_left(place.home) == {}


@pytest.mark.parametrize("name", BOTH)
def test_nothing_is_left_when_a_guardian_is_killed_and_the_next_start_works(place, name):
    process = holder(place.home)
    os.kill(guardian_pid(place, name), signal.SIGKILL)
    process.kill()
    process.communicate()
    assert nothing_left(place.home) == {}
    with Lease(place, BOTH):
        assert ask(place, "SELECT 1") == (1,)


@pytest.mark.parametrize("server", [postgres, valkey], ids=BOTH)
def test_a_server_that_lost_its_guardian_is_taken_over(place, server):
    with Lease(place, BOTH):
        pass
    leftover = subprocess.Popen(
        server.command(place), preexec_fn=bound(signal.SIGKILL, place.account), cwd="/",
        env=cleaned(), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in until(20):
        if server.answers(place):
            break
    with Lease(place, BOTH) as lease:
        assert lease.up
        assert leftover.wait(10) == 0
        assert ask(place, "SELECT 1") == (1,)


def test_a_mark_left_by_a_power_cut_does_not_hinder_even_when_its_number_is_in_use(place):
    with Lease(place, ["postgres"]):
        mark = place.data / "postgres" / "postmaster.pid"
        text = mark.read_text()
    mark.write_text(text.replace(text.split()[0], str(os.getpid()), 1))
    with Lease(place, ["postgres"]):
        assert ask(place, "SELECT 1") == (1,)


def test_a_server_that_dies_takes_its_guardian_with_it(place):
    process = holder(place.home)
    server = int(guardian.state_file(place, "postgres").read_text().split()[1])
    os.kill(server, signal.SIGKILL)
    for _ in until(20):
        if not taken(place.locks / "postgres.guardian"):
            break
    assert not taken(place.locks / "postgres.guardian")
    let_go(process)


def test_stop_ends_the_servers_of_others_too(place):
    process = holder(place.home)
    stop(place)
    assert not taken(place.locks / "postgres.guardian")
    let_go(process)


def test_a_deep_private_folder_with_blanks_and_letters_does(tmp_path):
    home = tmp_path / ("mappe med æøå " * 9).strip()
    place = place_at(home)
    try:
        with Lease(place, BOTH):
            assert ask(place, "SELECT 1") == (1,)
            assert redis.Redis.from_url(valkey.url(place)).ping()
        assert nothing_left(home) == {}
        assert nothing_left(place.data) == {}
    finally:
        forget(home)
