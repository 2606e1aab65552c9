"""Recording one fact about a citizen or a course, correcting it, or taking it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from courses import deadlines
from courses.actions.own_days import (
    check_not_over,
    check_own_absence,
    check_own_day,
    check_own_month,
    own_absence,
)
from courses.actions.telling import tell_chosen
from courses.agreed import agreed_terms
from courses.choices import may_opt_out
from courses.flag_changes import flag_changed
from courses.members.people import KnownCourse, Person, people_of
from courses.members.putting import (
    AbsenceSaid,
    put_absence,
    put_hours,
    put_meeting,
    put_registration,
    take_back_absence,
    take_back_meeting,
)
from courses.members.writing import Batch
from courses.models import (
    Absence,
    AbsenceKind,
    Choice,
    ChoiceKind,
    Course,
    Fact,
    HeldMeeting,
    MeetingKind,
    Party,
    Registration,
    ReportedHours,
)
from courses.participation import check_chooser
from journal.actions import note
from law.uncertain import Parameters
from shared.refusals import Refused

MOST_HOURS_A_MONTH = 250
MOST_HOURS_A_WEEK = 37

SomeFact = TypeVar("SomeFact", bound=Fact)


@dataclass(slots=True)
class Recording:
    """One act under way: the course, what is known of its citizen, and what is to be written.

    The course alone is the person's own, so that no act reaches the days of another.
    """

    course: Course
    person: Person
    batch: Batch

    @property
    def own(self) -> KnownCourse:
        """What is known of the course."""
        [known] = self.person.own
        return known

    def added(self, model: type[SomeFact]) -> SomeFact:
        """The fact of a kind that the act added."""
        found: SomeFact = model._default_manager.get(  # noqa: SLF001 (the manager of any model)
            pk=self.batch.added[model][0]["id"]
        )
        return found


@contextmanager
def recording(
    course: Course, *, cause: str, by: User | None, source: str = Fact.Source.PERSON
) -> Iterator[Recording]:
    """Lock the citizen's courses, let the act say what is new, write it, and ask for the dates."""
    with transaction.atomic():
        [person] = people_of(Q(pk=course.citizen_id), own=(), lock=True).values()
        for known in person.courses:
            known.own = known.pk == course.pk
        batch = Batch(by=by, source=source)
        yield Recording(course, person, batch)
        batch.write()
        asked = deadlines.refresh_many([one.pk for one in person.courses], cause=cause, by=by)
        if asked.errors:
            raise Refused(_("The dates cannot be computed with this. Check the days you gave."))
        course.refresh_from_db()
        transaction.on_commit(flag_changed.delay)


@transaction.atomic
def record_registration(*, course: Course, by: User | None, **said: Any) -> Registration:  # noqa: ANN401 (columns)
    """Correct what the a-kasse says of a course as a whole."""
    with recording(course, cause="registration", by=by) as act:
        before, after = act.own.said, act.own.said | said
        if put_registration(act.own, after, act.batch) == "same":
            return Registration.objects.standing().get(course=course)
        differences = {name: str(after[name]) for name in after if after[name] != before[name]}
        note(course, "registration-changed", by=by, case=course.pk, after=differences)
    return act.added(Registration)


@transaction.atomic
def record_absence(  # noqa: PLR0913 (the columns of an absence)
    *,
    course: Course,
    kind: AbsenceKind | str,
    starts_on: date,
    by: User | None,
    ends_on: date | None = None,
    hours: Decimal | None = None,
) -> Absence:
    """Note days on which the citizen was away; it replaces absences of its kind that it overlaps.

    `ends_on` is the day after the last; an absence without one ends when the course does.
    """
    said = AbsenceSaid(AbsenceKind(kind).value, starts_on, ends_on, hours)
    _check_absence(said)
    with recording(course, cause="absence", by=by) as act:
        said = own_absence(act.person, act.own, said)
        if put_absence(act.person, said, act.batch) == "same":
            return _standing_absence(course, said)
        days = {"kind": said.kind, "from": str(starts_on), "until_before": str(said.ends_on or "")}
        note(course, "absence-recorded", by=by, case=course.pk, **days)
    return act.added(Absence)


def _check_absence(said: AbsenceSaid) -> None:
    part_time = said.kind == AbsenceKind.PART_TIME_JOB
    if said.ends_on and said.ends_on <= said.starts_on:
        raise Refused(_("The last day lies before the first. Correct one of them."))
    if part_time and said.hours is None:
        raise Refused(_("Say how many benefit hours a week are still paid."))
    if not part_time and said.hours is not None:
        raise Refused(_("Only a part-time job has hours. Leave them out."))
    if said.hours is not None and not 0 <= said.hours <= MOST_HOURS_A_WEEK:
        raise Refused(_("Hours of a week lie between 0 and 37."))


def _standing_absence(course: Course, said: AbsenceSaid) -> Absence:
    found: Absence = Absence.objects.standing().get(
        citizen=course.citizen_id, kind=said.kind, starts_on=said.starts_on
    )
    return found


@transaction.atomic
def withdraw_absence(
    *, absence: Absence, course: Course, by: User | None, reason: str = ""
) -> None:
    """Take an absence back: the citizen was not away."""
    with recording(course, cause="absence-withdrawn", by=by) as act:
        known = next((one for one in act.person.absences if one.pk == absence.pk), None)
        if known is None:
            raise Refused(_("The absence has already been changed or taken back. Reload the page."))
        check_own_absence(act.person, act.own, known)
        take_back_absence(act.person, known, act.batch)
        days = {"kind": known.kind, "from": str(known.starts_on), "reason": reason}
        note(absence, "absence-withdrawn", by=by, case=course.pk, **days)


@transaction.atomic
def report_hours(*, course: Course, month: date, hours: Decimal, by: User | None) -> ReportedHours:
    """Report the benefit hours of a month, or correct them; `month` is any day in it."""
    if not 0 <= hours <= MOST_HOURS_A_MONTH:
        raise Refused(_("Hours of a month lie between 0 and 250."))
    month = month.replace(day=1)
    with recording(course, cause="hours", by=by) as act:
        check_own_month(act.person, act.own, month)
        known = act.person.hours.get(month)
        if (
            put_hours(act.person, month, hours, a_kasse=course.a_kasse_id, batch=act.batch)
            == "same"
        ):
            return ReportedHours.objects.standing().get(citizen=course.citizen_id, month=month)
        said = {"before": str(known.hours) if known else "", "after": str(hours)}
        note(course, "hours-reported", by=by, case=course.pk, month=f"{month:%Y-%m}", **said)
    return act.added(ReportedHours)


@transaction.atomic
def record_held_meeting(  # noqa: PLR0913 (the columns of a held interview)
    *,
    course: Course,
    kind: MeetingKind | str,
    held_on: date,
    by_party: Party | str,
    by: User | None,
    form: str = "",
    registered_type: int | None = None,
    ordinal: int | None = None,
    other_party_came: bool | None = None,
    source: str = Fact.Source.PERSON,
) -> HeldMeeting:
    """Note an interview that took place, so that the law can count it."""
    said: dict[str, Any] = {
        "by": Party(by_party).value,
        "form": form,
        "registered_type": registered_type,
        "ordinal": ordinal,
        "other_party_came": other_party_came,
    }
    kind = MeetingKind(kind).value
    with recording(course, cause="interview-held", by=by, source=source) as act:
        check_own_day(act.person, act.own, held_on)
        if put_meeting(act.person, kind, held_on, said, act.batch) == "same":
            return HeldMeeting.objects.standing().get(
                citizen=course.citizen_id, kind=kind, held_on=held_on
            )
        if source == Fact.Source.PERSON:  # an interview's own outcome notes itself
            note(course, "interview-held", by=by, case=course.pk, kind=kind, held_on=str(held_on))
    return act.added(HeldMeeting)


@transaction.atomic
def withdraw_held_meeting(
    *, course: Course, kind: MeetingKind | str, held_on: date, by: User | None
) -> None:
    """Take back that an interview took place."""
    kind = MeetingKind(kind).value
    with recording(course, cause="interview-withdrawn", by=by) as act:
        if take_back_meeting(act.person, kind, held_on, act.batch) is None:
            raise Refused(_("The interview has already been taken back. Reload the page."))


@transaction.atomic
def record_choice(  # noqa: PLR0913 (the columns of a choice)
    *,
    course: Course,
    kind: ChoiceKind | str,
    chosen_on: date,
    by_party: Party | str,
    by: User | None,
    rule: str = "",
    ordinal: int | None = None,
    postponed_to: date | None = None,
    reason: str = "",
) -> Choice:
    """Note what was chosen; a second postponement of the same interview replaces the first."""
    said = {
        "kind": ChoiceKind(kind).value,
        "chosen_on": chosen_on,
        "by": Party(by_party).value,
        "rule": rule,
        "ordinal": ordinal,
        "postponed_to": postponed_to,
        "reason": reason,
    }
    with recording(course, cause="choice", by=by) as act:
        check_not_over(act.own, chosen_on)
        standing = Choice.objects.standing().filter(course=course, kind=kind)
        if same := standing.filter(**said).first():
            return same
        _check_choice(course, said)
        _check_agreed(course, said)
        check_chooser(course, ChoiceKind(kind), Party(by_party), chosen_on=chosen_on, reason=reason)
        act.batch.add_fact(Choice, replacing=_replaced(standing, said), course_id=course.pk, **said)
        note(course, "choice-recorded", by=by, case=course.pk, kind=str(kind), rule=rule)
        tell_chosen(course, by=by)
    return act.added(Choice)


def _check_choice(course: Course, said: dict[str, Any]) -> None:
    """Refuse what the table's own constraints refuse, in their words."""
    choice = Choice(course=course, **said)
    try:
        choice.clean_fields(exclude=["recorded_by", "course"])
        choice.validate_constraints()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    if said["kind"] != ChoiceKind.POSTPONE and (said["rule"] or said["postponed_to"]):
        raise Refused(_("Only a postponement names an interview and a day."))


def _check_agreed(course: Course, said: dict[str, Any]) -> None:
    """Refuse what the agreement of the course does not leave open."""
    if said["kind"] == ChoiceKind.CHOOSE_JOBCENTRE:
        if not may_opt_out(course, on=course.registered_on):
            raise Refused(
                gettext_noop("The agreement does not let its members choose the jobcentre.")
            )
    elif said["kind"] == ChoiceKind.POSTPONE:
        _check_postponed(course, said)


def _check_postponed(course: Course, said: dict[str, Any]) -> None:
    """Refuse a later day than the agreement allows, where it allows less than the law."""
    agreed = agreed_terms(course, on=said["chosen_on"])
    duty = course.duties.filter(rule=said["rule"], ordinal=said["ordinal"]).first()
    if agreed is None or duty is None or duty.due_on is None:
        return
    latest = duty.due_on + timedelta(agreed.postpone_days)
    if agreed.postpone_days < Parameters().postpone_days and said["postponed_to"] > latest:
        raise Refused(
            gettext_noop("The agreement lets it be postponed to %(day)s at latest."), day=latest
        )


def _replaced(standing: Any, said: dict[str, Any]) -> list[int]:  # noqa: ANN401 (a queryset of choices)
    """The choices that this one takes the place of: of the same day, or of the same interview."""
    if said["kind"] == ChoiceKind.POSTPONE:
        again = standing.filter(rule=said["rule"], ordinal=said["ordinal"])
    else:
        again = standing.filter(chosen_on=said["chosen_on"], by=said["by"])
    return list(again.values_list("pk", flat=True))


@transaction.atomic
def withdraw_choice(*, choice: Choice, course: Course, by: User | None, reason: str = "") -> None:
    """Take back what was noted as chosen."""
    with recording(course, cause="choice-withdrawn", by=by) as act:
        if not Choice.objects.standing().filter(pk=choice.pk, course=course).exists():
            raise Refused(_("The choice has already been changed or taken back. Reload the page."))
        if Choice.objects.filter(pk=choice.pk).of_departure().exists():
            raise Refused(_("A letter went with this choice. The a-kasse takes both back at once."))
        act.batch.take_back(Choice, choice.pk)
        note(choice, "choice-withdrawn", by=by, case=course.pk, kind=choice.kind, reason=reason)
