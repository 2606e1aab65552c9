"""The address by which a citizen opens one interview: made from a link's key, signed, not kept.

`key-signature`: the key in hexadecimal and 128 bits of HMAC-SHA256 over it in base32, small
letters and digits that are read from paper without doubt. The key of the HMAC is derived from
`SECRET_KEY` for this alone. When that is replaced, `SECRET_KEY_FALLBACKS` keep the addresses of
letters that are out.
"""

import hmac
from base64 import b32encode
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from meetings.models import CitizenLink, Meeting
from meetings.models.links import CitizenLinkQuerySet
from shared.dates import start_of

PURPOSE = "meetings.citizen_links"
SIGNATURE_BYTES = 16
KEY_DIGITS = 16  # a key of 64 bits
DAY = timedelta(1)
SAMPLE = f"{settings.PUBLIC_URL}/s/…/"  # in a letter that is only looked at
SHOWN = (Meeting.State.BOOKED, Meeting.State.HELD, Meeting.State.NO_SHOW)


def address_of(meeting: Meeting, *, at: datetime) -> str:
    """The path of the citizen's page of a booked interview; it stays the same when that moves."""
    link, _is_new = CitizenLink.objects.get_or_create(
        meeting=meeting,
        revoked_at=None,
        defaults={"made_at": at, "expires_at": expiry_of(meeting)},
    )
    return _path(link)


def url_of(meeting: Meeting, *, at: datetime) -> str:
    """The same with the machine's name, as a letter says it."""
    return f"{settings.PUBLIC_URL}{address_of(meeting, at=at)}"


def first_url_of(meeting: Meeting, *, at: datetime) -> str:
    """The same for an interview that this transaction has made: it has no link yet."""
    link = CitizenLink.objects.create(meeting=meeting, made_at=at, expires_at=expiry_of(meeting))
    return f"{settings.PUBLIC_URL}{_path(link)}"


def expiry_of(meeting: Meeting) -> datetime:
    """From when nobody opens it any more: the beginning of the day after the interview."""
    return start_of(timezone.localdate(meeting.starts_at) + DAY)


def token_of(link: CitizenLink) -> str:
    """What stands in the address."""
    return f"{link.pk:x}-{_signature(link.pk, settings.SECRET_KEY)}"


def _path(link: CitizenLink) -> str:
    return reverse("selfservice:page", args=[token_of(link)])


def link_behind(token: str, *, at: datetime) -> CitizenLink | None:
    """The link of an address; none when it is wrong or expired, whichever it is."""
    key = _signed_key(token.lower())
    if key is None:
        return None
    stands = Q(revoked_at=None, meeting__state__in=SHOWN)
    told_of = stands | Q(meeting__state=Meeting.State.CANCELLED)  # that it is off can be read
    rows = CitizenLink.objects.filter(told_of, expires_at__gt=at).select_related(
        "meeting__course__jobcentre", "meeting__course__a_kasse", "meeting__duty", "meeting__room"
    )
    return rows.filter(pk=key).first()


def follow(meeting: Meeting) -> None:
    """Let the link of a moved interview last as long as the new time asks for."""
    _standing(meeting).update(expires_at=expiry_of(meeting))


def revoke(meeting: Meeting, *, at: datetime) -> None:
    """End the link of an interview that is cancelled."""
    _standing(meeting).update(revoked_at=at)


def _standing(meeting: Meeting) -> CitizenLinkQuerySet:
    return CitizenLink.objects.filter(meeting=meeting, revoked_at=None)


def _signed_key(token: str) -> int | None:
    """The key in an address whose signature is right."""
    written, _hyphen, signature = token.partition("-")
    if not (0 < len(written) <= KEY_DIGITS and set(written) <= set("0123456789abcdef")):
        return None
    key = int(written, 16)
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return key if _is_right(signature, [_signature(key, one) for one in secrets]) else None


def _is_right(signature: str, expected: Iterable[str]) -> bool:
    """Whether a signature is one of those expected; each is compared, in constant time."""
    given = signature.encode()
    return any([hmac.compare_digest(given, one.encode()) for one in expected])  # noqa: C419 (all of them)


def _signature(key: int, secret: str | bytes) -> str:
    made = salted_hmac(PURPOSE, str(key), secret=secret, algorithm="sha256").digest()
    return b32encode(made[:SIGNATURE_BYTES]).decode().rstrip("=").lower()
