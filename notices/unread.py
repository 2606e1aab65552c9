"""How many notices a person has not read: counted once a minute, or when it changed.

Without a cache it is counted on every page.
"""

import logging
from collections.abc import Iterable

from django.core.cache import cache
from django.db import connection, transaction

from accounts.models import User
from notices.models import Notice

SECONDS = 60
log = logging.getLogger(__name__)


def unread_count(user: User) -> int:
    """The number for the bell; from the cache where it is there."""
    key = _key(user.pk)
    try:
        known: int | None = cache.get(key)
    except Exception:
        log.exception("the cache does not answer: notices are counted")
        return _counted(user)
    if known is None:
        known = _counted(user)
        _keep(key, known)
    return known


def forget_counts(users: Iterable[int]) -> None:
    """Count anew once this transaction stands; without a cache nothing is kept anyway."""
    keys = [_key(pk) for pk in users]
    transaction.on_commit(lambda: cache.delete_many(keys), robust=True)


def _counted(user: User) -> int:
    return Notice.objects.visible_to(user).unread().count()


def _keep(key: str, count: int) -> None:
    try:
        cache.add(key, count, SECONDS)
    except Exception:
        log.exception("the cache does not answer: nothing is kept")


def _key(pk: int) -> str:
    """Of which database, too: two that share a cache have the same keys for other people."""
    return f"unread-{connection.settings_dict['NAME']}-{pk}"
