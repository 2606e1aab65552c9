"""Readers of the environment: each setting comes from there, and says so when it is missing."""

import base64
import binascii
import os
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from django.core.exceptions import ImproperlyConfigured

HINT = "docs/operations.md lists every variable; `make run` makes its own"
KEY_BYTES = 32
WORDS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def text(name: str, default: str | None = None) -> str:
    """A variable as it stands; without a default it must be there."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set ({HINT}).")
    return value


def flag(name: str, *, default: bool) -> bool:
    """A variable that is 1 or 0."""
    word = text(name, "1" if default else "0").lower()
    if word not in WORDS:
        raise ImproperlyConfigured(f"{name} is 1 or 0, not {word!r}.")
    return WORDS[word]


def number(name: str, default: int) -> int:
    """A variable that is a whole number."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is a whole number, not {value!r}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A variable that lists names with commas between."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def key(name: str) -> bytes:
    """A variable that holds 32 secret bytes, written in base64."""
    return _key_bytes(name, text(name))


def keys(name: str) -> dict[int, bytes]:
    """Secret keys by number, `2:…,1:…`; the first one encrypts, all of them decrypt."""
    pairs = [pair.partition(":") for pair in words(name)] or [text(name).partition(":")]
    if not all(number.isdecimal() and int(number) < 256 for number, _, _ in pairs):  # noqa: PLR2004 (one byte)
        raise ImproperlyConfigured(f"{name} is written `number:key,number:key` ({HINT}).")
    return {int(number): _key_bytes(name, written) for number, _, written in pairs}


def _key_bytes(name: str, written: str) -> bytes:
    try:
        secret = base64.b64decode(written, validate=True)
    except binascii.Error as error:
        raise ImproperlyConfigured(f"{name} is not base64 ({HINT}).") from error
    if len(secret) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} must hold {KEY_BYTES} bytes, not {len(secret)}.")
    return secret


def database(url: str) -> dict[str, Any]:
    """Django's database settings from `postgres://user:password@host:port/name?host=/socket/folder`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL begins with postgres://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": options.pop("port", None) or str(parts.port or ""),
        "OPTIONS": options,
    }


def limited(settings: dict[str, Any], *, statement_seconds: int) -> dict[str, Any]:
    """The same database, where no statement may take longer; 0 is no limit."""
    if not statement_seconds:
        return settings
    options = settings["OPTIONS"]
    own = f"{options.get('options', '')} -c statement_timeout={statement_seconds}s".strip()
    return settings | {"OPTIONS": options | {"options": own}}


def redis_numbered(url: str, *, add: int) -> str:
    """The same Redis or Valkey server, some databases further on."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if parts.scheme == "unix":
        return _put(parts, query | {"db": str(int(query.get("db", 0)) + add)})
    number = int(parts.path.strip("/") or 0) + add
    return _put(parts._replace(path=f"/{number}"), query)


def celery_broker(url: str) -> str:
    """The same server as Celery names it: a socket is `redis+socket://…?virtual_host=0` there."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if parts.scheme == "unix":
        query["virtual_host"] = query.pop("db", "0")
        return _put(parts._replace(scheme="redis+socket"), query)
    if parts.scheme == "rediss":
        query.setdefault("ssl_cert_reqs", "required")
    return _put(parts, query)


def _put(parts: SplitResult, query: dict[str, str]) -> str:
    """The address again; `urlunsplit` would drop the slashes before an empty host."""
    tail = f"?{urlencode(query, safe='/')}" if query else ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}{tail}"
