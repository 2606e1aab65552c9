"""CPR numbers: read, checked, masked, and kept encrypted with a keyed index for look-up.

Facts: ten digits DDMMYYSSSS; digit 7 and the year give the century; numbers that fail modulus 11
are valid (CPR office, 2007 on); a day of 61-91 is a substitute number (erstatningspersonnummer).
"""

import hmac
import os
import re
from datetime import date
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

WRITTEN = re.compile(r"(\d{6})[- ]?(\d{4})")
LIKE = re.compile(r"\d{6}[- ]?\d{4}")
IN_A_TEXT = re.compile(
    r"(?<!\d)(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(0[1-9]|1[0-2])\d\d\s?[-–/]?\s?\d{4}(?!\d)"
)
SUBSTITUTE = 60
NONCE = 12


class BadCpr(ValueError):
    """The text is no CPR number; the message says what is wrong without repeating it."""


def parse_cpr(text: str) -> str:
    """The ten digits of a CPR number written with or without a hyphen."""
    written = WRITTEN.fullmatch(text.strip())
    if not written:
        raise BadCpr(_("a CPR number has ten digits: ddmmyy-xxxx"))
    digits = written[1] + written[2]
    born(digits)
    return digits


def looks_like_cpr(text: str) -> bool:
    """Whether a text may hold a CPR number, so that it must not stand in an address or a log."""
    return bool(LIKE.search(text))


def holds_cpr(text: str) -> bool:
    """Whether a remark holds a CPR number: ten digits that begin with a date, as few others do."""
    return bool(IN_A_TEXT.search(text))


def born(digits: str) -> date:
    """The birth date in a CPR number; a day above 60 belongs to a substitute number."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day -= SUBSTITUTE if day > SUBSTITUTE else 0
    try:
        return date(_century(int(digits[6]), year) + year, month, day)
    except ValueError as error:
        raise BadCpr(_("the first six digits are no date")) from error


def _century(seventh: int, year: int) -> int:
    if seventh <= 3:  # noqa: PLR2004 (the CPR office's table)
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900  # noqa: PLR2004
    return 2000 if year <= 57 else 1800  # noqa: PLR2004


def masked(birthday: date) -> str:
    """What the screen shows: the birth date and four dots."""
    return f"{birthday:%d%m%y}-••••"


def written(digits: str) -> str:
    """The number as people write it."""
    return f"{digits[:6]}-{digits[6:]}"


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def index_of(digits: str) -> bytes:
    """A keyed fingerprint (HMAC-SHA256, 32 bytes): equal numbers, equal fingerprints."""
    return hmac.new(settings.CPR_INDEX_KEY, digits.encode(), sha256).digest()


def sealed(content: bytes, *, bound_to: bytes) -> bytes:
    """Content encrypted with the newest key; readable only with the same `bound_to`.

    The envelope is the key's number (one byte), a nonce (12 bytes) and the ciphertext.
    """
    key_id, key = next(iter(settings.CPR_KEYS.items()))
    nonce = os.urandom(NONCE)
    return bytes([key_id]) + nonce + _cipher(key).encrypt(nonce, content, bound_to)


def opened(envelope: bytes | memoryview, *, bound_to: bytes | memoryview) -> bytes:
    """The content of a sealed envelope; fails closed when key, content or binding do not fit."""
    envelope = bytes(envelope)
    key = settings.CPR_KEYS[envelope[0]]
    return _cipher(key).decrypt(envelope[1 : 1 + NONCE], envelope[1 + NONCE :], bytes(bound_to))
