"""Worked examples 6 to 11: the reform of 2015 and its joint interviews."""

from law.cases.case import Case, absence, chose, course, held, holds, row

JOB_AND_HOLIDAY = [
    absence("job", "2016-08-22", "2016-09-09"),
    absence("holiday", "2016-10-24", "2016-11-04"),
]
FATMA = course("2015-08-03", "2015-08-10", born="1982-02-02", a_kasse="hk")
HANNE = course("2016-08-01", "2016-08-20", born="1975-02-02")
IDA = course(
    "2018-03-05",
    "2018-04-20",
    choices=[chose("decline_other_party", "2018-03-20")],
    absences=[],
)
IDA_CV = held("cv", "2018-03-12", "a_kasse")
JENS = course("2018-08-01", "2018-10-01", absences=[absence("less_intensive", "2018-09-03", None)])

CASES_2015 = (
    Case(
        "6",
        "2015 before phase 2: the first joint interview is voluntary",
        FATMA,
        (
            row("R15-01", 1, "2015-08-17", responsible="a_kasse", basis="calendar"),
            row("R15-05", 1, "2015-09-11", state="voluntary", certain=False),
            row("R15-02", 1, "2015-09-01", latest_on="2015-09-15"),
            row("R15-02", 2, "2015-10-01", latest_on="2015-10-15"),
            row("R15-02", 3, "2015-10-30", latest_on="2015-11-13"),
            row("R15-02", 4, "2015-12-01", latest_on="2015-12-15"),
            row("R15-02", 5, "2015-12-31", latest_on="2016-01-14"),
            row("R15-02", 6, "2016-01-29", latest_on="2016-01-29"),
            row("R15-06", 1, "2016-01-29", opens_on="2015-12-02"),
            row("R15-07", 1, "2016-11-29"),
            row("R15-09", 1, "2015-10-30", responsible="a_kasse"),
            row("R15-09", 2, "2016-01-29"),
        ),
        {"regime": "2015", "responsible": [holds("jobcentre", "2015-08-03", None)]},
    ),
    Case(
        "7",
        "phase-in boundary: 6 weeks on 15 July 2016, so required",
        course("2016-06-06", "2016-06-10"),
        (row("R15-05", 1, "2016-07-15", state="open", certain=False),),
    ),
    Case(
        "7 (before)",
        "6 weeks on 10 June 2016, so voluntary",
        course("2016-05-02", "2016-06-10"),
        (row("R15-05", 1, "2016-06-10", state="voluntary"), row("R15-02", 1, "2016-05-31")),
    ),
    Case(
        "8",
        "2016 baseline",
        HANNE,
        (
            row("R15-01", 1, "2016-08-15"),
            row("R15-05", 1, "2016-09-09", latest_on="2016-09-09", opens_on=None),
            row("R15-02", 2, "2016-09-29", latest_on="2016-10-13"),
            row("R15-02", 3, "2016-10-28", latest_on="2016-11-11"),
            row("R15-02", 4, "2016-11-29", latest_on="2016-12-13"),
            row("R15-02", 5, "2016-12-29", latest_on="2017-01-12"),
            row("R15-02", 6, "2017-01-27", latest_on="2017-01-27"),
            row("R15-06", 1, "2017-01-27", opens_on="2016-11-30", latest_on="2017-01-27"),
            row("R15-07", 1, "2017-11-28"),
            row("R15-08", 1, "2017-04-28"),
            row("R15-09", 1, "2016-10-28"),
            row("R15-09", 2, "2017-01-27"),
        ),
    ),
    Case(
        "8 (before the CV)",
        "a joint interview before the CV interview does not meet the first joint duty",
        HANNE
        | {
            "meetings": [
                held("joint", "2016-08-10", "jobcentre"),
                held("cv", "2016-08-12", "a_kasse"),
            ]
        },
        (row("R15-05", 1, "2016-09-09", state="open", opens_on="2016-08-12"),),
    ),
    Case(
        "8 (postponed)",
        "no. 2 held on 13 October is timely, and no. 3 stays due on 28 October",
        HANNE
        | {
            "as_of": "2016-10-14",
            "choices": [
                chose(
                    "postpone", "2016-09-28", "jobcentre", rule="R15-02", ordinal=2, to="2016-10-13"
                )
            ],
            "meetings": [held("job", "2016-10-13", "jobcentre")],
        },
        (
            row("R15-02", 2, "2016-09-29", state="met", met_on="2016-10-13"),
            row("R15-02", 3, "2016-10-28", state="open"),
        ),
    ),
    Case(
        "9",
        "2016 with a job and a holiday",
        HANNE | {"absences": JOB_AND_HOLIDAY},
        (
            row("R15-01", 1, "2016-08-15"),
            row("R15-05", 1, "2016-09-30", notes=["moved 21 days: job 22.8.-9.9."]),
            row(
                "R15-02",
                2,
                "2016-10-20",
                latest_on="2016-11-03",
                notes=[
                    "moved 21 days: job 22.8.-9.9.",
                    "the last day lies in an absence: holiday 24.10.-4.11.",
                ],
            ),
            row("R15-02", 3, "2016-12-02", latest_on="2016-12-16"),
            row("R15-02", 4, "2017-01-03", latest_on="2017-01-17"),
            row("R15-02", 5, "2017-02-02", latest_on="2017-02-16"),
            row("R15-02", 6, "2017-03-03", latest_on="2017-03-03"),
            row("R15-06", 1, "2017-03-03", opens_on="2017-01-04"),
            row("R15-07", 1, "2018-01-02"),
        ),
    ),
    Case(
        "10",
        "an opt-out is for one interview: held as type 17 it meets the duty and is reset",
        IDA | {"meetings": [IDA_CV, held("joint", "2018-04-10", "jobcentre", registered_type=17)]},
        (
            row("R15-05", 1, "2018-04-13", state="met", met_on="2018-04-10", **{"with": None}),
            row("R15-06", 1, "2018-08-31", opens_on="2018-07-04", **{"with": "a_kasse"}),
        ),
    ),
    Case(
        "10 (type 7)",
        "registered as type 7 by mistake: still open, the opt-out stands, and it says why",
        IDA | {"meetings": [IDA_CV, held("joint", "2018-04-10", "jobcentre", registered_type=7)]},
        (
            row("R15-05", 1, "2018-04-13", state="overdue", **{"with": None}),
            row("R15-06", 1, "2018-08-31", **{"with": "a_kasse"}),
        ),
    ),
    Case(
        "11 (2018)",
        "less intensive effort before 2020: contact in another form is still owed",
        JENS,
        (row("R15-02", 2, "2018-10-01", state="open"),),
    ),
    Case(
        "11 (2020)",
        "less intensive effort from 2020: suspended while the hours keep counting",
        course(
            "2021-08-02",
            "2021-11-15",
            absences=[absence("less_intensive", "2021-10-18", "2021-11-19")],
        ),
        (
            row(
                "R20-06", 1, "2021-10-29", state="suspended", latest_on="2021-12-03", certain=False
            ),
            row("R20-02", 1, "2022-01-28", state="open"),
        ),
        {
            "clock": {
                "hours": 562.4,
                "weekdays": 76,
                "months": 3.51,
                "reported_to": None,
                "running": True,
                "paused_by": None,
            }
        },
    ),
    Case(
        "R15-20",
        "a course of 2009 in 2015: earlier duties stay, thresholds reached from 1 July are new",
        course("2015-03-03", "2015-06-01"),
        (
            row("R09-02", 1, "2015-05-31", state="overdue"),
            row("R15-02", 4, "2015-07-01", opens_on="2015-07-01", certain=False),
            row("R15-02", 6, "2015-08-31"),
            row("R15-06", 1, "2015-08-31", opens_on="2015-07-02"),
            row("R15-08", 1, "2015-11-30"),
        ),
        {"regime": "2009"},
        absent=("R15-01", "R15-05", "R15-09"),
    ),
)
