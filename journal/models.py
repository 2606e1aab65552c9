"""The journal's two tables: what was done, and what was looked at."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shared.written import clock_text, plain_day


def case_number(case_pk: int | None) -> str:
    """The course as people name it; the journal lies below the courses that know it best."""
    return f"K-{case_pk:06d}" if case_pk else ""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, narrowed."""

    def of_case(self, case_pk: int) -> Self:
        """What happened in one course, newest first."""
        return self.filter(case_pk=case_pk).select_related("by")


class Entry(models.Model):
    """One thing that someone did; the database refuses to change or delete it.

    `case_pk` is the course it concerns; a plain number, because the journal lies below courses.
    """

    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("by"),
        help_text=_("Empty when the calendar did it."),
    )
    what = models.SlugField(_("what"))
    subject_kind = models.CharField(_("subject"), max_length=60)
    subject_pk = models.PositiveBigIntegerField(_("key of the subject"))
    case_pk = models.PositiveBigIntegerField(_("course"), null=True)
    details = models.JSONField(_("details"), default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(name="journal_by_case", fields=["case_pk", "-at"]),
            models.Index(name="journal_by_subject", fields=["subject_kind", "subject_pk"]),
        ]

    def __str__(self) -> str:
        return _title(self)


class Look(models.Model):
    """One look at a citizen, or a search among them; append-only like the entries."""

    class Kind(models.TextChoices):
        COURSE = "course", _("course page")
        FORECAST = "forecast", _("forecast before a hand-over")
        CPR = "cpr", _("CPR number shown")
        SEARCH = "search", _("search")
        LIST = "list", _("list")
        EXPORT = "export", _("export")
        GRANT = "grant", _("access with a reason")
        HEALTH = "health", _("health data")

    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    case_pk = models.PositiveBigIntegerField(_("course"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(name="looks_by_case", fields=["case_pk", "-at"]),
            models.Index(name="looks_by_person", fields=["by", "-at"]),
        ]

    def __str__(self) -> str:
        return _title(self, self.get_kind_display())


def _title(row: Entry | Look, *words: str) -> str:
    """What a row is called in the admin site."""
    at = f"{plain_day(timezone.localdate(row.at))} {clock_text(row.at)}"
    return " · ".join(filter(None, (at, *words, case_number(row.case_pk))))
