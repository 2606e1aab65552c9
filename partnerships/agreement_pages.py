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
from partnerships.models import Agreement, Role
from partnerships.models.agreements import AgreementQuerySet
from partnerships.terms import terms_of_day
from partnerships.terms_words import Said, regime_on, terms_in_words
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
    terms: tuple[Said, ...]
    idle: tuple[Said, ...]
    idle_note: str
    terms_days: str
    sets: tuple[Pair, ...]
    inherited: bool

    @property
    def term_pairs(self) -> tuple[Pair, ...]:
        """The terms that act, as names and values; their days come first."""
        days = ((_("Terms of the days"), self.terms_days),) if self.terms_days else ()
        return (*days, *((one.name, one.value) for one in self.terms))

    @property
    def idle_pairs(self) -> tuple[Pair, ...]:
        """The terms that the rules of the day leave idle, likewise."""
        return tuple((one.name, one.value) for one in self.idle)


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
    said = terms_in_words(terms, on=on) if terms else ()
    return AgreementPage(
        agreement=agreement,
        facts=tuple(_facts(agreement)),
        terms=tuple(one for one in said if not one.idle),
        idle=tuple(one for one in said if one.idle),
        idle_note=_idle_note(on),
        terms_days=days_text(terms.starts_on, terms.ends_on) if terms else "",
        sets=tuple(
            (one.starts_on.isoformat(), days_text(one.starts_on, one.ends_on))
            for one in agreement.terms.all()
        ),
        inherited=bool(terms and terms.agreement_id != agreement.pk),
    )


def _ends_with(agreement: Agreement) -> str:
    """The last day, where an agreement ends with the one above it."""
    above = agreement.parent
    if not above or not above.ends_on or not acts(agreement):
        return ""
    goes_along = above.for_below == Agreement.ForBelow.END
    if not goes_along and agreement.kind != Agreement.Kind.ADDENDUM:
        return ""
    if agreement.ends_on and agreement.ends_on <= above.ends_on:
        return ""
    return plain_day(above.ends_on - timedelta(1))


def _idle_note(on: date) -> str:
    said = _("Under the rules of %(year)s these do nothing: they let no agreement move them.")
    return said % {"year": regime_on(on).value}


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
    if ends := _ends_with(agreement):
        yield _("Ends with that one"), ends
    if agreement.ends_on and agreement.for_below:
        yield _("Agreements below it"), agreement.get_for_below_display()
    if agreement.source:
        yield _("Source"), agreement.source
