"""Agreements at each step of their life."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from accounts.models import User
from desk.demo.diary import ZONE
from forums.reference import load_forums
from partnerships.actions.contents import settle_point, use_template
from partnerships.actions.life import coordinate, record
from partnerships.models import (
    Agreement,
    AgreementParty,
    AgreementTerms,
    Municipality,
    Organisation,
    Step,
)
from partnerships.notice import end_after_notice

State, Kind = Agreement.State, Step.Kind
EXAMPLE, COPENHAGEN, CITY = "eksempel-3f-foa-koebenhavn", "jc-101", "101"
MADE_UP = "Et eksempel til afprøvning og undervisning. Ingen har indgået aftalen."
DAY = timedelta(1)
CONTACTS = {"jc-101": "Birgit Lindholt", "3f": "Lone Skovager", "foa": "Vibeke Storhøj"}
SETTLED = {
    "parties": "HK og Københavns Kommune. Alle ledige medlemmer i København.",
    "purpose": "Flere korte ledighedsforløb inden for kontor og handel.",
    "logistics": "Hver anden samtale i HK's lokaler, resten i kommunens.",
    "follow-up": "Et forum to gange om året.",
}
NOT_RELEVANT = ("phase-in", "free-municipality")


def agree_on_some(people: Mapping[str, User], *, on: date) -> None:
    """A draft, one in coordination, one under notice, one that expires."""
    at = datetime.combine(on, time(8, 15), ZONE)
    _introduce()
    _draft(people["aftaler"], at)
    metal = _written("metal", "Metal", on + timedelta(60), None)
    coordinate(metal, by=people["aftaler"], at=at - 6 * DAY, remark="Svar gerne inden 14 dage.")
    krifa = _in_force("krifa", "Krifa", on - timedelta(500), None, people["aftaler"])
    _give_notice(krifa, people["aftaler"], on - timedelta(9))
    _in_force("ase", "ASE", on - timedelta(690), on + timedelta(40), people["aftaler"])
    load_forums()


def _introduce() -> None:
    """Who to call at each party of the agreement in force."""
    for party in AgreementParty.objects.filter(agreement__slug=EXAMPLE):
        name = CONTACTS[party.organisation.slug]
        first = name.split()[0].lower()
        party.contact_name, party.contact_email = name, f"{first}@kontaktforloeb.example"
        party.save(update_fields=["contact_name", "contact_email"])


def _written(slug: str, name: str, starts_on: date, ends_on: date | None) -> Agreement:
    """A draft between an a-kasse and Copenhagen."""
    agreement = Agreement.objects.create(
        slug=f"eksempel-{slug}-koebenhavn",
        title=f"Eksempel: {name} og Københavns Kommune",
        kind=Agreement.Kind.AGREEMENT,
        starts_on=starts_on,
        ends_on=ends_on,
        notice_months=1,
        made_up=True,
        source="Opdigtet",
        text=MADE_UP,
    )
    agreement.municipalities.set(Municipality.objects.filter(code=CITY))
    for house in Organisation.objects.filter(slug__in=[COPENHAGEN, slug]).order_by("slug"):
        AgreementParty.objects.create(agreement=agreement, organisation=house)
    AgreementTerms.objects.create(agreement=agreement, starts_on=starts_on, ends_on=ends_on)
    return agreement


def _draft(by: User, at: datetime) -> None:
    """A draft half way through its check-list."""
    agreement = _written("hk", "HK", at.date() + timedelta(90), None)
    use_template(agreement, by=by, at=at - 3 * DAY)
    for point in agreement.points.all():
        if point.template_key in SETTLED:
            said = SETTLED[point.template_key]
            settle_point(point, state="agreed", text=said, by=by, at=at - DAY)
        elif point.template_key in NOT_RELEVANT:
            settle_point(point, state="not_relevant", text="", by=by, at=at - DAY)


def _in_force(slug: str, name: str, starts_on: date, ends_on: date | None, by: User) -> Agreement:
    """An agreement that went all the way; the acts would compute every course anew."""
    agreement = _written(slug, name, starts_on, ends_on)
    before = starts_on - timedelta(20)
    at = datetime.combine(before, time(10), ZONE)
    record(agreement, Kind.COORDINATE, on=before - 30 * DAY, by=by, at=at - 30 * DAY)
    agreement.approved_on, agreement.approved_by_body = before, "Udvalget (eksempel)"
    record(agreement, Kind.APPROVE, on=before, by=by, at=at)
    for number, party in enumerate(agreement.parties.order_by("pk"), start=1):
        party.signed_on = before + number * DAY
        party.signed_by = "direktøren (eksempel)"
        party.save(update_fields=["signed_on", "signed_by"])
        record(
            agreement, Kind.SIGN, on=before + number * DAY, by=by, at=at + number * DAY,
            party=party.organisation,
        )  # fmt: skip
    agreement.state = State.ACTIVE
    agreement.save()
    record(agreement, Kind.ACTIVATE, on=before + 5 * DAY, by=by, at=at + 5 * DAY)
    return agreement


def _give_notice(agreement: Agreement, by: User, given_on: date) -> None:
    party = agreement.parties.get(organisation__kind=Organisation.Kind.A_KASSE).organisation
    agreement.state = State.UNDER_NOTICE
    agreement.ends_on = end_after_notice(given_on, agreement.notice_months or 0, None)
    agreement.for_running = Agreement.ForRunning.STAY
    agreement.for_referrals = Agreement.ForReferrals.RUN_ON
    agreement.save()
    record(
        agreement, Kind.NOTICE, on=given_on, by=by, at=datetime.combine(given_on, time(11), ZONE),
        party=party, remark="For få fælles samtaler.", computed_end=agreement.ends_on,
    )  # fmt: skip
