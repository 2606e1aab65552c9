"""The reform of 2025, lov 1750/2025, from 1 July 2026 (regime E); and 2027 as mere data."""

from datetime import date

from law.clocks import SinceRegistration, Unemployed
from law.periods import Period
from law.rules import Act, Provision, Rule
from law.vocabulary import MeetingKind, Party, Regime
from law.words import gettext_noop

UNSETTLED = ("Q11",)

RULES = (
    Rule(
        id="R26-03",
        title=gettext_noop("Job interview in the a-kasse"),
        text=gettext_noop(
            "At least 2 job interviews in the a-kasse in the first 3 months, with at least 75 %"
        ),
        kind=MeetingKind.JOB,
        responsible=Party.A_KASSE,
        source="lov 1750/2025 (V:61, V:64)",
        because=gettext_noop("at least 2 in the first 3 months of unemployment, lov 1750/2025"),
        due=(Unemployed(months=3),) * 2,
        named_first="R26-05",
        questions=UNSETTLED,
    ),
    Rule(
        id="R26-04",
        title=gettext_noop("Job interview in the municipality"),
        text=gettext_noop(
            "At least 2 in the municipality from the take-over to 6 months, with at least 75 %"
        ),
        kind=MeetingKind.JOB,
        responsible=Party.JOBCENTRE,
        source="lov 1750/2025 (V:64)",
        because=gettext_noop(
            "at least 2 from the take-over to 6 months of unemployment, lov 1750/2025"
        ),
        due=(Unemployed(months=6),) * 2,
        questions=UNSETTLED,
    ),
    Rule(
        id="R26-05",
        title=gettext_noop("First job interview"),
        text=gettext_noop("The first job interview is held with all; within 2 weeks as in 2024"),
        kind=MeetingKind.JOB,
        responsible=Party.A_KASSE,
        source="lov 1750/2025 (V:64)",
        because=gettext_noop("%(days)s days after registration, lov 1750/2025"),
        due=(SinceRegistration(days=14),),
        questions=UNSETTLED,
    ),
    Rule(
        id="R26-07",
        title=gettext_noop("Joint interview at 16 months"),
        text=gettext_noop(
            "Interview on an intensified effort by 16 months; the a-kasse takes part unless"
            " declined, as in 2024; held after the first 6"
        ),
        kind=MeetingKind.JOINT,
        responsible=Party.JOBCENTRE,
        with_party=Party.A_KASSE,
        source="lov 1750/2025 (V:64)",
        because=gettext_noop("16 months of unemployment, lov 1750/2025"),
        due=(Unemployed(months=16),),
        after=Unemployed(months=6),
        questions=UNSETTLED,
    ),
)

PROVISIONS = (
    Provision(
        id="R26-01",
        text=gettext_noop("lov 1750 of 29 December 2025, in force 1 February and 1 July 2026"),
        source="V:60, V:61",
    ),
    Provision(
        id="R26-02",
        text=gettext_noop(
            "No duty to have a jobcentre from 1 February 2026: the word on screen follows the day"
        ),
        source="V:60, V:62, V:63",
    ),
    Provision(
        id="R26-06",
        text=gettext_noop(
            "Up to 25 % may be exempted on a concrete assessment; their R26-03 and -04 are not"
            " required"
        ),
        source="V:61, V:64",
        questions=UNSETTLED,
    ),
    Provision(
        id="R26-08",
        text=gettext_noop("Limit of the first interview, and whom the 75 % are counted over: open"),
        source="-",
        questions=UNSETTLED,
    ),
    Provision(
        id="R27-01",
        text=gettext_noop("A new main act is expected on 1 January 2027: data, never applied"),
        source="V:54, V:61",
        questions=("Q12",),
    ),
    Provision(
        id="R27-02",
        text=gettext_noop(
            "Trials from 2027: 4 months in the a-kasse, or free choice: data, never applied"
        ),
        source="V:65",
        questions=("Q12",),
    ),
    Provision(
        id="R27-03",
        text=gettext_noop(
            "Hours and month end of a hand-over after 4 months: unknown, never applied"
        ),
        source="-",
        questions=("Q12",),
    ),
    Provision(
        id="R27-04",
        text=gettext_noop(
            "Five regional employment councils replace the eight RAR: data, never applied"
        ),
        source="V:66, V:67",
    ),
)

ACT_2026 = Act(
    regime=Regime.Y2026,
    name=gettext_noop("Lov 1750/2025"),
    in_force=Period(date(2026, 7, 1)),
    rules=RULES,
    provisions=PROVISIONS,
)
