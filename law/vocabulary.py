"""The words that rules, facts and answers are written in."""

from enum import StrEnum


class Party(StrEnum):
    """Who holds, owes or decides."""

    CITIZEN = "citizen"
    A_KASSE = "a_kasse"
    JOBCENTRE = "jobcentre"


class MeetingKind(StrEnum):
    """What kind of meeting is owed or was held."""

    CV = "cv"
    JOB = "job"
    JOINT = "joint"
    AVAILABILITY = "availability"
    SICKNESS = "sickness"
    RECRUITMENT = "recruitment"


class AbsenceKind(StrEnum):
    """Why someone is not plainly unemployed for a while."""

    JOB = "job"
    HOLIDAY = "holiday"
    SICK = "sick"
    MATERNITY = "maternity"
    LESS_INTENSIVE = "less_intensive"
    WAGE_SUBSIDY = "wage_subsidy"
    PART_TIME_JOB = "part_time_job"


class ChoiceKind(StrEnum):
    """What the citizen or an authority decided."""

    CHOOSE_JOBCENTRE = "choose_jobcentre"
    DECLINE_OTHER_PARTY = "decline_other_party"
    WANT_OTHER_PARTY = "want_other_party"
    ASK_JOINT = "ask_joint"
    VISITED_OUT = "visited_out"
    EXEMPT = "exempt"
    POSTPONE = "postpone"


class Insurance(StrEnum):
    """How a member is insured."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"


class Basis(StrEnum):
    """What a last day is counted in."""

    CALENDAR = "calendar"
    CUMULATIVE = "cumulative"
    WEEKS = "weeks"
    MONTH_END = "month_end"


class Outcome(StrEnum):
    """How a duty ended, whatever day it is asked on."""

    PENDING = "pending"
    MET = "met"
    LATE = "late"
    NOT_REQUIRED = "not_required"
    VOLUNTARY = "voluntary"
    LAPSED = "lapsed"


class State(StrEnum):
    """How a duty stands on a day."""

    OPEN = "open"
    MET = "met"
    LATE = "late"
    OVERDUE = "overdue"
    NOT_REQUIRED = "not_required"
    VOLUNTARY = "voluntary"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"


class Regime(StrEnum):
    """The act in force on the day of placement, by the year it came."""

    Y2009 = "2009"
    Y2015 = "2015"
    Y2020 = "2020"
    Y2024 = "2024"
    Y2026 = "2026"
