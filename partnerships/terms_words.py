"""The terms of an agreement in words, and which of them the rules of a day let act."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from law.acts import FIRST_DAY, act_for
from law.vocabulary import Regime
from partnerships.models import AgreementTerms, Organisation
from shared.money import kroner
from shared.written import plain_day


@dataclass(frozen=True, slots=True)
class Said:
    """One term: its name, what it is set to, and why it does nothing where it does nothing."""

    field: str
    name: str
    value: str
    idle: str = ""


def regime_on(day: date) -> Regime:
    """The rules that a course is under that begins on a day."""
    return act_for(max(day, FIRST_DAY)).regime


def idle_terms(regime: Regime) -> tuple[str, ...]:
    """The terms, by name, that move nothing under the rules of a regime (formats/timeline.md)."""
    return tuple(_idle(regime))


def _idle(regime: Regime) -> Iterator[str]:
    if regime is not Regime.Y2009:
        yield from ("first_meetings_at_a_kasse", "window_weeks", "opt_out")
    if regime is not Regime.Y2015:
        yield from ("first_joint_from", "postpone_days")


def idle_note(regime: Regime) -> str:
    """Why a term moves nothing: the rules leave no room for it."""
    return _("Does nothing under the rules of %(year)s: they let no agreement move this.") % {
        "year": regime.value
    }


def terms_in_words(terms: AgreementTerms, *, on: date) -> tuple[Said, ...]:
    """Every term, in the order of the guide."""
    regime = regime_on(on)
    idle, note = idle_terms(regime), idle_note(regime)
    return tuple(
        Said(field, _name(field), value, note if field in idle else "")
        for field, value in (*_target(terms), *_interviews(terms), *_times(terms), *_money(terms))
    )


def _name(field: str) -> str:
    name = str(AgreementTerms._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return f"{name[:1].upper()}{name[1:]}"


def _target(terms: AgreementTerms) -> Iterator[tuple[str, str]]:
    yes_no = {True: _("yes"), False: _("no")}
    yield "min_age", _("%(age)d years") % {"age": terms.min_age} if terms.min_age else _("none")
    yield "young_groups", groups_in_words(terms.young_groups) or _("none")
    yield "exclude_special_effort", yes_no[terms.exclude_special_effort]
    if terms.special_effort_note:
        yield "special_effort_note", terms.special_effort_note
    yield "opt_out", yes_no[terms.opt_out]
    yield "free_municipality", yes_no[terms.free_municipality]


def _interviews(terms: AgreementTerms) -> Iterator[tuple[str, str]]:
    yield "first_meetings_at_a_kasse", str(terms.first_meetings_at_a_kasse)
    yield "window_weeks", _weeks(terms.window_weeks) if terms.window_weeks else _("none")
    joint = terms.first_joint_from
    yield "first_joint_from", plain_day(joint) if joint else _("the law's own day")
    yield "host", str(terms.get_host_display())
    yield "due_soon_days", _working_days(terms.due_soon_days)
    yield "rebook_days", _working_days(terms.rebook_days)
    yield "postpone_days", _days(terms.postpone_days)
    yield "handover_ahead_days", _days(terms.handover_ahead_days)
    yield "handover_answer_days", _working_days(terms.handover_answer_days)


def _times(terms: AgreementTerms) -> Iterator[tuple[str, str]]:
    yield "participation", str(terms.get_participation_display())
    yield "notice_days", _days(terms.notice_days)
    yield "release_days", _working_days(terms.release_days)


def _money(terms: AgreementTerms) -> Iterator[tuple[str, str]]:
    clubs, amount = terms.max_job_clubs, terms.frame_amount
    yield "max_job_clubs", str(clubs) if clubs is not None else _("no limit")
    yield "frame_amount", kroner(amount) if amount is not None else _("none")
    yield "frame_months", _months(terms.frame_months)


def _weeks(count: int) -> str:
    return ngettext("%(count)d week", "%(count)d weeks", count) % {"count": count}


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _months(count: int) -> str:
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}


def _working_days(count: int) -> str:
    return ngettext("%(count)d working day", "%(count)d working days", count) % {"count": count}


def groups_in_words(groups: Iterable[dict[str, str | int]]) -> str:
    """Groups of young people: each a-kasse by its name, and the ages."""
    found = list(groups)
    slugs = {one["a_kasse"] for one in found}
    rows = Organisation.objects.filter(slug__in=slugs) if slugs else ()
    names = {one.slug: one.short for one in rows}
    said = _("%(a_kasse)s, %(first)s to %(last)s years")
    return "; ".join(
        said
        % {
            "a_kasse": names.get(str(one["a_kasse"]), one["a_kasse"]),
            "first": one["from_age"],
            "last": one["to_age"],
        }
        for one in found
    )
