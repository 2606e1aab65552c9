"""What the sources leave open: dated questions, and the parameters that stand in for answers.

A `Parameters` is passed in with the facts of a course; nothing here is a global setting.
"""

from dataclasses import dataclass, field
from datetime import date

from law.words import gettext_noop

REGISTER_DATED_ON = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class HandoverHours:
    """How many paid hours an a-kasse keeps a member for."""

    full_time: int = 410
    part_time: int = 333


@dataclass(frozen=True, slots=True)
class Parameters:
    """The values used where the law is silent or unread, until someone settles them."""

    cv_days_2009: int | None = None
    cv_three_weeks_from: date | None = None
    sick_days_counted: int = 14
    handover_hours: HandoverHours = field(default_factory=HandoverHours)
    handover_strict: bool = True
    count_prior_akasse: bool = False
    sickness_talk_from: date | None = date(2010, 1, 1)
    sickness_talk_to: date | None = None
    first_interview_days_2026: int = 14
    catch_up_days: int = 14
    postpone_days: int = 14
    obliged_to_book_from: date = date(2015, 7, 1)
    joint_self_booking_from: date = date(2024, 1, 1)  # DFDG's release 2023-4
    dated_on: date = REGISTER_DATED_ON


@dataclass(frozen=True, slots=True)
class Question:
    """One entry of the uncertainty register."""

    id: str
    text: str
    default: str
    parameters: tuple[str, ...] = ()
    dated_on: date = REGISTER_DATED_ON


REGISTER: tuple[Question, ...] = (
    Question(
        "Q1",
        gettext_noop(
            "How long a member had for the CV interview from August 2009, and when it"
            " became 3 weeks"
        ),
        gettext_noop(
            "1 month from 1 August 2009; 3 weeks from a day that can be set; 2 weeks from"
            " 1 July 2015"
        ),
        ("cv_days_2009", "cv_three_weeks_from"),
    ),
    Question(
        "Q2",
        gettext_noop("How weeks were counted, and what reset the due week, from 2009 to 2014"),
        gettext_noop(
            "An ISO week counts when one of its weekdays does; a held interview starts 13 new weeks"
        ),
    ),
    Question(
        "Q3",
        gettext_noop(
            "Whether members under 30 had their first interview within 1 month already in"
            " August 2009"
        ),
        gettext_noop("Yes"),
    ),
    Question(
        "Q4",
        gettext_noop("Legal basis, first day and last day of the a-kasse's 4-week sickness talk"),
        gettext_noop("For members who fall sick from 1 January 2010 on, with no last day"),
        ("sickness_talk_from", "sickness_talk_to"),
    ),
    Question(
        "Q5",
        gettext_noop("Whether hours or weeks were counted before July 2017"),
        gettext_noop("Hours (C1-C3)"),
    ),
    Question(
        "Q6",
        gettext_noop(
            "Whether a postponement of up to 2 weeks is counted on the calendar or in unemployment"
        ),
        gettext_noop("On the calendar"),
        ("postpone_days",),
    ),
    Question(
        "Q7",
        gettext_noop("Whether the first 14 sick days count as unemployment"),
        gettext_noop("Yes"),
        ("sick_days_counted",),
    ),
    Question(
        "Q8",
        gettext_noop(
            "What happens at exactly 410 hours, and the figure for part-time members from 2024"
        ),
        gettext_noop("More than 410 hours; 333 for part-time members"),
        ("handover_hours", "handover_strict"),
    ),
    Question(
        "Q9",
        gettext_noop("Whether interviews the a-kasse held before it visited someone out count"),
        gettext_noop("They do not"),
        ("count_prior_akasse",),
    ),
    Question(
        "Q10",
        gettext_noop("Whether a return from a job asks for a new first interview"),
        gettext_noop(
            "An absence for a job is no re-registration and keeps the calendar days. A"
            " re-registration"
            " is a new course with its own day of registration and the old day of placement; an"
            " interview already held in that benefit period meets its calendar duty"
        ),
    ),
    Question(
        "Q11",
        gettext_noop(
            "2026: whom the 75 % are counted over, the 16-month interview, the first"
            " interview's limit"
        ),
        gettext_noop(
            "First interview within 2 weeks, the a-kasse takes part at 16 months unless declined,"
            " hand-over as in 2024"
        ),
        ("first_interview_days_2026",),
    ),
    Question(
        "Q12",
        gettext_noop("The trials of 2027: municipalities, hours, rules of choice"),
        gettext_noop("Kept as data, never applied"),
    ),
    Question(
        "Q13",
        gettext_noop("Whether the Public Administration Act covers a-kasser in these tasks"),
        gettext_noop("Not assumed by any rule here"),
    ),
    Question(
        "Q14",
        gettext_noop("Who may see why someone is under special effort"),
        gettext_noop("The jobcentre; the law core is told yes or no"),
    ),
    Question(
        "Q15",
        gettext_noop("The last day of an agreement that runs “until 1 August 2025”"),
        gettext_noop("31 July 2025"),
    ),
    Question(
        "Q16",
        gettext_noop("Whether a recruitment meeting resets the due week"),
        gettext_noop("It does not"),
    ),
    Question(
        "Q17",
        gettext_noop("From which day interviews had to be booked by the citizen"),
        gettext_noop("1 July 2015; no duty to hold an interview depends on it"),
        ("obliged_to_book_from",),
    ),
    Question(
        "Q18",
        gettext_noop("What the chapters of the national template agreement say"),
        gettext_noop("No rule here depends on it"),
    ),
    Question(
        "Q19",
        gettext_noop(
            "On which day release 2023-4 of the common data basis let citizens book joint"
            " interviews: its published descriptions name the release, not its day"
        ),
        gettext_noop("1 January 2024, with the rules of 2024 (R24-11)"),
        ("joint_self_booking_from",),
    ),
    Question(
        "C",
        gettext_noop(
            "Conventions where law and guidance are silent: R15-19, R15-20, R24-13a, and the"
            " 14 days to catch up after an exemption"
        ),
        gettext_noop("As the rules state them"),
        ("catch_up_days",),
    ),
)
