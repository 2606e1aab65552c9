"""The single-stream system, from 1 August 2009 to 30 June 2015 (regime A)."""

from datetime import date

from law.clocks import CountedWeeks, SinceRegistration, SinceSick
from law.periods import Period
from law.rules import Act, Provision, Rule
from law.vocabulary import MeetingKind, Party, Regime
from law.words import gettext_noop

SICKNESS_TALK = SinceSick(days=28)
CV_MONTH = SinceRegistration(months=1)
CV_WEEKS = SinceRegistration(days=21)

CV_IN_A_MONTH = gettext_noop("one month after registration, contact course rules of 2009")
CV_IN_DAYS = gettext_noop("%(days)s days after registration, contact course rules of 2009")

RULES = (
    Rule(
        id="R09-02",
        title=gettext_noop("Job interview"),
        text=gettext_noop("Individual job interview with the jobcentre at most 3 months apart"),
        kind=MeetingKind.JOB,
        responsible=Party.JOBCENTRE,
        source="AMS guidance on minimum requirements (V:7, V:18)",
        because=gettext_noop(
            "at most 13 counted weeks since the start or the last interview,"
            " AMS guidance on the contact course"
        ),
        due=(CountedWeeks(13),),
        every=CountedWeeks(13),
        named_first="R09-03",
        questions=("Q2",),
    ),
    Rule(
        id="R09-03",
        title=gettext_noop("First job interview under 30"),
        text=gettext_noop("Under 30: first job interview after at most 1 month of unemployment"),
        kind=MeetingKind.JOB,
        responsible=Party.JOBCENTRE,
        source="AMS guidance on minimum requirements (V:7, V:18)",
        because=gettext_noop(
            "one month after registration for members under 30, AMS guidance on the contact course"
        ),
        due=(SinceRegistration(months=1),),
        questions=("Q3",),
    ),
    Rule(
        id="R09-04",
        title=gettext_noop("CV interview"),
        text=gettext_noop(
            "CV on Jobnet and CV interview in the a-kasse: 1 month after registration in 2009,"
            " 3 weeks later in the period"
        ),
        kind=MeetingKind.CV,
        responsible=Party.A_KASSE,
        source="S2; undated page (V:19)",
        because=CV_IN_A_MONTH,
        due=(CV_MONTH,),
        questions=("Q1",),
    ),
    Rule(
        id="R09-05",
        title=gettext_noop("Availability interview"),
        text=gettext_noop("Availability interview in the a-kasse about every 3 months"),
        kind=MeetingKind.AVAILABILITY,
        responsible=Party.A_KASSE,
        source="undated page (V:19)",
        because=gettext_noop(
            "about every 3 months (13 counted weeks), availability rules of the a-kasse"
        ),
        due=(CountedWeeks(13),),
        every=CountedWeeks(13),
        questions=("Q2",),
    ),
    Rule(
        id="R09-07",
        title=gettext_noop("Sickness talk"),
        text=gettext_noop(
            "Talk with a sick unemployed member at latest 4 weeks after the first sick day;"
            " the municipality is told its content within 1 week"
        ),
        kind=MeetingKind.SICKNESS,
        responsible=Party.A_KASSE,
        source="S2; municipal page (V:20)",
        because=gettext_noop("4 weeks after the first sick day, sickness benefit rules of 2010"),
        due=(SICKNESS_TALK,),
        questions=("Q4",),
    ),
)

PROVISIONS = (
    Provision(
        id="R09-01",
        text=gettext_noop(
            "The municipality takes over responsibility for insured unemployed; the a-kasser"
            " keep the CV task and the assessment of availability"
        ),
        source="S2; bill L 185 2008-09 (V:17)",
    ),
    Provision(
        id="R09-06",
        text=gettext_noop(
            "Weekly confirmation of job search on Jobnet: the citizen's own duty, not answered"
        ),
        source="undated page (V:19)",
    ),
    Provision(
        id="R09-09",
        text=gettext_noop("Copenhagen/LO trial: the first two job interviews are the a-kasse's"),
        source="S0",
    ),
    Provision(
        id="R09-10",
        text=gettext_noop(
            "The course in the a-kasse runs at most to the end of 6 months of unemployment"
            " (26 counted weeks): the hand-over to the jobcentre"
        ),
        source="S0, S1; 26 weeks: V:9",
        questions=("Q2",),
    ),
    Provision(
        id="R09-11",
        text=gettext_noop(
            "Target group: members of the parties; under 30 and special effort excluded, young"
            " groups by agreement; age at entry"
        ),
        source="S0",
    ),
    Provision(
        id="R09-11a",
        text=gettext_noop(
            "The target group is a starting point: a person may take one member in or keep one out"
            " from a day, with role and reason; it stands until it is taken back. Interviews that"
            " fall due in those days are the a-kasse's up to the agreed number; the last decision"
            " is the one that stands"
        ),
        source="S0 (“som udgangspunkt”), S1",
    ),
    Provision(
        id="R09-12",
        text=gettext_noop(
            "The unemployed may at the start choose the jobcentre: before the first interview"
        ),
        source="S0, S1",
    ),
    Provision(
        id="R09-13",
        text=gettext_noop(
            "The jobcentre may call to a recruitment meeting at any time; it settles nothing"
        ),
        source="S0, S1",
        questions=("Q16",),
    ),
)

ACT_2009 = Act(
    regime=Regime.Y2009,
    name=gettext_noop("The single-stream system"),
    in_force=Period(date(2009, 8, 1), date(2015, 7, 1)),
    rules=RULES,
    provisions=PROVISIONS,
)
