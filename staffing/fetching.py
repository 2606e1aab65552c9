"""Fetches a calendar from an address: from the machine that was looked at, within limits.

Redirects are not followed, proxies are not asked, nothing packed is unpacked, and a clock ends
it all: a host that answers a letter at a time gets no longer than one that answers nothing.
"""

import http.client
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Timer

from django.utils.translation import gettext as _

from shared.refusals import Refused
from staffing.addresses import Place, Resolve, machines_of, place_of

MOST_BYTES = 2**20
SECONDS_TO_CONNECT = 5
SECONDS_IN_ALL = 15
LONGEST_ETAG = 200
NAME = "Kontaktforloeb (calendar reader)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host sent; nothing where it says that it is as before."""

    content: bytes | None
    etag: str = ""


@dataclass(slots=True)
class _Clock:
    """Shuts the socket when the time is up."""

    seconds: float
    rang: Event = field(default_factory=Event)
    sockets: list[socket.socket] = field(default_factory=list)

    def ring(self) -> None:
        self.rang.set()
        for one in self.sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class _Connection(http.client.HTTPSConnection):
    """A connection to one machine by its number, whose certificate must bear the host's name."""

    def __init__(self, place: Place, machine: str, clock: _Clock) -> None:
        self._secure = ssl.create_default_context()
        super().__init__(place.host, place.port, timeout=SECONDS_TO_CONNECT, context=self._secure)
        self._machine, self._clock = machine, clock

    def connect(self) -> None:
        """Connect to the number, and speak to the name."""
        plain = socket.create_connection((self._machine, self.port), SECONDS_TO_CONNECT)
        self._clock.sockets.append(plain)
        plain.settimeout(self._clock.seconds)
        self.sock = self._secure.wrap_socket(plain, server_hostname=self.host)
        self._clock.sockets[-1] = self.sock


def fetch(
    address: str,
    *,
    etag: str = "",
    resolve: Resolve = socket.getaddrinfo,
    seconds: float = SECONDS_IN_ALL,
) -> Answer:
    """What lies at an address; refuses in words a person can act on."""
    place = place_of(address)
    machines = machines_of(place, resolve=resolve)
    clock = _Clock(seconds)
    timer = Timer(seconds, clock.ring)
    timer.daemon = True
    timer.start()
    try:
        return _asked(place, machines[0], etag, clock)
    except (OSError, http.client.HTTPException) as error:
        raise Refused(_why(error, rang=clock.rang.is_set())) from error
    finally:
        timer.cancel()


def _asked(place: Place, machine: str, etag: str, clock: _Clock) -> Answer:
    connection = _Connection(place, machine, clock)
    headers = {"User-Agent": NAME, "Accept": "text/calendar", "Accept-Encoding": "identity"}
    if etag:
        headers["If-None-Match"] = etag
    try:
        connection.request("GET", place.path, headers=headers)
        return _answer(connection.getresponse(), clock)
    finally:
        connection.close()


def _answer(response: http.client.HTTPResponse, clock: _Clock) -> Answer:
    if response.status == http.HTTPStatus.NOT_MODIFIED:
        return Answer(None)
    _check_status(response.status)
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Refused(_("The host sends the calendar packed, and that is not read."))
    content = response.read(MOST_BYTES + 1)
    if clock.rang.is_set():
        raise TimeoutError
    if len(content) > MOST_BYTES:
        raise Refused(_("The calendar is larger than 1 MB."))
    if response.length:
        raise http.client.IncompleteRead(content, response.length)
    etag = response.headers.get("ETag", "")
    return Answer(content, etag if len(etag) <= LONGEST_ETAG and etag.isprintable() else "")


def _check_status(status: int) -> None:
    if status in range(300, 400):
        raise Refused(_("The address leads on to another one. Write that one instead."))
    if status in (401, 403, 404, 410):
        raise Refused(_("The host gives no calendar out at this address. Make a new address."))
    if status != http.HTTPStatus.OK:
        raise Refused(_("The host answered with error %(status)s.") % {"status": status})


def _why(error: Exception, *, rang: bool) -> str:
    if rang or isinstance(error, TimeoutError):
        return _("The host took too long to answer.")
    if isinstance(error, ssl.SSLError):
        return _("The host could not prove who it is.")
    return _("The host could not be reached.")
