"""Deciding whether an agreement takes one member in, and taking such a decision back."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.actions.facts import recording
from courses.actions.own_days import check_not_over
from courses.actions.telling import tell_entry
from courses.models import ChoiceKind, Course, EntryDecision, Party
from journal.actions import note
from partnerships.models import Agreement, Role
from partnerships.terms import AgreementBook
from shared.refusals import Refused

Ground = EntryDecision.Ground
DECIDES = {Party.JOBCENTRE: Role.CASEWORKER, Party.A_KASSE: Role.COORDINATOR}


@transaction.atomic
def decide_entry(  # noqa: PLR0913 (the columns of a decision)
    *,
    course: Course,
    agreement: Agreement,
    takes_in: bool,
    decided_from: date,
    ground: str,
    reason: str,
    by_party: Party | str,
    by: User | None,
    on: date,
) -> EntryDecision:
    """Take one member into an agreement, or keep them out, from a day on.

    It stands beside earlier decisions, each from its own day; one of the same day it replaces.
    """
    party = Party(by_party)
    said = {
        "agreement": agreement,
        "takes_in": takes_in,
        "decided_from": decided_from,
        "ground": ground,
        "reason": reason.strip(),
        "by": party.value,
        "role": DECIDES[party].value,
    }
    with recording(course, cause="entry", by=by) as act:
        check_not_over(act.own, decided_from)
        standing = EntryDecision.objects.standing().filter(course=course)
        if same := standing.filter(**said).first():
            return same
        _check_days(course, decided_from, on=on)
        _check_ground(said)
        _check_agreement(course, agreement, takes_in=takes_in, on=decided_from)
        replaced = standing.filter(decided_from=decided_from).values_list("pk", flat=True)
        columns = {name: value for name, value in said.items() if name != "agreement"}
        act.batch.add_fact(
            EntryDecision,
            replacing=list(replaced),
            course_id=course.pk,
            agreement_id=agreement.pk,
            **columns,
        )
        note(course, "entry-decided", by=by, case=course.pk, **_told(said))
        tell_entry(course, by=by)
    return act.added(EntryDecision)


@transaction.atomic
def withdraw_entry(
    *, decision: EntryDecision, course: Course, reason: str, by_party: Party | str, by: User | None
) -> None:
    """Take a decision on entry back: the criteria, or an earlier decision, count again."""
    with recording(course, cause="entry-withdrawn", by=by) as act:
        if not EntryDecision.objects.standing().filter(pk=decision.pk, course=course).exists():
            raise Refused(
                gettext_noop(
                    "The decision has already been changed or taken back. Reload the page."
                )
            )
        if Party(by_party) != decision.by:
            raise Refused(gettext_noop("Whoever decided takes it back."))
        if not reason.strip():
            raise Refused(gettext_noop("Write why the decision is taken back."))
        act.batch.take_back(EntryDecision, decision.pk)
        days = {"agreement": decision.agreement.title, "from": str(decision.decided_from)}
        note(decision, "entry-withdrawn", by=by, case=course.pk, reason=reason, **days)
        tell_entry(course, by=by)


def _told(said: dict[str, Any]) -> dict[str, str]:
    """What the journal keeps; why someone is under special effort stays with the jobcentre."""
    told = {
        "entry": "in" if said["takes_in"] else "out",
        "agreement": said["agreement"].title,
        "from": str(said["decided_from"]),
        "ground": said["ground"],
        "role": said["role"],
    }
    return told if said["ground"] == Ground.SPECIAL_EFFORT else told | {"reason": said["reason"]}


def _check_days(course: Course, decided_from: date, *, on: date) -> None:
    if decided_from > on:
        raise Refused(gettext_noop("Choose today or an earlier day: a decision counts at once."))
    if decided_from < course.registered_on:
        said = gettext_noop("The member registered on %(day)s. Choose that day or a later one.")
        raise Refused(said, day=course.registered_on)


def _check_ground(said: dict[str, Any]) -> None:
    grounds = EntryDecision.FOR if said["takes_in"] else EntryDecision.AGAINST
    if said["ground"] not in grounds:
        raise Refused(gettext_noop("Choose a ground that speaks for what you decide."))
    if said["ground"] == Ground.SPECIAL_EFFORT and said["by"] != Party.JOBCENTRE:
        raise Refused(gettext_noop("The jobcentre says who is under special effort."))
    if not said["reason"]:
        raise Refused(gettext_noop("Write the reason: the decision rests on it."))


def _check_agreement(course: Course, agreement: Agreement, *, takes_in: bool, on: date) -> None:
    """Refuse an agreement that has no say, and to overrule what the citizen chose."""
    if not takes_in:
        if course.agreement_id != agreement.pk:
            said = gettext_noop("“%(title)s” is not the agreement that acts for this course.")
            raise Refused(said, title=agreement.title)
        return
    if AgreementBook.load().naming(agreement.pk, course.a_kasse_id, on=on) is None:
        said = gettext_noop(
            "“%(title)s” does not act for members of the a-kasse on %(day)s. Choose another day."
        )
        raise Refused(said, title=agreement.title, day=on)
    chosen = course.choices.standing().filter(kind=ChoiceKind.CHOOSE_JOBCENTRE, by=Party.CITIZEN)
    if one := chosen.first():
        said = gettext_noop(
            "The citizen chose the jobcentre on %(day)s. That choice stands until it is taken back."
        )
        raise Refused(said, day=one.chosen_on)
