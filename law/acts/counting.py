"""How unemployment is counted, in every regime (section 1.0), and who must attend (1.6)."""

from law.rules import Provision
from law.words import gettext_noop

COUNTING = (
    Provision(
        id="K1",
        text=gettext_noop("Periods are counted as cumulative unemployment, not calendar time"),
        source="LAB § 9 stk. 1 (V:1)",
    ),
    Provision(
        id="K2",
        text=gettext_noop("The count starts at placement in a benefit period"),
        source="LAB § 9 stk. 2 nr. 1 (V:1)",
    ),
    Provision(
        id="K3",
        text=gettext_noop("Hours with unemployment benefit or in a wage-subsidised job count"),
        source="BEK 2636/2021 § 7 stk. 1 (V:2)",
    ),
    Provision(
        id="K4",
        text=gettext_noop("Full-time: a week is 37 hours, a month 160.33. Part-time: 30 and 130"),
        source="BEK 2636/2021 § 7 stk. 3 (V:2)",
    ),
    Provision(
        id="K5",
        text=gettext_noop(
            "The count restarts with a new benefit period (a new course) or after 5 years without"
        ),
        source="BEK 2636/2021 § 7 stk. 4 (V:2)",
    ),
    Provision(
        id="K6",
        text=gettext_noop("1 March to 31 August 2020 and 1 January to 30 June 2021 do not count"),
        source="BEK 2636/2021 § 7 stk. 2 (V:2)",
    ),
    Provision(
        id="K7",
        text=gettext_noop(
            "A full-time job stops the clock; beside a part-time job only benefit hours count"
        ),
        source="follows from K3",
    ),
    Provision(id="K8", text=gettext_noop("Holiday stops the clock"), source="follows from K3"),
    Provision(
        id="K9",
        text=gettext_noop(
            "The a-kasse pays the first 14 sick days of the fully unemployed, none of the partly"
        ),
        source="V:3, V:4",
    ),
    Provision(
        id="K9a",
        text=gettext_noop("The first 14 sick days count, later ones do not"),
        source="follows from K3 and K9",
        questions=("Q7",),
    ),
    Provision(id="K10", text=gettext_noop("Maternity stops the clock"), source="follows from K3"),
    Provision(
        id="K11",
        text=gettext_noop("During less intensive effort the clock runs"),
        source="V:5, V:6 and K3",
    ),
    Provision(
        id="K12",
        text=gettext_noop("From 2009 to 2014 weeks were counted, with a reset and a due week"),
        source="V:7",
        questions=("Q2",),
    ),
    Provision(
        id="K13",
        text=gettext_noop("From 2015 to 2019 cumulative months and weeks: hours are used"),
        source="V:8",
        questions=("Q5",),
    ),
    Provision(
        id="C1",
        text=gettext_noop(
            "Forecast: a counted weekday is 7.4 hours full-time, 6.0 part-time; holidays too"
        ),
        source="convention",
    ),
    Provision(
        id="C2",
        text=gettext_noop(
            "A threshold is reached at the end of the first weekday that shows it, within 0.01"
            " hours; “at the earliest” means the day after"
        ),
        source="convention",
    ),
    Provision(
        id="C3",
        text=gettext_noop(
            "6 weeks are the 30th counted weekday, 3 months the 65th, 6 months the 130th,"
            " 16 months the 347th"
        ),
        source="follows from K4 and C1",
    ),
    Provision(
        id="C4",
        text=gettext_noop(
            "N weeks after a day are that day and 7 N; a weekend or holiday extends nothing"
        ),
        source="convention",
    ),
    Provision(
        id="C5",
        text=gettext_noop(
            "2009: an ISO week counts if one of its weekdays does; the due week is the 13th"
        ),
        source="convention",
        questions=("Q2",),
    ),
    Provision(
        id="C6",
        text=gettext_noop(
            "Hours reported for a month replace its forecast, evenly over its counted weekdays"
        ),
        source="convention",
    ),
)
