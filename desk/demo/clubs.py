"""A job club that runs: who is referred to it, who comes, and what its provider asks for."""

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from activities.actions import invoices, referrals
from activities.actions.attendance import record_attendance
from activities.actions.volumes import ask_volume
from activities.models import Activity, Referral
from desk.demo.scene import DAY, OTHER_UNION, UNION, Scene
from desk.demo.staff import JOB_CLUB
from shared.refusals import Refused

Kind = Activity.Kind
PRICE = Decimal("12500.00")
REFERRED = 10  # of them:
ACCEPTED, STARTED, DONE = slice(0, 7), slice(0, 4), slice(0, 1)
REVOKED, REJECTED = slice(6, 7), slice(7, 8)
ABSENT_IN = 1  # the second gathering


def job_clubs(scene: Scene) -> Activity:
    """One that runs, with the provider of the demo; one to come, and one that is proposed."""
    about: dict[str, Any] = {
        "seats": 12,
        "price": PRICE,
        "open_to_others": True,
        "provider": scene.houses[JOB_CLUB],
        "place": "Eksempelvej 2, København",
        "purpose": "Fælles jobsøgning tre gange om ugen med vejleder.",
        "target_group": "Medlemmer, der ikke selv er kommet videre efter de første uger",
    }
    club = scene.start(scene.plan(Kind.JOB_CLUB, "Jobklub, vinterhold", UNION, (-28, 42), **about))
    scene.gather(club, -21, -14, -7, 2, 9)
    scene.propose(scene.plan(Kind.JOB_CLUB, "Jobklub, næste hold", UNION, (50, 110), **about))
    scene.approve(scene.plan(Kind.JOB_CLUB, "Jobklub for FOA", OTHER_UNION, (20, 80), **about))
    ask_volume(
        club, seats=14, reason="Tre venter på plads.", by=scene.people["akasse-leder"],
        at=scene.at - 2 * DAY,
    )  # fmt: skip
    return club


def refer_some(scene: Scene, club: Activity) -> None:
    """Some in each state that a referral can be in, and a member of another a-kasse (case 25)."""
    by, answers = scene.people["jobkonsulent"], scene.people["kbh-mk"]
    made = _referred(scene, club, UNION, "jobkonsulent", REFERRED)
    for one in made[ACCEPTED]:
        referrals.accept(one, by=answers, at=scene.act(20))
    for one in made[STARTED]:
        start = max(scene.act(14).date(), club.starts_on)
        referrals.start(one, on=start, by=by, at=scene.act(14))
    _end_some(scene, made)
    for other in _referred(scene, club, OTHER_UNION, "foa", 1):
        referrals.accept(other, by=answers, at=scene.act(18))
    _attend(scene, club)


def _end_some(scene: Scene, made: list[Referral]) -> None:
    by, answers = scene.people["jobkonsulent"], scene.people["kbh-mk"]
    why, job = "Er i gang med en uddannelse, der begynder først.", "Lagermedarbejder, 37 timer"
    for one in made[DONE]:
        referrals.finish(one, ended_on=scene.on, result="job", remark=job, by=by, at=scene.at)
    for one in made[REVOKED]:
        referrals.revoke(one, reason="Har fået job før start.", by=by, at=scene.at - DAY)
    for one in made[REJECTED]:
        referrals.reject(one, reason=why, by=answers, at=scene.at - 2 * DAY)


def _referred(
    scene: Scene, club: Activity, slug: str, username: str, wanted: int
) -> list[Referral]:
    def found() -> Iterator[Referral]:
        for course in scene.courses(slug):
            with suppress(Refused):
                yield scene.refer(course, club, username)

    return list(islice(found(), wanted))


def _begun(club: Activity) -> QuerySet[Referral]:
    return club.referrals.filter(state__in=("started", "done")).order_by("pk")


def _attend(scene: Scene, club: Activity) -> None:
    """Who came, week after week; one stayed away once."""
    keys = list(_begun(club).values_list("pk", flat=True))
    by = scene.people["3f-nk"]
    for number, session in enumerate(club.sessions.filter(ends_at__lt=scene.at).order_by("pk")):
        came = dict.fromkeys(keys, "came")
        if number and keys:
            came[keys[-1]] = "absent" if number == ABSENT_IN else "late"
        record_attendance(session, came, by=by, at=session.ends_at)


def bill_some(scene: Scene, club: Activity) -> None:
    """One bill that is matched and waits to be paid, and one that waits to be matched."""
    by = scene.people["3f-nk"]
    seats = list(_begun(club))
    if not seats:
        return
    first = invoices.record_invoice(
        club, number="JK-2041", amount=PRICE, received_on=scene.on - 6 * DAY, by=by,
        at=scene.at - 5 * DAY,
    )  # fmt: skip
    remark = "De øvrige pladser kommer på næste regning."
    invoices.match(first, {seats[0].pk: PRICE}, remark=remark, by=by, at=scene.at - 4 * DAY)
    invoices.record_invoice(
        club, number="JK-2063", amount=2 * PRICE + 900, received_on=scene.on - DAY, by=by,
        at=scene.at - DAY,
    )  # fmt: skip
