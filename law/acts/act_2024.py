"""A simpler contact course, lov 727/2023, from 2024 to 30 June 2026 (regime D)."""

from datetime import date

from law.clocks import SinceRegistration, Unemployed
from law.periods import Period
from law.rules import Act, Provision, Rule
from law.vocabulary import MeetingKind, Party, Regime
from law.words import gettext_noop

RULES = (
    Rule(
        id="R24-01",
        title=gettext_noop("First job interview"),
        text=gettext_noop(
            "First job interview in the a-kasse, in person, within 2 weeks of registration"
        ),
        kind=MeetingKind.JOB,
        responsible=Party.A_KASSE,
        source="LAB § 31 stk. 4 (V:51, V:52)",
        because=gettext_noop("2 weeks after registration, LAB § 31 stk. 4"),
        due=(SinceRegistration(days=14),),
    ),
    Rule(
        id="R24-02",
        title=gettext_noop("Job interview in the a-kasse"),
        text=gettext_noop(
            "At least 3 individual job interviews in the a-kasse in the first 3 months"
        ),
        kind=MeetingKind.JOB,
        responsible=Party.A_KASSE,
        source="LAB § 31 stk. 1 (V:51)",
        because=gettext_noop("at least 3 in the first 3 months of unemployment, LAB § 31 stk. 1"),
        due=(Unemployed(months=3),) * 3,
        named_first="R24-01",
    ),
    Rule(
        id="R24-03",
        title=gettext_noop("Job interview in the jobcentre"),
        text=gettext_noop(
            "After the hand-over and at latest at 6 months: at least 3 in the jobcentre; the"
            " citizen chooses whether the a-kasse takes part in the first (R24-06)"
        ),
        kind=MeetingKind.JOB,
        responsible=Party.JOBCENTRE,
        source="LAB § 31 stk. 1-2 (V:51)",
        because=gettext_noop(
            "at least 3 after the hand-over and within 6 months of unemployment, LAB § 31"
        ),
        due=(Unemployed(months=6),) * 3,
    ),
    Rule(
        id="R24-04",
        title=gettext_noop("Job interview after visiting out"),
        text=gettext_noop(
            "Visited to a jobcentre course (§ 27 stk. 3): at least 6 in the first 6 months, and"
            " R24-01, -02 and -03 do not apply"
        ),
        kind=MeetingKind.JOB,
        responsible=Party.JOBCENTRE,
        source="LAB § 31 (V:51)",
        because=gettext_noop(
            "at least 6 in the first 6 months for those visited to the jobcentre,"
            " LAB § 27 stk. 3 and § 31"
        ),
        due=(Unemployed(months=6),) * 6,
        questions=("Q9",),
    ),
    Rule(
        id="R24-07",
        title=gettext_noop("Joint interview at 16 months"),
        text=gettext_noop(
            "Joint interview at latest at 16 months; the a-kasse takes part unless declined;"
            " held after the first 6"
        ),
        kind=MeetingKind.JOINT,
        responsible=Party.JOBCENTRE,
        with_party=Party.A_KASSE,
        source="LAB § 32 stk. 2 (V:44)",
        because=gettext_noop("16 months of unemployment, LAB § 32 stk. 2"),
        due=(Unemployed(months=16),),
        after=Unemployed(months=6),
    ),
)

PROVISIONS = (
    Provision(
        id="R24-04a",
        text=gettext_noop(
            "Who is visited out: those in need of early effort and young people with an education"
            " order"
        ),
        source="V:53, V:54",
    ),
    Provision(
        id="R24-05",
        text=gettext_noop(
            "Hand-over from the a-kasse to the jobcentre at the end of the month in which more"
            " than 410 (part-time 333) benefit hours were paid"
        ),
        source="MA 2 Jan 2024 (V:55); 333: V:48",
        questions=("Q8",),
    ),
    Provision(
        id="R24-06",
        text=gettext_noop(
            "The citizen chooses whether the a-kasse takes part in the first jobcentre interview"
        ),
        source="LAB § 31 stk. 2 (V:51)",
    ),
    Provision(
        id="R24-08",
        text=gettext_noop("Availability is assessed when needed: no fixed dates any more"),
        source="BEK 1590/2023 § 40 (V:56)",
    ),
    Provision(
        id="R24-13",
        text=gettext_noop("Unemployed before 1 January 2024 stay in the jobcentre course"),
        source="V:52, V:55",
    ),
    Provision(
        id="R24-13a",
        text=gettext_noop("Placed before 1 July 2026: R24-02 and R24-03 stand for that course"),
        source="convention",
        questions=("C",),
    ),
)

ACT_2024 = Act(
    regime=Regime.Y2024,
    name=gettext_noop("LAB 2024, lov 727/2023"),
    in_force=Period(date(2024, 1, 1), date(2026, 7, 1)),
    rules=RULES,
    provisions=PROVISIONS,
)
