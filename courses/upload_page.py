"""What the page of an upload shows: counts, remarks with their remedies, and how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.members.report import retold
from courses.models import MemberFile

REMARKS_SHOWN = 100
STATES = MemberFile.State
KINDS: Mapping[str, Promise] = {
    "members": _("members"),
    "absences": _("absences"),
    "hours": _("hours"),
    "meetings": _("interviews"),
}
TONES = {
    STATES.LOOKING: "next",
    STATES.PREVIEWED: "next",
    STATES.WAITING: "next",
    STATES.RUNNING: "next",
    STATES.STOPPED: "paused",
    STATES.DONE: "held",
    STATES.FAILED: "over",
}


def uploads_of(user: User) -> QuerySet[MemberFile]:
    """The uploads that a person may see, the latest first; their content stays in the database."""
    rows = MemberFile.objects.visible_to(user).select_related("a_kasse", "uploaded_by")
    kept = rows.annotate(is_kept=Q(content_sealed__isnull=False)).defer("content_sealed")
    return kept.order_by("-uploaded_at", "-pk")


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of one file said something new, something else, the same, or nothing usable."""

    name: Promise | str
    new: int
    changed: int
    same: int
    refused: int


@dataclass(frozen=True, slots=True)
class Remark:
    """One row that was refused, or that one should look at, and what to do."""

    place: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class UploadPage:
    """One upload for people."""

    upload: MemberFile
    tone: str
    counts: tuple[Count, ...]
    errors: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    error_count: int
    warning_count: int
    courses_opened: int
    not_in_file: int
    failure: str

    @property
    def share(self) -> int:
        """How much is taken in, in per cent."""
        upload = self.upload
        return min(100 * upload.rows_done // upload.rows_total, 100) if upload.rows_total else 0

    @property
    def is_moving(self) -> bool:
        """Whether the page changes by itself: the worker has the upload."""
        return self.upload.state in (STATES.LOOKING, STATES.WAITING, STATES.RUNNING)

    @property
    def may_take_in(self) -> bool:
        """Whether one may confirm it, or let it go on."""
        kept: bool = self.upload.is_kept  # type: ignore[attr-defined]  # see `uploads_of`
        return kept and self.upload.state in (STATES.PREVIEWED, STATES.STOPPED)

    @property
    def may_stop(self) -> bool:
        """Whether one may stop it."""
        return self.upload.state in (STATES.WAITING, STATES.RUNNING)

    @classmethod
    def of(cls, upload: MemberFile) -> Self:
        """The page of an upload: its report, or the preview while there is none."""
        report = upload.report or upload.preview
        errors, warnings = report.get("errors", []), report.get("warnings", [])
        return cls(
            upload=upload,
            tone=TONES[STATES(upload.state)],
            counts=tuple(Count(KINDS[kind], **report[kind]) for kind in KINDS if kind in report),
            errors=tuple(map(_remark, errors[:REMARKS_SHOWN])),
            warnings=tuple(map(_remark, warnings[:REMARKS_SHOWN])),
            error_count=len(errors),
            warning_count=len(warnings),
            courses_opened=report.get("courses_opened", 0),
            not_in_file=report.get("not_in_file", 0),
            failure=retold(report) if upload.state == STATES.FAILED else "",
        )


def _remark(stored: Mapping[str, Any]) -> Remark:
    row = stored.get("row")
    place = stored["file"] if row is None else f"{stored['file']}:{row}"
    return Remark(place, stored.get("field", ""), retold(stored))
