"""Forums and steering groups: who sits there, what they met about, what they decided and asked."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.models import Activity
from partnerships.access import reach_of
from partnerships.models import Agreement, Organisation, Role
from shared.written import clock_with_word, day_with_year


class ForumQuerySet(models.QuerySet["Forum"]):
    """Forums, narrowed."""

    def visible_to(self, user: User) -> Self:
        """Those of agreements that a person's organisations are parties to, and one's own seats."""
        if user.is_superuser:
            return self
        reach = reach_of(user)
        mine = Q(members__user=user)
        if reach.has(Role.AGREEMENT_ADMINISTRATOR, Role.STEERING_GROUP, Role.COORDINATOR):
            own = [one.pk for one in reach.organisations] + list(reach.a_kasser)
            mine |= Q(agreement__parties__organisation__in=own)
        return self.filter(pk__in=Forum.objects.filter(mine).values("pk"))


class Forum(models.Model):
    """A steering group, a forum or directors' meetings of an agreement; aggregates only."""

    class Kind(models.TextChoices):
        STEERING_GROUP = "steering_group", _("steering group")
        FORUM = "forum", _("forum")
        DIRECTORS = "directors", _("directors' meetings")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="forums", verbose_name=_("agreement")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.FORUM)
    name = models.CharField(_("name"), max_length=120)
    meetings_a_year = models.PositiveSmallIntegerField(_("meetings a year at least"), default=2)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="forum_kind_is_known",
                condition=Q(kind__in=["steering_group", "forum", "directors"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Who sits in a forum, for which organisation; with or without an account here."""

    forum = models.ForeignKey(
        Forum, models.CASCADE, related_name="members", verbose_name=_("forum")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="forum_members", verbose_name=_("organisation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="forum_seats",
        verbose_name=_("user"),
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    is_chair = models.BooleanField(_("chair"), default=False)

    class Meta:
        verbose_name = _("member of a forum")
        verbose_name_plural = _("members of forums")
        ordering = ["forum", "name"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_sits_once_in_a_forum", fields=["forum", "name", "organisation"]
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ForumMeetingQuerySet(models.QuerySet["ForumMeeting"]):
    """Meetings of forums, narrowed."""

    def visible_to(self, user: User) -> Self:
        return self.filter(forum__in=Forum.objects.visible_to(user))


class ForumMeeting(models.Model):
    """A meeting of a forum: agenda before, minutes after."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    forum = models.ForeignKey(
        Forum, models.CASCADE, related_name="meetings", verbose_name=_("forum")
    )
    starts_at = models.DateTimeField(_("starts"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED)
    minutes = models.TextField(_("minutes"), blank=True)
    minutes_approved_on = models.DateField(_("minutes approved"), null=True, blank=True)

    objects = ForumMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting of a forum")
        verbose_name_plural = _("meetings of forums")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="forum_meeting_state_is_known",
                condition=Q(state__in=["planned", "held", "cancelled"]),
            ),
            models.UniqueConstraint(
                name="a_forum_meets_once_at_a_time", fields=["forum", "starts_at"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum} {self.starts_at:%d.%m.%Y}"

    @property
    def when(self) -> str:
        """Its day with the year, as meetings lie far apart, and its time."""
        day = day_with_year(timezone.localdate(self.starts_at))
        return f"{day} {clock_with_word(self.starts_at)}"


class AgendaPoint(models.Model):
    """A point of an agenda; `figures` are those of the day it was drawn up: [[name, value], …]."""

    meeting = models.ForeignKey(
        ForumMeeting, models.CASCADE, related_name="agenda", verbose_name=_("meeting")
    )
    order = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("point"), max_length=160)
    text = models.TextField(_("text"), blank=True)
    figures = models.JSONField(_("figures"), default=list, blank=True)

    class Meta:
        verbose_name = _("point of an agenda")
        verbose_name_plural = _("points of agendas")
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(
                name="an_agenda_has_a_number_once",
                fields=["meeting", "order"],
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions of forums, narrowed."""

    def visible_to(self, user: User) -> Self:
        return self.filter(meeting__forum__in=Forum.objects.visible_to(user))


class Decision(models.Model):
    """What a forum decided, who does it and until when."""

    meeting = models.ForeignKey(
        ForumMeeting, models.CASCADE, related_name="decisions", verbose_name=_("meeting")
    )
    text = models.TextField(_("decision"))
    owner = models.ForeignKey(
        Member, models.PROTECT, related_name="decisions", verbose_name=_("owner")
    )
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("done"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Survey(models.Model):
    """A short questionnaire to those who took part; answers are kept without names.

    `questions` is a list of {"key", "text", "kind": "scale" | "yes_no" | "text"}; a scale is 1–5.
    """

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="surveys", verbose_name=_("agreement")
    )
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="surveys",
        verbose_name=_("activity"),
    )
    title = models.CharField(_("title"), max_length=160)
    questions = models.JSONField(_("questions"), default=list)
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("day after the last"))

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(
                name="survey_has_days",
                condition=Q(closes_on__gt=F("opens_on")),
                violation_error_message=_("A survey must close after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyLink(models.Model):
    """A link that was given out; it says that someone answered, never what."""

    survey = models.ForeignKey(
        Survey, models.CASCADE, related_name="links", verbose_name=_("survey")
    )
    key = models.CharField(max_length=64, unique=True)
    used_on = models.DateField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("link to a survey")
        verbose_name_plural = _("links to surveys")

    def __str__(self) -> str:
        return str(self.survey)


class SurveyAnswer(models.Model):
    """One answer to a survey, without a trace of who gave it."""

    survey = models.ForeignKey(
        Survey, models.CASCADE, related_name="answers", verbose_name=_("survey")
    )
    answers = models.JSONField(_("answers"))
    answered_on = models.DateField(_("answered"))

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")

    def __str__(self) -> str:
        return str(self.survey)


class Evaluation(models.Model):
    """What the parties found when they evaluated an agreement, with the figures of that day."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="evaluations", verbose_name=_("agreement")
    )
    evaluated_on = models.DateField(_("evaluated"))
    text = models.TextField(_("what was found"))
    figures = models.JSONField(_("figures"), default=list, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("evaluation of an agreement")
        verbose_name_plural = _("evaluations of agreements")
        ordering = ["-evaluated_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.agreement} {self.evaluated_on:%d.%m.%Y}"


class News(models.Model):
    """What is known of a method that works, told to the parties of an agreement, or to all."""

    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("agreement"),
    )
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    published_on = models.DateField(_("published"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.title
