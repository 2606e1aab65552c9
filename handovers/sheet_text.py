"""What a new hand-over sheet says before anyone has written in it: what the course knows."""

from datetime import date

from django.utils.translation import gettext as _

from courses import job_search
from courses.models import Course, HeldMeeting, JobSearchStatus
from handovers.models import Handover, Sheet
from meetings.models import Agreed, Meeting
from shared.written import plain_day

Item = JobSearchStatus.Item
COPIED = (
    "cv", "min_plan", "requirements", "interviews", "agreed", "barriers", "job_club",
    "next_actions", "citizen_told_on", "participation",
)  # fmt: skip


def sheet_to_write(handover: Handover, *, on: date) -> Sheet:
    """The draft; else a new version with what the last one said; else what the course knows."""
    draft = handover.sheets.drafts().first()
    if draft:
        return draft
    last = handover.sheets.sent().order_by("-version").first()
    version = last.version + 1 if last else 1
    if last:
        said = {name: getattr(last, name) for name in COPIED}
        return Sheet(handover=handover, version=version, **said)
    return Sheet(handover=handover, version=version, **known_of(handover.course, on=on))


def known_of(course: Course, *, on: date) -> dict[str, str]:
    """The parts that follow from what is stored."""
    said = job_search.newest(course)
    return {
        "cv": _status(said.get(Item.CV)),
        "min_plan": _status(said.get(Item.MIN_PLAN)),
        "requirements": _status(said.get(Item.REQUIREMENTS)),
        "interviews": _interviews(course, on=on),
        "agreed": _agreed(course),
        "next_actions": _next_step(course),
    }


def _status(status: JobSearchStatus | None) -> str:
    if status is None:
        return ""
    said = f"{status.get_state_display()}, {plain_day(status.as_of)}"
    said = said[:1].upper() + said[1:]
    return f"{said}. {status.remark}" if status.remark else f"{said}."


def _interviews(course: Course, *, on: date) -> str:
    held = HeldMeeting.objects.standing().filter(
        citizen=course.citizen_id, held_on__gte=course.placed_on, held_on__lte=on
    )
    rows = held.exclude(kind__in=["sickness", "recruitment"]).order_by("held_on", "pk")
    return "\n".join(
        f"{plain_day(one.held_on)} {one.get_kind_display()}, {one.get_by_display()}" for one in rows
    )


def _agreed(course: Course) -> str:
    rows = Agreed.objects.filter(meeting__course=course, done_on=None).order_by("pk")
    return "\n".join(
        f"{one.get_who_display().capitalize()}: {one.what.rstrip('. ')}"
        + (f" ({_by(one.by_day)})" if one.by_day else "")
        for one in rows
    )


def _by(day: date) -> str:
    return _("at the latest %(day)s") % {"day": plain_day(day)}


def _next_step(course: Course) -> str:
    held = Meeting.objects.filter(course=course, state=Meeting.State.HELD).exclude(next_step="")
    last = held.order_by("-starts_at").first()
    return last.next_step if last else ""
