"""The Active Employment Act (LAB), from 2020 to the end of 2023 (regime C)."""

from datetime import date

from law.clocks import SinceRegistration, Unemployed
from law.periods import Period
from law.rules import Act, Provision, Rule
from law.vocabulary import MeetingKind, Party, Regime
from law.words import gettext_noop

RULES = (
    Rule(
        id="R20-01",
        title=gettext_noop("CV interview"),
        text=gettext_noop("CV interview in person in the a-kasse within 2 weeks of registration"),
        kind=MeetingKind.CV,
        responsible=Party.A_KASSE,
        source="LAB §§ 22-25 (V:41)",
        because=gettext_noop("2 weeks after registration, LAB § 25"),
        due=(SinceRegistration(days=14),),
    ),
    Rule(
        id="R20-02",
        title=gettext_noop("Job interview"),
        text=gettext_noop(
            "At least 4 individual job interviews in the first 6 months; joint ones do not count"
        ),
        kind=MeetingKind.JOB,
        responsible=Party.JOBCENTRE,
        source="LAB § 31 stk. 1 (V:32)",
        because=gettext_noop("at least 4 in the first 6 months of unemployment, LAB § 31 stk. 1"),
        due=(Unemployed(months=6),) * 4,
    ),
    Rule(
        id="R20-03",
        title=gettext_noop("First joint interview"),
        text=gettext_noop(
            "First joint interview at latest at 3 months, if the a-kasse, the jobcentre or the"
            " citizen asks for it"
        ),
        kind=MeetingKind.JOINT,
        responsible=Party.JOBCENTRE,
        with_party=Party.A_KASSE,
        source="LAB § 31 stk. 2 nr. 1 (V:32)",
        because=gettext_noop("3 months of unemployment, when asked for, LAB § 31 stk. 2 nr. 1"),
        due=(Unemployed(months=3),),
    ),
    Rule(
        id="R20-04",
        title=gettext_noop("Second joint interview"),
        text=gettext_noop("Second joint interview after 3 months and at latest at 6 months"),
        kind=MeetingKind.JOINT,
        responsible=Party.JOBCENTRE,
        with_party=Party.A_KASSE,
        source="LAB § 31 stk. 2 nr. 2 (V:32)",
        because=gettext_noop("after 3 and within 6 months of unemployment, LAB § 31 stk. 2 nr. 2"),
        due=(Unemployed(months=6),),
        after=Unemployed(months=3),
    ),
    Rule(
        id="R20-06",
        title=gettext_noop("Availability interview"),
        text=gettext_noop("Two availability interviews, at 3 and 6 months, until 31 December 2023"),
        kind=MeetingKind.AVAILABILITY,
        responsible=Party.A_KASSE,
        source="availability order (V:34, V:35, V:42)",
        because=gettext_noop(
            "two in the first 6 months of unemployment, at 3 and 6 months, until the end of 2023,"
            " availability order of the a-kasser"
        ),
        due=(Unemployed(months=3), Unemployed(months=6)),
        in_force=Period(date(2020, 1, 1), date(2024, 1, 1)),
    ),
    Rule(
        id="R20-09",
        title=gettext_noop("Joint interview at 16 months"),
        text=gettext_noop(
            "Joint interview at latest at 16 months, unless the citizen does not want the a-kasse"
            " there; held after the first 6"
        ),
        kind=MeetingKind.JOINT,
        responsible=Party.JOBCENTRE,
        with_party=Party.A_KASSE,
        source="LAB § 32 stk. 2 (V:44)",
        because=gettext_noop("16 months of unemployment, LAB § 32 stk. 2"),
        due=(Unemployed(months=16),),
        after=Unemployed(months=6),
    ),
    Rule(
        id="R20-12",
        title=gettext_noop("Interview still owed from 2019"),
        text=gettext_noop(
            "Under 6 months' unemployment on 1 January 2020: 6 interviews in all within the 6"
            " months, 2 of them joint, those already held counted. Over 6 months: the 16-month"
            " interview (R20-09), unless the old third joint one was held"
        ),
        kind=MeetingKind.JOB,
        responsible=Party.JOBCENTRE,
        with_party=Party.A_KASSE,
        source="LAB § 209 stk. 2 (V:45)",
        because=gettext_noop(
            "6 interviews in the first 6 months, 2 of them joint, those held counted,"
            " LAB § 209 stk. 2"
        ),
        due=(Unemployed(months=6),),
    ),
)

PROVISIONS = (
    Provision(
        id="R20-05",
        text=gettext_noop(
            "Joint interviews come on top of the four; the citizen can decline the a-kasse"
        ),
        source="LAB § 31 (V:32)",
    ),
    Provision(
        id="R20-08",
        text=gettext_noop(
            "After 6 months interviews as agreed, and on the citizen's request: no fixed dates"
        ),
        source="LAB § 32 stk. 1 (V:44)",
    ),
    Provision(
        id="R20-10",
        text=gettext_noop(
            "Less intensive effort: no duty to attend in any form while the clock runs"
        ),
        source="LAB § 106 (V:5, V:6)",
    ),
    Provision(
        id="R20-11",
        text=gettext_noop("After less intensive effort a personal interview as soon as possible"),
        source="STAR Q&A 9 Jan 2020 (V:41)",
        questions=("C",),
    ),
    Provision(
        id="R20-14",
        text=gettext_noop(
            "A-kasse trial: the course is the a-kasse's to the end of the month in which more than"
            " 410 (part-time 333) benefit hours were paid; sickness does not extend it"
        ),
        source="STAR Q&A on the trial (V:15, V:48, V:49, V:50)",
        questions=("Q8",),
    ),
    Provision(
        id="R20-15",
        text=gettext_noop("Out of the trial: a change of a-kasse, a move, complex problems"),
        source="STAR Q&A on the trial (V:16)",
    ),
)

ACT_2020 = Act(
    regime=Regime.Y2020,
    name=gettext_noop("LAB 2020"),
    in_force=Period(date(2020, 1, 1), date(2024, 1, 1)),
    rules=RULES,
    provisions=PROVISIONS,
)
