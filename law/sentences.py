"""Every template the law speaks in, collected so that each can be translated."""

from law.acts import RULES
from law.acts.act_2009 import CV_IN_A_MONTH, CV_IN_DAYS
from law.vocabulary import AbsenceKind, Party, State
from law.words import Sentence, Word, english, gettext_noop, render

__all__ = ["TEMPLATES", "Sentence", "Word", "english", "gettext_noop", "render"]

MOVED = gettext_noop("moved %(days)s days: %(reasons)s")
MOVED_ONE = gettext_noop("moved 1 day: %(reasons)s")
EARLIER = gettext_noop("moved %(days)s days earlier: %(reasons)s")
EARLIER_ONE = gettext_noop("moved 1 day earlier: %(reasons)s")
STANDS_STILL = gettext_noop("no date while the clock stands still: %(reasons)s")
FAR_AHEAD = gettext_noop("no date within ten years")
RUN = gettext_noop("%(kind)s %(first)s-%(last)s")
ONE_DAY = gettext_noop("%(kind)s %(first)s")
RUN_FROM = gettext_noop("%(kind)s from %(first)s")
REPORTED = gettext_noop("reported hours")
SUSPENDED = gettext_noop("exempt on the last day: %(reasons)s; then within %(days)s days")
IN_ABSENCE = gettext_noop("the last day lies in an absence: %(reasons)s")
PLAN_BY = gettext_noop("plan by %(day)s, the last working day")
POSTPONED = gettext_noop("postponed to %(day)s")
POSTPONED_TOO_FAR = gettext_noop("postponed to %(day)s, but %(latest)s is the last lawful day")
NOT_POSTPONED = gettext_noop("the postponement to %(day)s has no effect")
WRONG_TYPE = gettext_noop("the interview of %(day)s was registered as type 7 and does not count")
DECLINED = gettext_noop("the citizen declined the a-kasse's participation on %(day)s")
A_KASSE_DECLINED = gettext_noop("the a-kasse declined to take part on %(day)s")
WANTED = gettext_noop("the citizen asked on %(day)s for the a-kasse to take part")
CHOSE_JOBCENTRE = gettext_noop("the citizen chose the jobcentre on %(day)s")
CHOSE_LATE = gettext_noop(
    "the choice of the jobcentre on %(day)s came after the first interview: decide by hand"
)
TAKEN_IN = gettext_noop(
    "under the agreement from %(day)s on by decision of %(party)s (the target group is a starting"
    " point, declaration of 2009)"
)
KEPT_OUT = gettext_noop(
    "not under the agreement from %(day)s on by decision of %(party)s (the target group is a"
    " starting point, declaration of 2009)"
)
VISITED_OUT = gettext_noop("visited to the jobcentre on %(day)s")
EXEMPTED = gettext_noop("exempted on %(day)s after a concrete assessment")
NOT_ASKED = gettext_noop("nobody asked for it")
ASKED_LATE = gettext_noop("asked for on %(day)s, after it could be required")
VOLUNTARY = gettext_noop("required only where the 6 weeks are reached from %(day)s on")
ENDED = gettext_noop("the course ended before %(day)s")
RECOVERED = gettext_noop("well again on %(day)s, before the talk was due")
RULE_ENDED = gettext_noop("no longer a duty from %(day)s on")
HANDED_OVER = gettext_noop("stays the a-kasse's after the hand-over on %(day)s")
FREE_MUNICIPALITY = gettext_noop("a free municipality may keep its own contact course")
OVER_REPORTED = gettext_noop("%(hours)s hours reported for %(month)s, more than its weekdays hold")
UNSETTLED = gettext_noop("needs legal confirmation: %(questions)s")

CITIZEN = Word(gettext_noop("the citizen"))
A_KASSE = Word(gettext_noop("the a-kasse"))
COVID_DAYS = Word(gettext_noop("covid"))

ABSENCES = {
    AbsenceKind.JOB: Word(gettext_noop("job")),
    AbsenceKind.HOLIDAY: Word(gettext_noop("holiday")),
    AbsenceKind.SICK: Word(gettext_noop("sickness")),
    AbsenceKind.MATERNITY: Word(gettext_noop("maternity")),
    AbsenceKind.LESS_INTENSIVE: Word(gettext_noop("less intensive effort")),
    AbsenceKind.WAGE_SUBSIDY: Word(gettext_noop("wage-subsidised job")),
    AbsenceKind.PART_TIME_JOB: Word(gettext_noop("part-time job")),
}

PARTIES = {
    Party.CITIZEN: CITIZEN,
    Party.A_KASSE: A_KASSE,
    Party.JOBCENTRE: Word(gettext_noop("the jobcentre")),
}
STATES = {
    State.OPEN: Word(gettext_noop("open")),
    State.MET: Word(gettext_noop("held in time")),
    State.LATE: Word(gettext_noop("held too late")),
    State.OVERDUE: Word(gettext_noop("overdue")),
    State.NOT_REQUIRED: Word(gettext_noop("not required")),
    State.VOLUNTARY: Word(gettext_noop("voluntary")),
    State.SUSPENDED: Word(gettext_noop("suspended")),
    State.LAPSED: Word(gettext_noop("lapsed")),
}

NUMBER = gettext_noop("%(whole)s.%(hundredths)s")
REGIME = gettext_noop("Rules of %(regime)s, asked on %(day)s")
CLOCK = gettext_noop(
    "Unemployment: %(hours)s hours on %(weekdays)s weekdays, %(months)s months; %(running)s"
)
RUNNING = gettext_noop("the clock is running")
STOPPED = gettext_noop("the clock stands still")
PAUSED = gettext_noop("the clock stands still: %(kind)s")
REPORTED_TO = gettext_noop("Hours reported to %(month)s, forecast after that")
ELIGIBLE = gettext_noop("In the target group of the agreement: %(criteria)s")
NOT_ELIGIBLE = gettext_noop("Not in the target group of the agreement: %(criteria)s")
CRITERION_OK = gettext_noop("%(name)s %(value)s fulfilled")
CRITERION_FAILED = gettext_noop("%(name)s %(value)s not fulfilled")
RESPONSIBLE = gettext_noop("Responsible: %(party)s %(first)s-%(last)s")
RESPONSIBLE_FROM = gettext_noop("Responsible: %(party)s from %(first)s")
HANDOVER = gettext_noop("Handed over to the jobcentre after %(day)s (%(rule)s)")
HANDOVER_FORECAST = gettext_noop("Handed over to the jobcentre after %(day)s (%(rule)s), forecast")
NO_DATE = gettext_noop("no date")
DUTY = gettext_noop(
    "%(due)s  %(rule)s.%(ordinal)s %(title)s, %(party)s: %(state)s. Reason: %(because)s"
)
DUTY_MET = gettext_noop(
    "%(due)s  %(rule)s.%(ordinal)s %(title)s, %(party)s: %(state)s on %(met)s. Reason: %(because)s"
)

CRITERIA = {
    "age": Word(gettext_noop("age")),
    "special_effort": Word(gettext_noop("special effort")),
    "a_kasse": Word(gettext_noop("a-kasse")),
    "municipality": Word(gettext_noop("municipality")),
    "in_force": Word(gettext_noop("in force")),
    "decision": Word(gettext_noop("decision")),
}

NOTES = (
    MOVED,
    MOVED_ONE,
    EARLIER,
    EARLIER_ONE,
    STANDS_STILL,
    FAR_AHEAD,
    RUN,
    ONE_DAY,
    RUN_FROM,
    REPORTED,
    SUSPENDED,
    IN_ABSENCE,
    PLAN_BY,
    POSTPONED,
    POSTPONED_TOO_FAR,
    NOT_POSTPONED,
    WRONG_TYPE,
    DECLINED,
    A_KASSE_DECLINED,
    WANTED,
    CHOSE_JOBCENTRE,
    CHOSE_LATE,
    TAKEN_IN,
    KEPT_OUT,
    VISITED_OUT,
    EXEMPTED,
    NOT_ASKED,
    ASKED_LATE,
    VOLUNTARY,
    ENDED,
    RECOVERED,
    RULE_ENDED,
    HANDED_OVER,
    FREE_MUNICIPALITY,
    OVER_REPORTED,
    UNSETTLED,
)
PLAIN = (
    NUMBER,
    REGIME,
    CLOCK,
    RUNNING,
    STOPPED,
    PAUSED,
    REPORTED_TO,
    ELIGIBLE,
    NOT_ELIGIBLE,
    CRITERION_OK,
    CRITERION_FAILED,
    RESPONSIBLE,
    RESPONSIBLE_FROM,
    HANDOVER,
    HANDOVER_FORECAST,
    NO_DATE,
    DUTY,
    DUTY_MET,
)
WORDS = (
    COVID_DAYS,
    *ABSENCES.values(),
    *PARTIES.values(),
    *STATES.values(),
    *CRITERIA.values(),
)

TEMPLATES: tuple[str, ...] = tuple(
    dict.fromkeys(
        (
            *(rule.title for rule in RULES.values()),
            *(rule.because for rule in RULES.values()),
            CV_IN_A_MONTH,
            CV_IN_DAYS,
            *NOTES,
            *PLAIN,
            *(word.text for word in WORDS),
        )
    )
)
