"""Agreements as those who steer read them: what is in force on a day, and how many it reaches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from partnerships.access import reach_of
from partnerships.checklist import progress_of
from partnerships.conflicts import Conflict, conflicts
from partnerships.models import Agreement, AgreementTerms, Organisation, Role
from partnerships.models.agreements import AgreementQuerySet
from partnerships.terms import terms_of_day
from shared.written import plain_day

STEERS = (
    Role.AGREEMENT_ADMINISTRATOR,
    Role.STEERING_GROUP,
    Role.FINANCE,
    Role.COORDINATOR,
    Role.CASEWORKER,
)
READS = (*STEERS, Role.SYSTEM_ADMINISTRATOR)
SOON_DAYS = 90
OVER = (Agreement.State.ENDED, Agreement.State.EXPIRED, Agreement.State.RENEWED)
FEW = 5  # fewer people than this could be known by name
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement in the list."""

    agreement: Agreement
    parties: str
    days: str
    tone: str
    word: str
    courses: str
    ending: str = ""
    unsigned: str = ""
    percent: int | None = None
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """One agreement with the terms of a day."""

    agreement: Agreement
    facts: tuple[Pair, ...]
    terms: tuple[Pair, ...]
    sets: tuple[str, ...]
    inherited: bool


def may_read_agreements(user: User) -> bool:
    """Whether a person has any business with agreements."""
    return user.is_superuser or reach_of(user).has(*READS)


def agreements_visible_to(user: User) -> AgreementQuerySet:
    """What a person's organisations are parties to, and the agreements above that.

    Whoever administers agreements reads here what the admin site lets them open.
    """
    reach = reach_of(user)
    if user.is_superuser or reach.has(Role.SYSTEM_ADMINISTRATOR):
        return Agreement.objects.all()
    if not reach.has(*STEERS):
        return Agreement.objects.none()
    own = [one.pk for one in reach.organisations] + list(reach.a_kasser)
    ours = Q(parties__organisation__in=own)
    if reach.has(Role.AGREEMENT_ADMINISTRATOR):
        ours |= Q(municipalities__coverages__jobcentre__in=own)
    mine = Agreement.objects.filter(ours).values("pk")
    return Agreement.objects.filter(Q(pk__in=mine) | Q(below__in=mine)).distinct()


def rows_of(agreements: AgreementQuerySet, *, on: date) -> tuple[AgreementRow, ...]:
    """The list, what is in force first."""
    running = Q(courses__ends_on=None) | Q(courses__ends_on__gt=on)
    found: Iterable[Any] = agreements.annotate(  # with a column that only the query knows
        reached=Count("courses", filter=running & Q(courses__eligible=True), distinct=True)
    ).prefetch_related("parties__organisation")
    found = list(found)
    progress, clashes = progress_of(found), conflicts()
    rows = [
        replace(
            _row(one, one.reached, on),
            percent=progress[one.pk].percent if one.pk in progress else None,
            conflicts=tuple(map(conflict_text, clashes.get(one.pk, ()))),
        )
        for one in found
    ]
    return tuple(sorted(rows, key=_in_force_first))


def _in_force_first(row: AgreementRow) -> int:
    """What is in force, then what is on its way, then what is over."""
    if row.tone == "held":
        return 0
    return 2 if row.agreement.state in OVER or (row.tone == "none" and acts(row.agreement)) else 1


def conflict_text(conflict: Conflict) -> str:
    """Which other agreement holds for the same pair, and when."""
    return _("“%(other)s” holds for %(a_kasse)s in %(municipality)s too, %(days)s") % {
        "other": conflict.other.title,
        "a_kasse": conflict.a_kasse,
        "municipality": conflict.municipality,
        "days": days_text(conflict.days.starts_on, conflict.days.ends_on),
    }


def unsigned_text(agreement: Agreement) -> str:
    """Who has not signed what is to be signed; an example is signed by nobody."""
    if agreement.made_up or agreement.state in Agreement.ACTING:
        return ""
    waiting = [one.organisation.short for one in agreement.parties.all() if not one.signed_on]
    return ", ".join(waiting)


def ending_text(agreement: Agreement, *, on: date) -> str:
    """How near the end of an agreement in force is, from 90 days before it."""
    if agreement.ends_on is None or agreement.state not in Agreement.ACTING:
        return ""
    left = (agreement.ends_on - on).days
    if not 0 < left <= SOON_DAYS:
        return ""
    return ngettext("ends in %(days)d day", "ends in %(days)d days", left) % {"days": left}


def _row(agreement: Agreement, reached: int, on: date) -> AgreementRow:
    tone, word = state_of(agreement, on=on)
    return AgreementRow(
        ending=ending_text(agreement, on=on),
        unsigned=unsigned_text(agreement),
        agreement=agreement,
        parties=", ".join(one.organisation.short for one in agreement.parties.all()),
        days=days_text(agreement.starts_on, agreement.ends_on),
        tone=tone,
        word=word,
        courses=masked(reached),
    )


def masked(count: int) -> str:
    """A number of people, where a small one is not told."""
    return str(count) if count == 0 or count >= FEW else _("fewer than %(few)d") % {"few": FEW}


def acts(agreement: Agreement) -> bool:
    """Whether nobody has said yet that the agreement is over."""
    return agreement.state in (Agreement.State.ACTIVE, Agreement.State.UNDER_NOTICE)


def state_of(agreement: Agreement, *, on: date) -> Pair:
    """Tone and word of what an agreement is on a day."""
    if agreement.state not in Agreement.ACTING:
        return "none", agreement.get_state_display()
    if on < agreement.starts_on:
        return "next", _("from %(day)s") % {"day": plain_day(agreement.starts_on)}
    if agreement.ends_on and agreement.ends_on <= on:
        return "none", _("ended") if acts(agreement) else agreement.get_state_display()
    if agreement.state == Agreement.State.UNDER_NOTICE:
        return "soon", agreement.get_state_display()
    return "held", _("in force")


def days_text(starts_on: date, ends_on: date | None) -> str:
    """First and last day; people read the last day as included."""
    last = plain_day(ends_on - timedelta(1)) if ends_on else _("no end")
    return f"{plain_day(starts_on)} – {last}"


def page_of(agreement: Agreement, *, on: date) -> AgreementPage:
    """Everything on the page of an agreement."""
    terms = terms_of_day(agreement, on=on)
    return AgreementPage(
        agreement=agreement,
        facts=tuple(_facts(agreement)),
        terms=tuple(_terms(terms)) if terms else (),
        sets=tuple(days_text(one.starts_on, one.ends_on) for one in agreement.terms.all()),
        inherited=bool(terms and terms.agreement_id != agreement.pk),
    )


def _facts(agreement: Agreement) -> Iterator[Pair]:
    places = ", ".join(one.name for one in agreement.municipalities.all())
    parties = ", ".join(one.organisation.short for one in agreement.parties.all())
    yield _("Kind"), agreement.get_kind_display()
    yield _("Parties"), parties
    yield _("Municipalities"), places or "–"
    yield _("Days"), days_text(agreement.starts_on, agreement.ends_on)
    if agreement.notice_months is not None:
        months = agreement.notice_months
        yield (
            _("Notice"),
            ngettext("%(months)d month", "%(months)d months", months) % {"months": months},
        )
    if agreement.parent:
        yield _("Stands under"), agreement.parent.title
    if agreement.source:
        yield _("Source"), agreement.source


def _terms(terms: AgreementTerms) -> Iterator[Pair]:
    yes, no = _("yes"), _("no")
    yield _("Terms of the days"), days_text(terms.starts_on, terms.ends_on)
    yield _("First interviews in the a-kasse"), str(terms.first_meetings_at_a_kasse)
    if terms.window_weeks:
        yield _("Window"), _("%(weeks)d weeks of unemployment") % {"weeks": terms.window_weeks}
    yield _("Youngest age"), str(terms.min_age) if terms.min_age else _("none")
    yield _("Special effort is excluded"), yes if terms.exclude_special_effort else no
    for group in terms.young_groups:
        yield _("Young members included"), group_in_words(group)
    if terms.first_joint_from:
        yield _("First joint interview required from"), plain_day(terms.first_joint_from)
    yield _("Due soon"), _("%(days)d working days before") % {"days": terms.due_soon_days}


def group_in_words(group: dict[str, str | int]) -> str:
    """A group of young people: the a-kasse by its name, and the ages."""
    named = Organisation.objects.filter(slug=group["a_kasse"]).first()
    return _("%(a_kasse)s, %(first)s to %(last)s years") % {
        "a_kasse": named.short if named else group["a_kasse"],
        "first": group["from_age"],
        "last": group["to_age"],
    }
