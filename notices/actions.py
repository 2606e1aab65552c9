"""Telling people of something, and what they do with what they are told."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from notices.models import Mail, Notice
from notices.unread import forget_counts
from notices.words import KINDS


@transaction.atomic(savepoint=False)
def tell(  # noqa: PLR0913 (each is a column)
    users: Iterable[User],
    kind: str,
    *,
    case_number: str,
    url: str,
    at: datetime,
    about: str = "",
    by: User | None = None,
) -> int:
    """Tell each person once, but not the one who did it; say how many did not know yet.

    `about` is a word or two on screen and, like the rest, knows no names. What a person has not
    read yet is not said again: the notice that stands moves up.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind} has no words in notices/words.py")
    told = {user.pk for user in users} - {by.pk if by else None}
    same = Notice.objects.unread().filter(user__in=told, kind=kind, url=url)
    standing = set(same.values_list("user", flat=True))
    if standing:
        same.update(at=at, about=about)
    Notice.objects.bulk_create(
        [
            Notice(user_id=pk, kind=kind, case_number=case_number, url=url, at=at, about=about)
            for pk in sorted(told - standing)
        ],
        ignore_conflicts=True,  # somebody else tells the same just now
    )
    forget_counts(told)
    return len(told - standing)


def settle(
    kind: str,
    *,
    url: str,
    by: User | None,  # noqa: ARG001 (acts are signed)
    at: datetime,
) -> int:
    """What somebody was asked is answered: the alert goes away for everyone who was told."""
    waiting = Notice.objects.unread().filter(kind=kind, url=url)
    people = list(waiting.values_list("user", flat=True))
    waiting.update(read_at=at)
    forget_counts(people)
    return len(people)


def read(notice: Notice, *, by: User, at: datetime) -> Notice:
    """Mark a notice as read."""
    _check_own(notice, by)
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
        forget_counts([by.pk])
    return notice


@transaction.atomic
def unread(notice: Notice, *, by: User) -> Notice:
    """Take back that a notice was read; one that says the same and is unread gives way."""
    _check_own(notice, by)
    same = Notice.objects.visible_to(by).unread().filter(kind=notice.kind, url=notice.url)
    same.exclude(pk=notice.pk).delete()
    notice.read_at = None
    notice.save(update_fields=["read_at"])
    forget_counts([by.pk])
    return notice


def read_all(*, by: User, at: datetime) -> int:
    """Mark everything as read, and say how many that were; `at` is the mark to undo it by."""
    changed = Notice.objects.visible_to(by).unread().update(read_at=at)
    forget_counts([by.pk])
    return changed


@transaction.atomic
def unread_all(*, by: User, at: datetime) -> int:
    """Take back the marking of everything at a moment; what came again since stays one."""
    own = Notice.objects.visible_to(by)
    again = set(own.unread().values_list("kind", "url"))
    mine = [one.pk for one in own.filter(read_at=at) if (one.kind, one.url) not in again]
    changed = own.filter(pk__in=mine).update(read_at=None)
    forget_counts([by.pk])
    return changed


def _check_own(notice: Notice, by: User) -> None:
    if notice.user_id != by.pk:
        raise PermissionError("a notice is read by the person it tells")


@transaction.atomic
def try_again(mails: Iterable[Mail], *, by: User, at: datetime) -> list[Mail]:  # noqa: ARG001 (the admin site logs who)
    """Put mail that failed back into the outbox; what may have arrived can then arrive twice."""
    keys = [mail.pk for mail in mails]
    failed = Mail.objects.select_for_update().filter(pk__in=keys, state=Mail.State.FAILED)
    for mail in failed:
        mail.state, mail.next_at, mail.tries = Mail.State.WAITING, at, 0
        mail.save(update_fields=["state", "next_at", "tries"])
    return list(failed)
