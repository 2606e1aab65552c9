"""Rows of a worklist enrolled in one group meeting: which one, and what would become of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from courses.models import Course
from courses.party_words import said_to
from meetings.actions.several import Line, Several
from meetings.batch_words import Said, in_words, told
from meetings.group_access import NOT_THEIRS, is_for, may_enrol
from meetings.group_page import counted, named
from meetings.models import Batch, Enrolment, GroupMeeting
from meetings.several import Chosen, left_out


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One citizen: what will happen, or why nothing."""

    line: Line
    name: str
    said: str
    tone: str

    @property
    def key(self) -> int:
        """What the box that leaves the citizen out sends."""
        return self.line.course.pk

    @property
    def is_skipped(self) -> bool:
        """Whether the citizen cannot be enrolled."""
        return self.line.skipped is not None


@dataclass(frozen=True, slots=True)
class SeveralShown:
    """The meetings to choose from, the one that was chosen, and the rows."""

    duties: str
    options: Sequence[tuple[int, str]]
    hidden: int
    key: UUID
    chosen: GroupMeeting | None = None
    chosen_name: str = ""
    lines: Sequence[ShownLine] = ()

    @property
    def is_of_use(self) -> bool:
        """Whether anybody would be enrolled."""
        return not all(one.is_skipped for one in self.lines)

    def asked(self, left: Iterable[str]) -> Several:
        """The act on those who were not taken out of the list."""
        lines = left_out([one.line for one in self.lines], left)
        return Several(self.key, Batch.Act.ENROL, lines, group=self.chosen)


def groups_for(
    rows: QuerySet[GroupMeeting], courses: Iterable[Course], *, at: datetime
) -> list[GroupMeeting]:
    """The meetings to come that are for one of the courses, those with free seats first."""
    open_ = rows.filter(state=GroupMeeting.State.PLANNED, starts_at__gt=at)
    known = list(courses)
    found = [
        one
        for one in counted(open_).order_by("starts_at", "pk")
        if any(is_for(one, course) for course in known)
    ]
    return sorted(found, key=lambda one: one.taken >= one.seats)  # type: ignore[attr-defined]


def others_than_enrolled(groups: Sequence[GroupMeeting], course: Course) -> list[GroupMeeting]:
    """Those in which the citizen has no seat and does not wait."""
    own = set(Enrolment.objects.standing().filter(course=course).values_list("group", flat=True))
    return [one for one in groups if one.pk not in own]


def several_shown(
    chosen: Chosen, groups: Sequence[GroupMeeting], found: GroupMeeting | None, *, key: UUID
) -> SeveralShown:
    """The page before the act: first which meeting, then what becomes of each."""
    shown = SeveralShown(
        duties=",".join(str(one.pk) for one in chosen.duties),
        options=[(one.pk, named(one)) for one in groups],
        hidden=chosen.hidden,
        key=key,
    )
    if found is None:
        return shown
    lines = list(_lines(chosen, found))
    return replace(shown, chosen=found, chosen_name=named(found), lines=lines)


def _lines(chosen: Chosen, group: GroupMeeting) -> Iterator[ShownLine]:
    """Each citizen in the order of the list, which is the order of the seats."""
    courses = chosen.courses
    standing = Enrolment.objects.standing().filter(group=group, course__in=courses)
    enrolled = set(standing.values_list("course", flat=True))
    free = group.seats - group.taken  # type: ignore[attr-defined]  # annotated
    for course in courses:
        skipped = _why_not(chosen, group, course, is_enrolled=course.pk in enrolled)
        said, tone = _("Comes on the waiting list"), "none"
        if skipped:
            said = in_words(skipped, on=chosen.on)
        elif free > 0:
            said, tone = _("Gets a seat, and a summons"), "booked"
            free -= 1
        name = str(course.citizen.name)
        yield ShownLine(Line(course, skipped=skipped), name, said_to(chosen.side, said), tone)


def _why_not(
    chosen: Chosen, group: GroupMeeting, course: Course, *, is_enrolled: bool
) -> Said | None:
    if is_enrolled:
        return told(gettext_noop("The citizen is enrolled already."))
    if not may_enrol(chosen.user, group, course, on=chosen.on):
        return told(gettext_noop("The citizen belongs to none of the parties of this meeting."))
    return None if is_for(group, course) else told(NOT_THEIRS)
