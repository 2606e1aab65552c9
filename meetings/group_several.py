"""Rows of a worklist enrolled in one group meeting: what would become of each, and what did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.models import Course
from meetings.group_access import may_enrol
from meetings.group_page import counted, named
from meetings.group_plans import Tried
from meetings.models import Enrolment, GroupMeeting
from meetings.several import Chosen


@dataclass(frozen=True, slots=True)
class Line:
    """One citizen: what will happen or has, or why nothing."""

    key: int
    name: str
    case: str
    url: str
    said: str
    tone: str
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class SeveralShown:
    """The meetings to choose from, the one that was chosen, and the rows."""

    duties: str
    options: Sequence[tuple[int, str]]
    hidden: int
    chosen: GroupMeeting | None = None
    chosen_name: str = ""
    lines: Sequence[Line] = ()
    is_done: bool = False
    summary: str = ""

    @property
    def is_of_use(self) -> bool:
        """Whether anybody would be enrolled."""
        return not all(one.is_skipped for one in self.lines)

    def with_result(self, tried: Tried) -> "SeveralShown":
        """The page after the act."""
        became = {one.course.case_number: _became(one) for one in (*tried.seated, *tried.waiting)}
        became |= {case: (reason, "missed") for case, reason in tried.refused}
        untouched = (_("Left out"), "none")
        words = {
            "seated": len(tried.seated),
            "waiting": len(tried.waiting),
            "refused": len(tried.refused),
        }
        return replace(
            self,
            is_done=True,
            lines=[
                replace(one, said=said, tone=tone)
                for one in self.lines
                for said, tone in [became.get(one.case, untouched)]
            ],
            summary=_("%(seated)d have a seat, %(waiting)d wait, %(refused)d are not enrolled.")
            % words,
        )


def groups_for(
    rows: QuerySet[GroupMeeting], courses: Iterable[Course], *, at: datetime
) -> list[GroupMeeting]:
    """The meetings to come that a party of one of the courses holds or is invited to."""
    open_ = rows.filter(state=GroupMeeting.State.PLANNED, starts_at__gt=at)
    houses = {key for one in courses for key in (one.jobcentre_id, one.a_kasse_id)}
    return [
        one
        for one in counted(open_).order_by("starts_at", "pk")
        if {one.organisation_id, one.invited_id} & houses
    ]


def several_shown(
    chosen: Chosen,
    courses: Sequence[Course],
    groups: Sequence[GroupMeeting],
    found: GroupMeeting | None,
) -> SeveralShown:
    """The page before the act: first which meeting, then what becomes of each."""
    shown = SeveralShown(
        duties=",".join(str(one.pk) for one in chosen.duties),
        options=[(one.pk, named(one)) for one in groups],
        hidden=chosen.hidden,
    )
    if found is None:
        return shown
    lines = _lines(chosen, courses, found)
    return replace(shown, chosen=found, chosen_name=named(found), lines=lines)


def _lines(chosen: Chosen, courses: Sequence[Course], group: GroupMeeting) -> list[Line]:
    standing = Enrolment.objects.standing().filter(group=group, course__in=courses)
    enrolled = set(standing.values_list("course", flat=True))
    free = group.seats - group.taken  # type: ignore[attr-defined]  # annotated
    found = []
    for course in courses:
        said, tone = _("Gets a seat, and a summons"), "booked"
        skipped = ""
        if course.pk in enrolled:
            skipped = _("The citizen is enrolled already.")
        elif not may_enrol(chosen.user, group, course, on=chosen.on):
            skipped = _("The citizen belongs to none of the parties of this meeting.")
        elif free <= 0:
            said, tone = _("Comes on the waiting list"), "none"
        else:
            free -= 1
        found.append(
            Line(
                course.pk,
                str(course.citizen.name),
                str(course.case_number),
                course.get_absolute_url(),
                skipped or said,
                "none" if skipped else tone,
                bool(skipped),
            )
        )
    return found


def _became(one: Enrolment) -> tuple[str, str]:
    if one.state == Enrolment.State.SEATED:
        return _("Has seat %(seat)d") % {"seat": one.seat}, "held"
    return _("Waits in the list"), "booked"
