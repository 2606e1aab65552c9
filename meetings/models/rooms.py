"""Rooms and video links for interviews."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation


class Room(models.Model):
    """A room, or a video link, that one interview at a time can use."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="rooms", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=60)
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(
        _("link"),
        blank=True,
        help_text=_("Where people join a video interview. The summons to one says it."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["organisation", "name"]
        constraints = [
            models.UniqueConstraint(
                name="a_room_is_named_once_in_an_organisation", fields=["organisation", "name"]
            ),
        ]

    def __str__(self) -> str:
        return self.name
