"""The interviews of a course as rows: who holds each, when, and what could move it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agreements.preview import Weeks, Window
from courses.wording import interview_name, source_of
from partnerships.models import AgreementTerms
from shared.written import decimal_text

HELD_BY = {
    "a_kasse": gettext_noop("a-kasse"),
    "jobcentre": gettext_noop("jobcentre"),
    "joint": gettext_noop("joint"),
}
# Which terms the rules let move an interview (formats/timeline.md); no other rule leaves room.
MOVED_BY: Mapping[str, tuple[str, ...]] = {
    "R09-02": ("first_meetings_at_a_kasse", "window_weeks"),
    "R09-10": ("window_weeks",),
    "R15-02": ("postpone_days",),
    "R15-05": ("first_joint_from",),
}


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """An interview, or the hand-over; `terms` are what would move it, by field and name."""

    name: str
    holder: str
    tone: str
    from_week: str
    to_week: str
    agreed: bool
    wrong: bool
    terms: tuple[tuple[str, str], ...]
    rule: str
    source: str


def rows_of(weeks: Weeks, *, wrong: Collection[str] = ()) -> tuple[InterviewRow, ...]:
    """The interviews in their order, the hand-over in its place; `wrong` names faulty terms."""
    rows = [(one.to_week, _row(one, wrong)) for one in weeks.windows]
    if weeks.handover_week is not None:
        rows.append((weeks.handover_week, _handover(weeks, weeks.handover_week, wrong)))
    return tuple(row for _week, row in sorted(rows, key=lambda one: one[0]))


def is_wrong(rule: str, wrong: Collection[str]) -> bool:
    """Whether one of the terms that would move an interview is written wrongly."""
    return any(term in wrong for term in MOVED_BY.get(rule, ()))


def _row(window: Window, wrong: Collection[str]) -> InterviewRow:
    holder = "joint" if window.is_joint else window.party
    return InterviewRow(
        name=interview_name(window.rule, window.ordinal, window.kind),
        holder=_(HELD_BY[holder]),
        tone=holder,
        from_week=decimal_text(window.from_week, digits=0),
        to_week=decimal_text(window.to_week, digits=0),
        agreed=window.agreed,
        wrong=is_wrong(window.rule, wrong),
        terms=_terms(window.rule),
        rule=window.rule,
        source=source_of(window.rule),
    )


def _handover(weeks: Weeks, week: float, wrong: Collection[str]) -> InterviewRow:
    said = decimal_text(week, digits=0)
    return InterviewRow(
        name=_("Hand-over"),
        holder=_(HELD_BY["jobcentre"]),
        tone="jobcentre",
        from_week=said,
        to_week=said,
        agreed=bool(_terms(weeks.handover_rule)),
        wrong=is_wrong(weeks.handover_rule, wrong),
        terms=_terms(weeks.handover_rule),
        rule=weeks.handover_rule,
        source=source_of(weeks.handover_rule),
    )


def _terms(rule: str) -> tuple[tuple[str, str], ...]:
    fields = AgreementTerms._meta
    return tuple(
        (name, str(fields.get_field(name).verbose_name))  # type: ignore[union-attr]  # of a column
        for name in MOVED_BY.get(rule, ())
    )
