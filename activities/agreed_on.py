"""What the agreements of an activity allow: its phase, and how many job clubs a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from activities.models import Activity
from partnerships.models import Agreement, PhaseTwo
from partnerships.terms import terms_of_day
from shared.refusals import Refused

State = Activity.State
COUNTED = (State.APPROVED, State.RUNNING, State.DONE)
SIGNED = (Agreement.State.SIGNED, Agreement.State.ACTIVE)


def in_force(agreement: Agreement, *, on: date) -> bool:
    """Whether an agreement acts on a day."""
    begun = agreement.state in Agreement.ACTING and agreement.starts_on <= on
    return begun and (agreement.ends_on is None or on < agreement.ends_on)


def what_phase_two_lacks(agreement: Agreement, *, on: date) -> list[str]:
    """Which of law, budget and signed addendum phase 2 of an agreement still waits for."""
    phase: PhaseTwo | None = getattr(agreement, "phase_two", None)
    found = []
    if not _has_come(phase.law_in_force_on if phase else None, on):
        found.append(_("the law is not in force"))
    if not _has_come(phase.budget_in_place_on if phase else None, on):
        found.append(_("the budget is not in place"))
    if not _is_signed(phase.addendum if phase else None):
        found.append(_("no addendum is signed"))
    return found


def _has_come(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _is_signed(addendum: Agreement | None) -> bool:
    return (
        addendum is not None
        and addendum.state in SIGNED
        and not addendum.parties.filter(signed_on=None).exists()
    )


def check_phase(activity: Activity, *, on: date) -> None:
    """Refuse a start that none of the agreements opens, and say what each lacks."""
    agreements = list(activity.agreements.select_related("phase_two__addendum").order_by("title"))
    acting = [one for one in agreements if in_force(one, on=on)]
    if not acting:
        raise Refused(gettext_noop("No agreement of the activity is in force on this day."))
    if activity.phase == 1:
        return
    lacks: list[list[str]] = [what_phase_two_lacks(one, on=on) for one in acting]
    least = min(lacks, key=len)
    if least:
        raise Refused(gettext_noop("Phase 2 is not open: %(lacks)s."), lacks=", ".join(least))


@dataclass(frozen=True, slots=True)
class Clubs:
    """How many job clubs of an a-kasse start in a year under an agreement, and how many may."""

    agreement: Agreement
    year: int
    agreed: int
    held: int

    @property
    def are_full(self) -> bool:
        return self.held >= self.agreed


def with_terms(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Agreements with what their numbers are read from, in three queries for all of them."""
    known = agreements.select_related("parent", "phase_two__addendum")
    return known.prefetch_related("terms", "parent__terms").order_by("title")


def clubs_under(activity: Activity, agreements: Iterable[Agreement]) -> list[Clubs]:
    """For a job club: the numbers of each of its agreements that sets one, itself not counted."""
    if activity.kind != Activity.Kind.JOB_CLUB:
        return []
    found = []
    for agreement in agreements:
        terms = terms_of_day(agreement, on=activity.starts_on)
        if terms is None or terms.max_job_clubs is None:
            continue
        others = Activity.objects.filter(
            kind=Activity.Kind.JOB_CLUB,
            agreements=agreement,
            host=activity.host_id,
            state__in=COUNTED,
            starts_on__year=activity.starts_on.year,
        )
        held = others.exclude(pk=activity.pk).count()
        found.append(Clubs(agreement, activity.starts_on.year, terms.max_job_clubs, held))
    return found


def check_clubs(activity: Activity) -> None:
    """Refuse one more job club than the parties agreed on for the year."""
    for clubs in clubs_under(activity, with_terms(activity.agreements.all())):
        if clubs.are_full:
            raise Refused(
                gettext_noop(
                    "%(agreement)s allows %(agreed)d job clubs of %(house)s in %(year)d, and they"
                    " are all approved. Reject this one, or agree on more in an addendum."
                ),
                agreement=clubs.agreement.title,
                agreed=clubs.agreed,
                house=activity.host.short,
                year=clubs.year,
            )
