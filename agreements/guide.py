"""The six steps of an agreement, and what the page of each shows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.drafting import Saved
from agreements.forms.pieces import GuideForm
from agreements.forms.target import TargetForm
from agreements.forms.terms import InterviewsForm, MoneyForm, PlacesForm
from agreements.interview_rows import InterviewRow, rows_of
from agreements.preview import Weeks, weeks_of
from agreements.weeks_drawn import Drawing, drawing_of
from courses.models import Course
from courses.wording import act_name
from partnerships.agreement_pages import masked
from partnerships.models import Agreement, AgreementTerms, Organisation
from partnerships.terms import Days, law_terms
from partnerships.terms_words import idle_terms, regime_on
from shared.written import clock_with_word, plain_day

TITLES: tuple[str | Promise, ...] = (
    gettext_lazy("Parties and period"),
    gettext_lazy("Target group"),
    gettext_lazy("Interviews and deadlines"),
    gettext_lazy("Rooms and times"),
    gettext_lazy("Money and job club"),
    gettext_lazy("Review and send"),
)
LAST = len(TITLES)
TERMS_FORMS: Mapping[int, type[Any]] = {
    2: TargetForm,
    3: InterviewsForm,
    4: PlacesForm,
    5: MoneyForm,
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One step in the list at the left."""

    number: int
    title: str | Promise
    url: str
    is_current: bool
    is_done: bool
    errors: int


@dataclass(frozen=True, slots=True)
class Preview:
    """How a course would run under what is written."""

    drawing: Drawing | None
    sayings: tuple[str, ...]
    table: tuple[tuple[str, str], ...]
    interviews: tuple[InterviewRow, ...]


def stops_of(
    agreement: Agreement, saved: Saved, *, current: int, form: GuideForm | None
) -> tuple[Stop, ...]:
    """The steps; those not saved yet can be opened too, once there is a draft."""
    return tuple(
        Stop(
            number=number,
            title=title,
            url=step_url(agreement, number) if agreement.pk else "",
            is_current=number == current,
            is_done=number in saved.steps,
            errors=_errors(form) if number == current and form else 0,
        )
        for number, title in enumerate(TITLES, start=1)
    )


def _errors(form: GuideForm) -> int:
    return sum(map(len, form.errors.values())) if form.is_bound else 0


def step_url(agreement: Agreement, number: int) -> str:
    """The address of a step."""
    return reverse("agreements:step", args=[agreement.slug, number])


def saved_text(at: datetime | None) -> str:
    """When the draft was saved last: `Draft saved at 10.08`."""
    if at is None:
        return _("Not saved yet")
    return _("Draft saved %(clock)s") % {"clock": clock_with_word(at)}


def a_kasser_of(agreement: Agreement) -> list[Organisation]:
    """The a-kasser of an agreement; what stands under another may leave them to that one."""
    one: Agreement | None = agreement
    while one and one.pk:
        rows = Organisation.objects.a_kasser().filter(agreements__agreement=one)
        if found := list(rows.order_by("sort_key")):
            return found
        one = one.parent
    return []


def places_of(agreement: Agreement) -> list[str]:
    """The municipalities, by code; likewise."""
    one: Agreement | None = agreement
    while one and one.pk:
        if found := sorted(one.municipalities.values_list("code", flat=True)):
            return found
        one = one.parent
    return []


def preview_of(
    terms: AgreementTerms,
    *,
    a_kasser: list[Organisation],
    places: list[str],
    on: date,
    wrong: Collection[str] = (),
) -> Preview:
    """What the terms come to: the weeks of a course, and what they do not move.

    `wrong` names the terms that are written wrongly: what hangs on them is marked.
    """
    slugs = [one.slug for one in a_kasser]
    days = Days(terms.starts_on, None)
    weeks = weeks_of(
        law_terms(terms, days, a_kasser=slugs, places=places),
        starts_on=terms.starts_on,
        postpone_days=terms.postpone_days,
    )
    drawing = drawing_of(weeks, wrong=wrong)
    return Preview(
        drawing=drawing,
        sayings=(*_rules(weeks), *_reach(a_kasser, places, on), *_begins(terms)),
        table=tuple((bar.name, bar.said) for bar in drawing.bars),
        interviews=rows_of(weeks, wrong=wrong),
    )


def _rules(weeks: Weeks) -> tuple[str, ...]:
    """Which rules the drawing follows, and that most of it is the law's alone."""
    rules = _("Drawn for a course that begins on %(day)s: %(act)s.") % {
        "day": plain_day(weeks.starts_on),
        "act": act_name(weeks.regime.value),
    }
    if any(one.agreed for one in weeks.windows):
        return (rules, _("What the agreement decides is drawn with a thick edge."))
    if len(idle_terms(weeks.regime)) == len(MOVING):
        return (rules, _("These rules let no agreement move a date; the other terms act."))
    return (rules,)


MOVING = (
    "first_meetings_at_a_kasse",
    "window_weeks",
    "opt_out",
    "first_joint_from",
    "postpone_days",
)


def _reach(a_kasser: list[Organisation], places: list[str], on: date) -> tuple[str, ...]:
    """How many have a course now that such an agreement would be about."""
    if not a_kasser or not places:
        return ()
    running = Q(ends_on=None) | Q(ends_on__gt=on)
    rows = Course.objects.filter(running, a_kasse__in=a_kasser, municipality__in=places)
    said = _("%(count)s members of its a-kasser have a course there today.")
    return (said % {"count": masked(rows.count())},)


def _begins(terms: AgreementTerms) -> tuple[str, ...]:
    said = _(
        "Target group and interviews act for courses that begin from %(day)s on; warnings and"
        " manners act for all from that day."
    )
    return (said % {"day": plain_day(terms.starts_on)},)


def regime_note(terms: AgreementTerms) -> str:
    """The rules of the first day, by name."""
    return act_name(regime_on(terms.starts_on).value)
