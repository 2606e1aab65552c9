"""An agreement between a jobcentre and an a-kasse, with a frame and the people around it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from accounts.models import User
from frames.actions import open_frame
from frames.models import Entry, Frame
from partnerships.models import Agreement, AgreementParty, Organisation, Role
from tests.factories import AgreementFactory, AKasseFactory, JobcentreFactory, UserFactory, moment

YEAR = date(2010, 1, 1)
DAY = date(2010, 3, 1)


@dataclass
class World:
    jobcentre: Organisation
    foa: Organisation
    agreement: Agreement
    frame: Frame
    finance: User
    coordinator: User
    administrator: User

    def addendum(self, **columns) -> Agreement:
        """An addendum that both have signed, unless said otherwise."""
        signed_on = columns.pop("signed_on", date(2010, 2, 1))
        made = AgreementFactory(
            **{
                "kind": Agreement.Kind.ADDENDUM, "parent": self.agreement, "starts_on": YEAR,
                "state": Agreement.State.SIGNED,
            } | columns
        )  # fmt: skip
        for party in (self.jobcentre, self.foa):
            AgreementParty.objects.create(agreement=made, organisation=party, signed_on=signed_on)
        return made

    def said(self) -> dict:
        return {"by": self.finance, "at": at(), "on": DAY}


def at(day: date = DAY, hour: int = 10) -> datetime:
    return moment(day, hour)


def frame_world(
    *,
    amount: str = "500000",
    terms: dict | None = None,
    starts_on: date = YEAR,
    ends_on: date = date(2011, 1, 1),
) -> World:
    jobcentre, foa = JobcentreFactory(name="Jobcenter Prøve"), AKasseFactory(name="FOAs A-kasse")
    agreement = AgreementFactory(parties=[jobcentre, foa], starts_on=date(2009, 1, 1), terms=terms)
    frame = open_frame(
        agreement, foa, jobcentre, starts_on=starts_on, ends_on=ends_on, amount=Decimal(amount),
        by=None, at=at(date(2009, 12, 1)),
    )  # fmt: skip
    return World(
        jobcentre, foa, agreement, frame,
        UserFactory(role=Role.FINANCE, organisation=jobcentre),
        UserFactory(role=Role.COORDINATOR, organisation=foa),
        UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=jobcentre),
    )  # fmt: skip


def kinds(frame: Frame) -> list[tuple[str, Decimal]]:
    return list(Entry.objects.filter(frame=frame).order_by("pk").values_list("kind", "amount"))
