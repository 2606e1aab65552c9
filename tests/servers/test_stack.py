"""`make run`: everything comes up, and everything goes, however it ends."""

import os
import signal
import socket
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from servers.places import forget
from tests.servers.traces import command, finished, nothing_left, processes

pytestmark = pytest.mark.slow
SOMEBODY = "from accounts.models import User; User.objects.get_or_create(username='somebody')"


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """One folder for all, so that the tables are made once."""
    folder = tmp_path_factory.mktemp("stack")
    yield folder
    forget(folder)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def running(home: Path, port: int, request: pytest.FixtureRequest):
    """A stack that is up; nothing of it is left afterwards."""
    stack = started(home, port, **getattr(request, "param", {}))
    yield stack
    if stack.poll() is None:
        stack.kill()
    stack.communicate()
    assert nothing_left(home) == {}


def started(home: Path, port: int, **more: str) -> "subprocess.Popen[str]":
    stack = command(home, "-m", "servers", "run", "--port", str(port), **more)
    said = []
    for line in stack.stdout:
        said.append(line)
        if f"http://127.0.0.1:{port}/ " in line:
            return stack
    raise AssertionError("".join(said))


def of(home: Path, word: str) -> list[int]:
    return sorted(pid for pid, line in processes(home).items() if word in line)


def test_it_answers_and_ends_at_ctrl_c_with_nothing_left(running, home, port):
    with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
        assert answer.status == 200
    assert of(home, " worker ")
    assert of(home, " beat ")
    assert finished(home, "manage.py", "shell", "-v", "0", "-c", SOMEBODY)[0] == 0
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=60)
    assert (running.returncode, said) == (0, "Stopped.\n")
    assert processes(home) == {}


@pytest.mark.parametrize("running", [{"DEMO": "1"}], indirect=True, ids=["demo"])
def test_others_find_a_demo_that_catches_its_mail_and_nothing_is_left_when_told_to_end(
    running, home, port
):
    """Somebody is there already, so that the demo world need not be made."""
    assert len(of(home, "servers.mail_server")) == 1
    guardians = of(home, "servers.guardian")
    second, said = finished(home, "-m", "servers", "run", "--port", str(port + 1))
    assert (second, f"It runs already: http://127.0.0.1:{port}/" in said) == (1, True)
    assert finished(home, "manage.py", "migrate", "--check") == (0, "")
    assert of(home, "servers.guardian") == guardians
    running.terminate()
    assert running.wait(60) == 0
    assert processes(home) == {}


def test_nothing_is_left_when_it_is_killed(running, home):
    running.kill()
    running.wait()
    assert nothing_left(home) == {}


@pytest.mark.parametrize("part", [" worker ", "postgres -D"])
def test_when_a_part_dies_all_go_and_it_says_so(running, home, part):
    os.kill(of(home, part)[0], signal.SIGKILL)
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "ended" in said
    assert processes(home) == {}


def test_a_taken_port_is_named(home, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        answer = finished(home, "-m", "servers", "run", "--port", str(port))
    assert answer == (1, f"Port {port} is taken: make run PORT={port + 1}\n")
