"""Everything the page of a hand-over shows, for one reader on one day."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from courses.access import has_ended
from courses.models import Party
from handovers import access
from handovers.answering_by import answer_by
from handovers.checklist import Item, checklist_of, ready_of
from handovers.models import Handover, Sheet

LINES = (
    "cv", "min_plan", "requirements", "interviews", "agreed", "barriers", "job_club",
    "next_actions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """A hand-over as one reader sees it: only what was sent, but for those who write it."""

    handover: Handover
    side: Party | None
    on: date
    items: tuple[Item, ...]
    sheet: Sheet | None
    parts: tuple[tuple[str, str], ...]
    versions: tuple[Sheet, ...]
    has_draft: bool
    opens_course: bool
    may_write: bool
    may_accept: bool
    may_return: bool
    may_book: bool
    answer_by: date | None

    @property
    def is_answered_late(self) -> bool:
        """Whether the days that the parties agreed on for an answer have passed."""
        return self.answer_by is not None and self.answer_by < self.on

    @property
    def ready(self) -> str:
        """How much is ready."""
        return ready_of(self.items)

    @property
    def is_overdue(self) -> bool:
        """Whether the day has come, nobody accepted, and there still is a course to accept."""
        over = has_ended(self.handover.course, on=self.on)
        return self.handover.is_overdue(on=self.on) and not over

    @property
    def is_past(self) -> bool:
        """Whether the jobcentre holds the course by now."""
        return self.handover.moves_on <= self.on


def handover_page(
    handover: Handover, user: User, *, on: date, opens_course: bool, version: int | None = None
) -> HandoverPage:
    """The page; `version` asks for an earlier one of the sheet."""
    side = access.side_in(user, handover, on=on)
    versions = tuple(handover.sheets.sent().select_related("written_by").order_by("-version"))
    asked = next((one for one in versions if one.version == version), None)
    sheet = asked or (versions[0] if versions else None)
    return HandoverPage(
        handover=handover,
        side=side,
        on=on,
        items=checklist_of(handover, side),
        sheet=sheet,
        parts=parts_of(sheet) if sheet else (),
        versions=versions,
        has_draft=side == Party.A_KASSE and handover.sheets.drafts().exists(),
        opens_course=opens_course,
        may_write=access.may_write_sheet(user, handover, on=on),
        may_accept=access.may_accept(user, handover, on=on),
        may_return=access.may_return(user, handover, on=on),
        may_book=access.may_book_first(user, handover, on=on)
        and getattr(handover, "interview_at", None) is None,
        answer_by=answer_by(handover, versions[0] if versions else None, on=on),
    )


def parts_of(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """The parts that say something, by their names."""
    return tuple(
        (str(Sheet._meta.get_field(name).verbose_name), getattr(sheet, name))  # type: ignore[union-attr]  # plain columns
        for name in LINES
        if getattr(sheet, name).strip()
    )
