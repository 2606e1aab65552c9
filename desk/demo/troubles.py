"""What went wrong lately: citizens who did not come, notifications, late interviews explained."""

from datetime import date, datetime, time

from accounts.models import User
from courses.actions.flags import acknowledge
from courses.models import Flag, Party
from desk.demo.diary import ZONE
from desk.demo.living import Living
from desk.demo.stories import CORRECTION
from meetings.actions import answer_notification, notify_a_kasse, withdraw_notification
from meetings.evidence import Delivery
from meetings.models import Meeting, NoShow
from shared.dates import working_days_before

MISSED = 6
ANSWERS = [("K12", "Medlemmet var til jobsamtale hos en arbejdsgiver. Ingen følger.")]
CAUSES = [
    (Flag.Cause.NO_TIMES, Party.JOBCENTRE, "Ingen ledige tider i ugen op til fristen."),
    (Flag.Cause.NO_SHOW, Party.CITIZEN, "Udeblev; ny tid er aftalt."),
    (Flag.Cause.NOT_SUMMONED, Party.A_KASSE, "Indkaldelsen blev glemt ved et skift af konsulent."),
    (Flag.Cause.NOT_REGISTERED, Party.JOBCENTRE, "Samtalen er holdt, men ikke registreret i tide."),
    (Flag.Cause.LATE_INFORMATION, Party.A_KASSE, ""),
]


def miss_some(living: Living) -> list[Meeting]:
    """Let some citizens not come to the jobcentre in the last days; their duty stays open."""
    day = working_days_before(living.today, 3)
    candidates = [
        plan
        for plan in living.plans(living.world.courses.values())
        if plan.duty.responsible == Party.JOBCENTRE
        and plan.day >= living.today
        and (plan.duty.opens_on or day) <= day
        and plan.course.caseworker
        and not plan.story.title.startswith(CORRECTION)
        and day not in living.busy[plan.course.citizen_id]
    ]
    chosen = candidates[:: max(1, len(candidates) // MISSED)][:MISSED]
    for plan in chosen:
        living.busy[plan.course.citizen_id].add(day)
    return [
        living.diary.enter(
            plan.course,
            plan.duty,
            day,
            host=plan.course.caseworker,
            state=Meeting.State.NO_SHOW,
            settled_at=datetime.combine(day, time(15, 0), ZONE),
        )
        for plan in chosen
    ]


def notify_some(missed: list[Meeting], people: dict[str, User], *, on: date) -> None:
    """Notify the a-kasser of those who did not come: some wait, one is answered, one taken back.

    One was lawfully absent, so nothing is notified of that.
    """
    unlawful = missed[: MISSED - 1]
    rows = NoShow.objects.filter(meeting__in=[row.pk for row in unlawful])
    rows.update(lawful_absence=NoShow.Lawful.NONE, contact_again_at=None)
    at = datetime.combine(on, time(7, 0), ZONE)
    sent = [
        notify_a_kasse(row, delivery=Delivery.NOT_RECORDED, by=row.course.caseworker, at=at)
        for row in unlawful
        if row.course.caseworker
    ]
    code, answer = ANSWERS[0]
    for notification in sent[:1]:
        consultant = _consultant(notification.a_kasse.slug, people)
        if consultant:
            answer_notification(notification, code=code, answer=answer, by=consultant, at=at)
    for notification in sent[1:2]:
        withdraw_notification(
            notification,
            reason="Borgeren havde meldt afbud; det var ikke registreret.",
            by=notification.sent_by,
            at=at,
        )


def _consultant(a_kasse: str, people: dict[str, User]) -> User | None:
    return {"3f": people["jobkonsulent"], "foa": people["foa"]}.get(a_kasse)


def acknowledge_some(people: dict[str, User], *, on: date) -> None:
    """Say of some late interviews why they were late; they still count as late."""
    late = Flag.objects.open().overdue().select_related("course__a_kasse", "course__jobcentre")
    for (cause, side, remark), flag in zip(CAUSES, late.order_by("pk")[2:], strict=False):
        by = people["sagsbehandler"]
        if flag.duty.responsible == Party.A_KASSE:
            by = _consultant(flag.course.a_kasse.slug, people) or by
        acknowledge(
            flag,
            cause=cause,
            responsible_side=side,
            acknowledged_on=on,
            remark=remark,
            by=by,
            at=datetime.combine(on, time(7, 5), ZONE),
        )
