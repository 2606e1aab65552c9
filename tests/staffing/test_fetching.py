"""Fetching a calendar: from allowed hosts in the open network, within limits, and nowhere else."""

import socket
import subprocess
import sys
import time

import pytest

from shared.refusals import Refused
from staffing.addresses import machines_of, may_be_asked, place_of
from staffing.fetching import MOST_BYTES, fetch
from staffing.models import AllowedHost
from tests.worker import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(autouse=True)
def _allowed(db):
    for name in ("localhost", "calendar.example.org"):
        AllowedHost.objects.create(host=name)


def leading_to(*numbers: str):
    """A resolver that leads to these numbers, and counts how often it is asked."""

    def resolve(_host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
        resolve.asked += 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in numbers]

    resolve.asked = 0
    return resolve


def loopback(host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
    return leading_to("127.0.0.1")(host, port)


def test_what_a_host_gives_out_is_read(host) -> None:
    host.body, host.headers = b"BEGIN:VCALENDAR", {"ETag": '"7"'}

    answer = fetch(host.address, resolve=loopback)

    assert (answer.content, answer.etag) == (b"BEGIN:VCALENDAR", '"7"')
    assert host.asked[0]["path"] == "/secret/calendar.ics?key=1"
    assert host.asked[0]["Host"] == f"localhost:{host.port}"
    assert "Cookie" not in host.asked[0]


def test_what_is_as_before_is_not_sent_again(host) -> None:
    host.body, host.headers = b"BEGIN:VCALENDAR", {"ETag": '"7"'}

    assert fetch(host.address, etag='"7"', resolve=loopback).content is None
    assert fetch(host.address, etag='"6"', resolve=loopback).content == b"BEGIN:VCALENDAR"


@pytest.mark.parametrize(
    "address",
    [
        "http://calendar.example.org/a.ics",
        "webcal://calendar.example.org/a.ics",
        "file:///etc/passwd",
        "ftp://calendar.example.org/a.ics",
        "https:///a.ics",
        "https://calendar.example.org:8443/a.ics",
        "https://calendar.example.org:99999/a.ics",
        "https://me:secret@calendar.example.org/a.ics",
        "https://calendar.example.org@evil.example/a.ics",
        "https://evil.example/calendar.example.org",
        "https://calendar.example.org.evil.example/a.ics",
        "https://sub.calendar.example.org/a.ics",
        "https://127.0.0.1/a.ics",
        "https://[::1]/a.ics",
        "https://calendar.example.org/a\r\nHost: evil.example",
        "https://calendar.example.org /a.ics",
        "https://[calendar.example.org/a.ics",
        "calendar.example.org/a.ics",
        "",
    ],
)
def test_an_address_that_may_not_be_asked_is_refused(address) -> None:
    with pytest.raises(Refused):
        place_of(address)


def test_the_name_of_a_host_is_read_whatever_its_letters() -> None:
    place = place_of("https://Calendar.EXAMPLE.org./a.ics?x=1#part")

    assert (place.host, place.port, place.path) == ("calendar.example.org", 443, "/a.ics?x=1")


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0",  # noqa: S104
        "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::",
        "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1",
        "::ffff:127.0.0.1", "64:ff9b::a00:1", "64:ff9b::7f00:1", "2002:a00:1::", "2002:7f00:1::",
        "::127.0.0.1", "nonsense", "",
    ],
)  # fmt: skip
def test_machines_inside_are_never_asked(number) -> None:
    assert not may_be_asked(number)

    with pytest.raises(Refused, match="inner network"):
        machines_of(place_of("https://calendar.example.org/"), resolve=leading_to(number))


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_machines_in_the_open_network_may_be_asked(number) -> None:
    assert may_be_asked(number)


def test_one_machine_inside_among_others_refuses_the_host() -> None:
    resolve = leading_to("93.184.216.34", "10.0.0.1")

    with pytest.raises(Refused, match="inner network"):
        fetch("https://calendar.example.org/", resolve=resolve)


def test_the_name_is_asked_for_once_and_the_number_that_was_looked_at_is_connected_to(
    monkeypatch,
) -> None:
    """Or a name could come to mean a machine inside between the two."""
    resolve, reached = leading_to("93.184.216.34"), []

    def connect(_self: socket.socket, address: object) -> None:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)

    with pytest.raises(Refused, match="could not be reached"):
        fetch("https://calendar.example.org/", resolve=resolve)
    assert reached == [("93.184.216.34", 443)]
    assert resolve.asked == 1


def test_loopback_is_refused_unless_the_setting_lets_it_through(host, settings) -> None:
    settings.CALENDARS_FROM_LOOPBACK = False

    with pytest.raises(Refused, match="inner network"):
        fetch("https://localhost/calendar.ics", resolve=loopback)
    with pytest.raises(Refused, match="without a port"):
        fetch(host.address, resolve=loopback)
    assert host.asked == []


def test_the_service_does_not_start_with_loopback_open() -> None:
    code = "import os; os.environ.update(CALENDARS_FROM_LOOPBACK='1', DEBUG='0', SECRET_KEY='x', DATABASE_URL='postgres:///x', REDIS_URL='redis://x')\nfrom servers import secrets_file; os.environ.update(secrets_file.throwaway())\nimport kontaktforloeb.settings"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode
    assert "CALENDARS_FROM_LOOPBACK=1 needs DEBUG=1" in done.stderr


def test_a_redirect_is_not_followed(host) -> None:
    host.status, host.headers = 302, {"Location": f"https://localhost:{host.port}/other"}

    with pytest.raises(Refused, match="leads on"):
        fetch(host.address, resolve=loopback)
    assert len(host.asked) == 1


@pytest.mark.parametrize(("status", "said"), [(404, "Make a new address"), (500, "error 500")])
def test_an_error_is_said_in_words(host, status, said) -> None:
    host.status = status

    with pytest.raises(Refused, match=said):
        fetch(host.address, resolve=loopback)


def test_more_than_a_megabyte_is_not_read(host) -> None:
    host.body = b"x" * (MOST_BYTES + 1)

    with pytest.raises(Refused, match="larger"):
        fetch(host.address, resolve=loopback)


def test_what_is_packed_is_not_unpacked(host) -> None:
    host.headers = {"Content-Encoding": "gzip"}

    with pytest.raises(Refused, match="packed"):
        fetch(host.address, resolve=loopback)


def test_half_an_answer_is_none(host) -> None:
    host.body, host.headers = b"BEGIN", {"Content-Length": "500"}

    with pytest.raises(Refused, match="could not be reached"):
        fetch(host.address, resolve=loopback)


def test_a_host_that_answers_a_letter_at_a_time_gets_no_longer(host) -> None:
    host.body, host.drip_seconds = b"x" * 500, 0.05

    began = time.monotonic()
    with pytest.raises(Refused, match="too long"):
        fetch(host.address, resolve=loopback, seconds=0.5)
    assert time.monotonic() - began < 3


def test_a_host_that_cannot_prove_its_name_is_not_believed(host, monkeypatch) -> None:
    AllowedHost.objects.create(host="other.example")

    with pytest.raises(Refused, match="prove"):
        fetch(host.address.replace("localhost", "other.example"), resolve=loopback)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Refused, match="prove"):
        fetch(host.address, resolve=loopback)
    assert host.asked == []


def test_a_host_that_is_not_there_is_said(host) -> None:
    with pytest.raises(Refused, match="reached"):
        fetch("https://localhost:9/", resolve=loopback)
    with pytest.raises(Refused, match="not found"):
        fetch("https://localhost/", resolve=leading_to())
