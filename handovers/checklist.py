"""What is to be ready when a course passes: four things, each with the step that does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Party
from handovers.models import Handover
from shared.written import short_day


@dataclass(frozen=True, slots=True)
class Item:
    """One thing: since when it is ready, or the step that makes it so."""

    name: str
    done: str
    url: str = ""
    step: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left to do about it."""
        return bool(self.done)


def checklist_of(handover: Handover, side: Party | None) -> tuple[Item, ...]:
    """The four things, as one side may do something about them; read `with_checklist`."""
    own_a_kasse, own_jobcentre = side == Party.A_KASSE, side == Party.JOBCENTRE
    say = ("", "")
    if own_a_kasse:
        say = (reverse("courses:record_job_search", args=[_number(handover)]), _("Record"))
    write = ("", "")
    if own_a_kasse and handover.is_open:
        write = (reverse("handovers:sheet", args=[_number(handover)]), _("Write"))
    book = ("", "")
    if own_jobcentre and handover.accepted_at:
        book = (reverse("handovers:first_interview", args=[_number(handover)]), _("Book"))
    return (
        Item(_("Min Plan is up to date"), _day(_of(handover, "min_plan_on")), *say),
        Item(_("The CV is approved"), _day(_of(handover, "cv_on")), *say),
        Item(_("Summary from the a-kasse"), _day(_of(handover, "sheet_at")), *write),
        Item(
            _("First interview at %(house)s is booked")
            % {"house": handover.course.jobcentre.short},
            _day(_of(handover, "interview_at")),
            *book,
        ),
    )


def ready_of(items: Sequence[Item]) -> str:
    """How much is ready."""
    count = sum(item.is_ready for item in items)
    return _("%(count)d of %(all)d ready") % {"count": count, "all": len(items)}


def _of(handover: Handover, name: str) -> date | datetime | None:
    found: date | datetime | None = getattr(handover, name)
    return found


def _number(handover: Handover) -> str:
    return handover.course.case_number


def _day(said: date | datetime | None) -> str:
    if said is None:
        return ""
    return short_day(timezone.localdate(said) if isinstance(said, datetime) else said)
