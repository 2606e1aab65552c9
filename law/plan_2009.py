"""The meetings owed in a course of 2009, and what it takes on in 2015 (R15-20)."""

from collections.abc import Iterator

from law.acts import RULES
from law.acts.act_2009 import CV_IN_A_MONTH, CV_IN_DAYS, CV_WEEKS, SICKNESS_TALK
from law.acts.transitions import REFORM_ON
from law.clocks import SinceRegistration
from law.course import Course
from law.drafts import Draft, draft, recurring
from law.facts import HeldMeeting
from law.periods import week_of
from law.vocabulary import AbsenceKind, MeetingKind, Outcome, Party
from law.words import Sentence


def meetings_2009(course: Course) -> Iterator[Draft]:
    """What the act of 2009 asks; the recurring ones once, as long as nothing was held."""
    found = [_cv(course), *_sickness_talks(course)]
    first = course.clock.week_before_start()
    if course.is_young:
        found.append(_first_under_30(course))
    found.append(interview(course, 2 if course.is_young else 1, first, course.start))
    found.append(recurring(course, RULES["R09-05"], 1, first, course.start))
    crosses = course.crosses(REFORM_ON)
    for one in found:
        if crosses:
            one.replaced = REFORM_ON.toordinal()
        yield one


def _first_under_30(course: Course) -> Draft:
    """R09-03, which may be the a-kasse's by agreement as well."""
    found = draft(course, RULES["R09-03"])
    found.responsible = interview_party(course, 1, found.due)
    return found


def interview_party(course: Course, ordinal: int, due: int | None) -> Party:
    """R09-09: the first interviews are the a-kasse's by agreement, unless it was opted out of."""
    terms = course.facts.agreement
    if not course.in_partnership or terms is None or course.chosen is not None:
        return Party.JOBCENTRE
    if ordinal > terms.first_meetings_at_a_kasse:
        return Party.JOBCENTRE
    return _party_by_decision(course, ordinal, due) if course.facts.entries else Party.A_KASSE


def _party_by_decision(course: Course, ordinal: int, due: int | None) -> Party:
    """R09-11a: whoever had the course when it was held, else who has it on its last timely day."""
    held = sorted(
        (one for one in course.facts.meetings if one.kind is MeetingKind.JOB and _had(course, one)),
        key=lambda one: one.held_on,
    )
    if len(held) >= ordinal:
        return held[ordinal - 1].by
    return Party.A_KASSE if due is None or _is_under(course, due) else Party.JOBCENTRE


def _had(course: Course, one: HeldMeeting) -> bool:
    """Whether the party that held an interview had the course on that day."""
    day = one.held_on.toordinal()
    return day >= course.start and (one.by is Party.A_KASSE) is _is_under(course, day)


def _is_under(course: Course, day: int) -> bool:
    """Whether a day lies in a run under the agreement that began before the window was over."""
    over = course.window_end
    return any(
        starts <= day < ends and (over is None or starts <= over) for starts, ends in course.under
    )


def interview(course: Course, ordinal: int, week: int, opens: int) -> Draft:
    """R09-02: the interview that is due 13 counted weeks after a week."""
    found = recurring(course, RULES["R09-02"], ordinal, week, opens)
    found.responsible = interview_party(course, ordinal, found.due)
    if found.responsible is Party.A_KASSE and _left_over(course, found, ordinal):
        found.responsible = Party.JOBCENTRE
    return found


def _left_over(course: Course, one: Draft, ordinal: int) -> bool:
    """Whether an interview that was not held falls due after the agreement stopped acting."""
    terms = course.facts.agreement
    if terms is None or terms.stops_on is None or one.due is None:
        return False
    held = course.held(MeetingKind.JOB, Party.A_KASSE)
    return one.due >= terms.stops_on.toordinal() and len(held) < ordinal


def next_in_2009(course: Course, met: Draft, drafts: list[Draft]) -> None:
    """A held interview starts 13 new weeks: add the next one, or count a waiting one anew."""
    if met.met is None:
        return
    week, opens = week_of(met.met), met.met + 1
    if met.rule.id == "R09-05":
        following = recurring(course, met.rule, met.ordinal + 1, week, opens)
    else:
        following = interview(course, met.ordinal + 1, week, opens)
        drafts[:] = [one for one in drafts if one.rule.id != "R09-02" or one.met is not None]
    if course.crosses(REFORM_ON):
        following.replaced = REFORM_ON.toordinal()
    drafts.append(following)


def _cv(course: Course) -> Draft:
    """R09-04, by the parameters that stand in for an answer to Q1."""
    parameters = course.facts.parameters
    rule, from_day = RULES["R09-04"], parameters.cv_three_weeks_from
    if from_day is not None and course.facts.registered_on >= from_day:
        limit = CV_WEEKS
    elif parameters.cv_days_2009 is not None:
        limit = SinceRegistration(days=parameters.cv_days_2009)
    else:
        return draft(course, rule, because=Sentence(CV_IN_A_MONTH))
    return draft(course, rule, limit=limit, because=Sentence(CV_IN_DAYS, {"days": limit.days}))


def _sickness_talks(course: Course) -> Iterator[Draft]:
    """R09-07: one talk for each sickness, until the member is well again."""
    parameters = course.facts.parameters
    since, until = parameters.sickness_talk_from, parameters.sickness_talk_to
    ordinal = 0
    for span in course.clock.spans:
        absence = span.absence
        started = absence.starts_on
        if absence.kind is not AbsenceKind.SICK or span.ends <= course.start:
            continue
        if since is None or started < since or (until is not None and started > until):
            continue
        ordinal += 1
        days = (SICKNESS_TALK.reached_on(started) - course.facts.registered_on).days
        limit = SinceRegistration(days=days)
        found = draft(course, RULES["R09-07"], ordinal, limit, opens=span.starts)
        if absence.ends_on is not None:
            found.close(span.ends, Outcome.LAPSED)
        yield found
