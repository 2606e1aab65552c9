"""Agreements at each step of their life, and the forum of the one that is in force."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from accounts.models import User
from desk.demo.diary import ZONE
from forums.models import Decision, Forum, ForumMeeting, Member
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
from shared.dates import nearest_working_day

State, Kind = Agreement.State, Step.Kind
EXAMPLE, COPENHAGEN, CITY = "eksempel-3f-foa-koebenhavn", "jc-101", "101"
MADE_UP = "Et eksempel til afprøvning og undervisning. Ingen har indgået aftalen."
DAY = timedelta(1)
CONTACTS = {"jc-101": "Birgit Lindholt", "3f": "Lone Skovager", "foa": "Vibeke Storhøj"}
SEATS = {"styregruppe": "jc-101", "aftaler": "jc-101", "akasse-leder": "3f", "foa-leder": "foa"}
SETTLED = {
    "parties": "HK og Københavns Kommune. Alle ledige medlemmer i København.",
    "purpose": "Flere korte ledighedsforløb inden for kontor og handel.",
    "logistics": "Hver anden samtale i HK's lokaler, resten i kommunens.",
    "follow-up": "Et forum to gange om året.",
}
NOT_RELEVANT = ("phase-in", "free-municipality")


def agree_on_some(people: Mapping[str, User], *, on: date) -> None:
    """A draft, one in coordination, one under notice, one that expires; a forum that meets."""
    at = datetime.combine(on, time(8, 15), ZONE)
    _introduce()
    _draft(people["aftaler"], at)
    metal = _written("metal", "Metal", on + timedelta(60), None)
    coordinate(metal, by=people["aftaler"], at=at - 6 * DAY, remark="Svar gerne inden 14 dage.")
    krifa = _in_force("krifa", "Krifa", on - timedelta(500), None, people["aftaler"])
    _give_notice(krifa, people["aftaler"], on - timedelta(9))
    _in_force("ase", "ASE", on - timedelta(690), on + timedelta(40), people["aftaler"])
    load_forums()
    _meet(people, at)


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


def _meet(people: Mapping[str, User], at: datetime) -> None:
    """A meeting that was held, with two decisions, and the next one with its agenda."""
    forum = Forum.objects.get(agreement__slug=EXAMPLE)
    houses = {row.slug: row for row in Organisation.objects.filter(slug__in=SEATS.values())}
    seats = {
        username: Member.objects.create(
            forum=forum,
            organisation=houses[slug],
            user=people[username],
            name=people[username].get_full_name(),
            email=people[username].email,
            is_chair=username == "styregruppe",
        )
        for username, slug in SEATS.items()
    }
    day = nearest_working_day(at.date() - timedelta(70))
    held = ForumMeeting.objects.create(
        forum=forum,
        starts_at=datetime.combine(day, time(13), ZONE),
        place="Lokale 3",
        state=ForumMeeting.State.HELD,
        minutes="Rammerne er næsten brugt. Flere medlemmer ønsker a-kassen med i første samtale.",
        minutes_approved_on=day + 8 * DAY,
    )
    held.agenda.create(order=1, title="Rammerne i år")
    held.agenda.create(order=2, title="Overleveringer i kvartalet")
    held.decisions.create(
        text="Skriv et tillæg om en større ramme, hvis vi skal nå et hold mere i år.",
        owner=seats["aftaler"],
        due_on=at.date() - 4 * DAY,
    )
    Decision.objects.create(
        meeting=held,
        text="Spørg deltagerne i foråret, hvad jobklubben gav dem.",
        owner=seats["akasse-leder"],
        due_on=at.date() - 20 * DAY,
        done_on=at.date() - 22 * DAY,
        outcome="14 af 20 svarede; fleste er glade for holdets størrelse.",
    )
    day = nearest_working_day(at.date() + timedelta(13))
    coming = ForumMeeting.objects.create(
        forum=forum, starts_at=datetime.combine(day, time(13), ZONE), place="Lokale 3"
    )
    coming.agenda.create(order=1, title="Et hold mere, eller vent til nytår?")
    coming.agenda.create(order=2, title="Arbejdsgangen ved overlevering")
