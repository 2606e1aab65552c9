"""Private calendar addresses: whoever knows one reads times and case numbers, and no names."""

import hashlib
import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from meetings.models.rooms import Room
from partnerships.access import reach_of

BYTES = 32
SEEN_ANEW = 3600  # seconds after which another reading is written down


def new_token() -> str:
    """256 random bits, as they stand in an address."""
    return secrets.token_urlsafe(BYTES)


def fingerprint(token: str) -> str:
    """What is kept of a token: enough to know it again, too little to make it from."""
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Calendar addresses, narrowed."""

    def visible_to(self, user: User) -> Self:
        """One's own, and those of the rooms that one plans."""
        return self.filter(Q(user=user) | Q(room__organisation__in=reach_of(user).booking_at))

    def standing(self) -> Self:
        return self.filter(revoked_at=None)


class CalendarFeed(models.Model):
    """The address of the calendar of one worker or one room; the token itself is not kept."""

    user = models.ForeignKey(
        User,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar_feeds",
        verbose_name=_("worker"),
    )
    room = models.ForeignKey(
        Room,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar_feeds",
        verbose_name=_("room"),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    changed_at = models.DateTimeField(_("calendar changed"))

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.CheckConstraint(
                name="a_calendar_is_a_workers_or_a_rooms",
                condition=Q(user__isnull=False, room=None) | Q(user=None, room__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_worker_has_one_calendar_address",
                fields=["user"],
                condition=Q(revoked_at=None, user__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_room_has_one_calendar_address",
                fields=["room"],
                condition=Q(revoked_at=None, room__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.room)
