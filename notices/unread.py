"""How many notices a person has not read: counted once a minute, or when it changed."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction

from accounts.models import User
from notices.models import Notice

SECONDS = 60


def unread_count(user: User) -> int:
    """The number for the bell; from the cache where it is there."""
    mine = Notice.objects.visible_to(user).unread()
    return cache.get_or_set(_key(user.pk), mine.count, SECONDS) or 0


def forget_counts(users: Iterable[int]) -> None:
    """Count anew once this transaction stands."""
    keys = [_key(pk) for pk in users]
    transaction.on_commit(lambda: cache.delete_many(keys))


def _key(pk: int) -> str:
    return f"unread-{pk}"
