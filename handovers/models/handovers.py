"""The hand-over of a course: its day is the law's, its state is what the two parties did."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import ChoiceKind, Course, JobSearchStatus, Party
from courses.models.citizens import visible_courses
from handovers.models.sheets import Sheet
from handovers.wording import leaving_in_words
from meetings.models import Meeting
from partnerships.access import reach_of

Item = JobSearchStatus.Item
CHOICES = {"visited_out": ChoiceKind.VISITED_OUT, "chosen": ChoiceKind.CHOOSE_JOBCENTRE}
TO_ANSWER = timedelta(7)  # for a day that was not known before it came
AHEAD = timedelta(30)  # from when the jobcentre reads the forecast (formats/demo.md)


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Hand-overs, narrowed."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """Those of courses the user may read, and, for a jobcentre, those it may foresee.

        An a-kasse that lost a member reads what was made up to the last day of membership.
        """
        reach = reach_of(user, on=on)
        foreseen = Q(course__jobcentre__in=reach.jobcentres, moves_on__lte=on + AHEAD)
        rows = self.filter(visible_courses(user, on=on, path="course__") | foreseen)
        if reach.a_kasser:
            rows = rows.filter(
                Q(course__ends_on=None) | Q(created_at__date__lt=F("course__ends_on"))
            )
        return rows

    def standing(self) -> Self:
        """Those that the law still gives."""
        return self.exclude(state=Handover.State.LAPSED)

    def open(self) -> Self:
        """Those that nobody has accepted yet."""
        return self.filter(state__in=Handover.OPEN)

    def waiting_for(self, side: str) -> Self:
        """Those in which a party is to act: the a-kasse writes, the jobcentre answers."""
        states = [Handover.State.SHEET_READY]
        if side == Party.A_KASSE:
            states = [Handover.State.COMING, Handover.State.RETURNED]
        return self.filter(state__in=states)

    def overdue(self, *, on: date) -> Self:
        """Those that ought to have been accepted, as `Handover.is_overdue` says."""
        in_time = Q(known_on__lt=F("moves_on"))
        late = Q(known_on__gte=F("moves_on"), known_on__lte=on - TO_ANSWER)
        return self.open().filter(in_time | late, moves_on__lte=on)

    def coming(self, *, on: date) -> Self:
        return self.standing().filter(moves_on__gt=on)

    def done(self, *, on: date) -> Self:
        return self.filter(accepted_at__isnull=False, moves_on__lte=on)

    def with_checklist(self) -> Self:
        """With the day of each item of the checklist, where it is done."""
        interviews = Meeting.objects.filter(
            course=OuterRef("course"),
            held_by=Party.JOBCENTRE,
            state__in=[Meeting.State.BOOKED, Meeting.State.HELD],
            starts_at__date__gte=OuterRef("moves_on"),
        ).exclude(kind="recruitment")
        sheets = Sheet.objects.filter(handover=OuterRef("pk")).sent()
        return self.annotate(
            min_plan_on=_in_order(Item.MIN_PLAN),
            cv_on=_in_order(Item.CV),
            sheet_at=Subquery(sheets.order_by("-version").values("sent_at")[:1]),
            interview_at=Subquery(interviews.order_by("starts_at").values("starts_at")[:1]),
        )

    def for_page(self) -> Self:
        return self.select_related(
            "course__citizen", "course__a_kasse__successor", "course__jobcentre",
            "course__municipality", "course__caseworker", "course__consultant",
            "accepted_by", "returned_by",
        )  # fmt: skip


def _in_order(item: str) -> Subquery:
    """The day on which an item of the search for work was in order, if its newest word says so."""
    said = JobSearchStatus.objects.filter(course=OuterRef("course"), item=item)
    done_on = Case(When(state=JobSearchStatus.State.DONE, then=F("as_of")))
    newest = said.order_by("-as_of", "-pk").annotate(done_on=done_on)
    return Subquery(newest.values("done_on")[:1])


class Handover(models.Model):
    """The passing of a course to the jobcentre. The law moves it on its day, whatever is missing.

    `moves_on` is the jobcentre's first day, as the stored answers have it; `told_days` the
    smallest number of days ahead that people were told at; `known_on` the day on which this day
    became known here. `handovers.actions` and `handovers.preparing` write it.
    """

    class State(models.TextChoices):
        COMING = "coming", _("sheet missing")
        SHEET_READY = "sheet_ready", _("waits for acceptance")
        RETURNED = "returned", _("returned")
        ACCEPTED = "accepted", _("accepted")
        DONE = "done", _("handed over")
        LAPSED = "lapsed", _("lapsed")

    class Basis(models.TextChoices):
        HOURS = "R24-05", _("end of the month with more than 410 hours")
        WEEKS = "R09-10", _("26 weeks of unemployment")
        VISITED_OUT = "visited_out", _("visited to the jobcentre")
        CHOSEN = "chosen", _("the citizen chose the jobcentre")

    OPEN = (State.COMING, State.SHEET_READY, State.RETURNED)

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="handovers", verbose_name=_("contact course")
    )
    basis = models.CharField(_("why"), max_length=11, choices=Basis)
    moves_on = models.DateField(_("first day at the jobcentre"))
    known_on = models.DateField(_("day known since"), default=timezone.localdate)
    is_forecast = models.BooleanField(_("forecast"), default=False)
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.COMING)
    told_days = models.PositiveSmallIntegerField(_("told days ahead"), null=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    returned_at = models.DateTimeField(_("returned"), null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("returned by"),
    )
    returned_reason = models.CharField(_("why returned"), max_length=300, blank=True)
    escalated_at = models.DateTimeField(_("escalated"), null=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["moves_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_course_is_handed_over_once", fields=["course"]),
            models.CheckConstraint(
                name="handover_state_is_known",
                condition=Q(
                    state__in=["coming", "sheet_ready", "returned", "accepted", "done", "lapsed"]
                ),
            ),
            models.CheckConstraint(
                name="an_accepted_handover_says_by_whom",
                condition=~Q(state__in=["accepted", "done"])
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_returned_handover_says_why",
                condition=~Q(state="returned") | ~Q(returned_reason=""),
            ),
        ]
        indexes = [models.Index(name="handovers_by_day", fields=["moves_on", "state"])]

    def __str__(self) -> str:
        return f"{self.course} {self.moves_on}"

    def get_absolute_url(self) -> str:
        """The page of the hand-over; the case number is all it says."""
        return reverse("handovers:handover", args=[self.course.case_number])

    @property
    def last_on(self) -> date:
        """The last day at the a-kasse."""
        return self.moves_on - timedelta(1)

    @property
    def is_open(self) -> bool:
        """Whether nobody has accepted it yet."""
        return self.state in self.OPEN

    def has_passed(self, *, on: date) -> bool:
        """Whether the law has moved the course although nobody accepted."""
        return self.is_open and self.moves_on <= on

    def is_overdue(self, *, on: date) -> bool:
        """Whether it ought to have been accepted; what nobody could foresee has a week for that.

        The week begins when the day became known: a choice, hours reported late, the first night
        of a database that comes from elsewhere.
        """
        foreseen = self.known_on < self.moves_on
        return self.has_passed(on=on) and (foreseen or self.known_on + TO_ANSWER <= on)

    def basis_in_words(self) -> str:
        """Why the course passes, with the name of who gets it where somebody chose that."""
        kind = CHOICES.get(self.basis)
        return leaving_in_words(kind, self.course) if kind else str(self.get_basis_display())
