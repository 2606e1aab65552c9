"""The mail catcher of a trial: it keeps what it is sent, and is wanted in a demo alone."""

import smtplib
import socket
import subprocess
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest

from servers import catcher
from servers.mail_server import KEPT, keep
from servers.places import ROOT


@pytest.fixture
def caught(tmp_path: Path):
    """A running catcher: its port and its folder."""
    with catcher.opened() as line:
        process = subprocess.Popen(
            catcher.command(line, tmp_path), cwd=ROOT, pass_fds=[line.fileno()]
        )
        where = catcher.environment_of(line, tmp_path)
    yield int(where["EMAIL_PORT"]), tmp_path, process
    process.terminate()
    process.wait(10)


def mails(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.eml"))


def test_what_is_sent_becomes_a_file_that_only_its_owner_reads(caught):
    port, folder, process = caught
    message = EmailMessage()
    message["Subject"], message["To"], message["Message-ID"] = "Sag", "x@example.org", "<1@x>"
    message.set_content("Æ ø å\n.\nlinjen efter punktummet")
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as server:
        server.send_message(message, "a@example.org", ["x@example.org"])
    [path] = mails(folder)
    read = message_from_bytes(path.read_bytes())
    assert read["Message-ID"] == "<1@x>"
    assert "linjen efter punktummet" in read.get_payload(decode=True).decode()
    assert path.stat().st_mode & 0o077 == 0
    process.terminate()
    assert process.wait(10) == 0


def test_it_listens_on_this_machine_alone(caught):
    with catcher.opened() as line:
        assert line.getsockname()[0] == "127.0.0.1"
        assert line.family == socket.AF_INET


def test_the_oldest_mails_go_when_there_are_many(tmp_path):
    for number in range(KEPT + 3):
        (tmp_path / f"20260101T000000-1-{number:04}.eml").write_bytes(b"old")
    newest = keep(tmp_path, b"new", 1)
    assert len(mails(tmp_path)) == KEPT
    assert newest in mails(tmp_path)


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"DEMO": "1"}, True),
        ({"DEMO": "0"}, False),
        ({}, False),
        ({"DEMO": "1", "EMAIL_HOST": "mail.example"}, False),
    ],
)
def test_it_is_wanted_in_a_demo_that_names_no_mail_server(environment, wanted):
    assert catcher.wanted(environment) is wanted
