"""The employment reform, from 1 July 2015 to the end of 2019 (regime B)."""

from datetime import date

from law.clocks import SinceRegistration, Unemployed
from law.periods import Period
from law.rules import Act, Provision, Rule
from law.vocabulary import MeetingKind, Party, Regime
from law.words import gettext_noop

FIRST_JOINT_FROM = date(2016, 7, 1)
MONTHLY = tuple(Unemployed(months=month) for month in range(1, 7))

RULES = (
    Rule(
        id="R15-01",
        title=gettext_noop("CV and guidance interview"),
        text=gettext_noop(
            "CV and guidance interview in the a-kasse within 2 weeks of registration"
        ),
        kind=MeetingKind.CV,
        responsible=Party.A_KASSE,
        source="Beskæftigelsesreformen (V:29, V:30, V:31)",
        because=gettext_noop("2 weeks after registration, Beskæftigelsesreformen 2015"),
        due=(SinceRegistration(days=14),),
    ),
    Rule(
        id="R15-02",
        title=gettext_noop("Monthly job interview"),
        text=gettext_noop("One job interview a month in the first 6 months, at least 6 in all"),
        kind=MeetingKind.JOB,
        responsible=Party.JOBCENTRE,
        source="Beskæftigelsesreformen (V:8, V:29)",
        because=gettext_noop(
            "one interview for each of the first 6 months of unemployment,"
            " Beskæftigelsesreformen 2015"
        ),
        due=MONTHLY,
        named_first="R15-05",
    ),
    Rule(
        id="R15-05",
        title=gettext_noop("First joint interview"),
        text=gettext_noop(
            "First joint interview after the CV interview and at latest at 6 weeks; required when"
            " the 6 weeks are reached from 1 July 2016 on, voluntary before (R15-19)"
        ),
        kind=MeetingKind.JOINT,
        responsible=Party.JOBCENTRE,
        with_party=Party.A_KASSE,
        source="S3; Beskæftigelsesreformen (V:8, V:29, V:33)",
        because=gettext_noop(
            "6 weeks of unemployment (30 counted weekdays), Beskæftigelsesreformen 2015"
        ),
        due=(Unemployed(weeks=6),),
    ),
    Rule(
        id="R15-06",
        title=gettext_noop("Second joint interview"),
        text=gettext_noop("Second joint interview after 4 months and at latest at 6 months"),
        kind=MeetingKind.JOINT,
        responsible=Party.JOBCENTRE,
        with_party=Party.A_KASSE,
        source="Beskæftigelsesreformen (V:8, V:33)",
        because=gettext_noop(
            "after 4 and within 6 months of unemployment, Beskæftigelsesreformen 2015"
        ),
        due=(Unemployed(months=6),),
        after=Unemployed(months=4),
        also_meets=("R15-02",),
    ),
    Rule(
        id="R15-07",
        title=gettext_noop("Third joint interview"),
        text=gettext_noop("Third joint interview at latest at 16 months; held after the first 6"),
        kind=MeetingKind.JOINT,
        responsible=Party.JOBCENTRE,
        with_party=Party.A_KASSE,
        source="Beskæftigelsesreformen (V:33, V:34)",
        because=gettext_noop("16 months of unemployment, Beskæftigelsesreformen 2015"),
        due=(Unemployed(months=16),),
        after=Unemployed(months=6),
    ),
    Rule(
        id="R15-08",
        title=gettext_noop("Job interview every 3 months"),
        text=gettext_noop(
            "After 6 months: a job interview every 3 months, until the simplification of 2020"
        ),
        kind=MeetingKind.JOB,
        responsible=Party.JOBCENTRE,
        source="Beskæftigelsesreformen (V:30)",
        because=gettext_noop(
            "every 3 months after 6 months of unemployment, Beskæftigelsesreformen 2015"
        ),
        due=(Unemployed(months=9),),
        every=Unemployed(months=3),
        after=Unemployed(months=6),
    ),
    Rule(
        id="R15-09",
        title=gettext_noop("Availability interview"),
        text=gettext_noop(
            "Two availability interviews: before 3 and before 6 months; until the end of 2023"
        ),
        kind=MeetingKind.AVAILABILITY,
        responsible=Party.A_KASSE,
        source="Beskæftigelsesreformen (V:30, V:35, V:36)",
        because=gettext_noop(
            "two in the first 6 months of unemployment, at 3 and 6 months,"
            " Beskæftigelsesreformen 2015"
        ),
        due=(Unemployed(months=3), Unemployed(months=6)),
        in_force=Period(date(2015, 7, 1), date(2024, 1, 1)),
    ),
)

PROVISIONS = (
    Provision(
        id="R15-03",
        text=gettext_noop(
            "A monthly interview may be moved forward, or postponed up to 2 weeks by the"
            " jobcentre; that does not move the next"
        ),
        source="STAR Q&A 30 Jan 2018 (V:8)",
        questions=("Q6",),
    ),
    Provision(
        id="R15-04",
        text=gettext_noop(
            "Not movable this way: the first and the second joint interview, and no. 6"
        ),
        source="STAR Q&A 30 Jan 2018 (V:8)",
    ),
    Provision(
        id="R15-10",
        text=gettext_noop(
            "The citizen may decline the a-kasse's participation, the a-kasse the first joint"
            " interview: for one interview, until a joint one is registered as held"
        ),
        source="DFDG type 17 (V:37)",
    ),
    Provision(
        id="R15-11",
        text=gettext_noop(
            "A joint interview is registered as type 17 whether or not the a-kasse came; one"
            " registered as 7 settles no joint duty"
        ),
        source="DFDG type 17 (V:37)",
    ),
    Provision(
        id="R15-14",
        text=gettext_noop("CV, joblog and Min Plan: the citizen's own duties, not answered"),
        source="S3 (V:31, V:40)",
    ),
    Provision(
        id="R15-16",
        text=gettext_noop(
            "A free municipality may keep its own contact course: said as a note, moves none"
        ),
        source="S3",
    ),
    Provision(
        id="R15-18",
        text=gettext_noop(
            "Less intensive effort before 2020: contact in another form is still owed"
        ),
        source="BEK 808/2017 § 21 (V:13)",
    ),
    Provision(
        id="R15-19",
        text=gettext_noop(
            "The first joint interview is required when the 6 weeks are reached from 1 July 2016"
            " on, or from the day an agreement sets"
        ),
        source="convention",
        questions=("C",),
    ),
    Provision(
        id="R15-20",
        text=gettext_noop(
            "A 2009 course takes R15-02, -05, -06, -07, -08 for thresholds reached from 1 July"
            " 2015 on; R09 duties due before that day stay"
        ),
        source="convention",
        questions=("C",),
    ),
)

ACT_2015 = Act(
    regime=Regime.Y2015,
    name=gettext_noop("Beskæftigelsesreformen 2015"),
    in_force=Period(date(2015, 7, 1), date(2020, 1, 1)),
    rules=RULES,
    provisions=PROVISIONS,
)
