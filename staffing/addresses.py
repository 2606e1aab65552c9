"""Addresses of calendars: which may be asked, and which machines may answer for them."""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from shared.refusals import Refused
from staffing.models import AllowedHost

HTTPS = 443
# Networks whose addresses carry one of the fourth version in their last 32 bits (RFC 6052).
TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))

IP = IPv4Address | IPv6Address
Resolve = Callable[..., Iterable[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a calendar is asked for: an allowed host, a port and what stands behind them."""

    host: str
    port: int
    path: str


def place_of(address: str) -> Place:
    """The parts of an address that may be asked; refuses every other, and says why."""
    parts = _parts_of(address)
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme != "https" or not host:
        raise Refused(_("Write an address that begins with https://."))
    if parts.username is not None or parts.password is not None:
        raise Refused(_("Write the address without a user name and password."))
    port = _port_of(parts.port)
    if not AllowedHost.objects.filter(host__iexact=host).exists():
        raise Refused(
            _("Calendars are not read from %(host)s. A system administrator adds hosts.")
            % {"host": host}
        )
    return Place(host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def machines_of(place: Place, *, resolve: Resolve = socket.getaddrinfo) -> list[str]:
    """The numeric addresses of a host, each looked at; one that is not public refuses them all.

    Who connects uses these numbers and never asks for the name again: between two answers a
    name may come to mean a machine inside.
    """
    try:
        rows = list(resolve(place.host, place.port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError) as error:
        raise Refused(_("The host of the calendar was not found.")) from error
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    if not found:
        raise Refused(_("The host of the calendar was not found."))
    if not all(may_be_asked(one) for one in found):
        raise Refused(_("The host leads into an inner network, and is not asked."))
    return found


def may_be_asked(address: str) -> bool:
    """Whether a machine lies in the open network; loopback alone where a test says so."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if found.is_loopback:
        return bool(settings.CALENDARS_FROM_LOOPBACK)
    return all(_is_public(one) for one in _meant(found))


def _is_public(one: IP) -> bool:
    return one.is_global and not (one.is_multicast or one.is_reserved or one.is_unspecified)


def _meant(found: IP) -> list[IP]:
    """The address, and those of the fourth version that it carries through a gateway."""
    if isinstance(found, IPv4Address):
        return [found]
    inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
    if any(found in network for network in TRANSLATED):
        inner.append(IPv4Address(int(found) & 0xFFFFFFFF))
    carried = [one for one in inner if one is not None]
    return list(carried) if found.ipv4_mapped else [found, *carried]


def _parts_of(address: str) -> Any:  # noqa: ANN401 (SplitResult, whose port may raise)
    if any(ord(letter) <= ord(" ") or ord(letter) > ord("~") for letter in address):
        raise Refused(_("Write an address that begins with https://."))
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 (raises where it is no number)
    except ValueError as error:
        raise Refused(_("Write an address that begins with https://.")) from error
    return parts


def _port_of(port: int | None) -> int:
    if port in (None, HTTPS) or settings.CALENDARS_FROM_LOOPBACK:
        return port or HTTPS
    raise Refused(_("Write the address without a port."))
