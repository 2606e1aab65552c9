"""Worked examples 1 to 5: the partnership of 2009 and its weeks."""

from law.cases.case import Case, absence, chose, course, held, holds, row

LO = "lo-koebenhavn-2009"
YOUNG_METAL = {
    "a_kasser": ["3f", "foa", "tib", "metal"],
    "municipalities": ["101"],
    "in_force_from": "2009-08-01",
    "young_groups": [{"a_kasse": "metal", "from_age": 25, "to_age": 29}],
}
ANDERS = course("2009-08-03", "2009-10-20", born="1967-02-11", agreement=LO)
CARL = course("2009-09-14", "2009-09-20", born="1982-03-01", a_kasse="metal")
DORTE = course("2009-08-03", "2009-10-21", born="1964-06-06", a_kasse="tib", agreement=LO)
ERIK = course("2009-11-02", "2010-02-20", born="1971-04-04", a_kasse="foa")

CASES_2009 = (
    Case(
        "1",
        "2009 partnership, no pauses: the CV interview within one month",
        ANDERS,
        (
            row("R09-02", 1, "2009-11-01", responsible="a_kasse", basis="weeks", state="open"),
            row("R09-04", 1, "2009-09-03", responsible="a_kasse", state="overdue", certain=False),
            row("R09-05", 1, "2009-11-01", kind="availability", responsible="a_kasse"),
        ),
        {
            "regime": "2009",
            "responsible": [
                holds("a_kasse", "2009-08-03", "2010-01-31"),
                holds("jobcentre", "2010-02-01", None),
            ],
            "handover": {"on": "2010-01-31", "rule": "R09-10", "forecast": True},
        },
    ),
    Case(
        "1 (3 weeks)",
        "the same with the CV parameter “3 weeks”",
        ANDERS | {"parameters": {"cv_three_weeks_from": "2009-08-01"}},
        (row("R09-04", 1, "2009-08-24"),),
    ),
    Case(
        "1 (reset)",
        "the first interview was held in week 42: 13 new weeks",
        ANDERS | {"meetings": [held("job", "2009-10-14", "a_kasse")]},
        (
            row("R09-02", 1, "2009-11-01", state="met", met_on="2009-10-14"),
            row("R09-02", 2, "2010-01-17", responsible="a_kasse", opens_on="2009-10-15"),
        ),
    ),
    Case(
        "1 (boundary)",
        "held in week 44, the second falls due with the window; on its last day it is timely",
        ANDERS
        | {
            "as_of": "2010-02-01",
            "meetings": [
                held("job", "2009-10-30", "a_kasse"),
                held("job", "2010-01-31", "a_kasse"),
            ],
        },
        (
            row("R09-02", 2, "2010-01-31", state="met", met_on="2010-01-31"),
            row("R09-02", 3, "2010-05-02", responsible="jobcentre"),
        ),
    ),
    Case(
        "2",
        "2009, a job in between moves the weeks but no calendar day",
        course(
            "2009-08-03",
            "2009-10-20",
            born="1959-02-02",
            a_kasse="foa",
            agreement=LO,
            absences=[absence("job", "2009-09-07", "2009-10-02")],
        ),
        (
            row("R09-02", 1, "2009-11-29"),
            row("R09-04", 1, "2009-09-03"),
        ),
        {"handover": {"on": "2010-02-28", "rule": "R09-10", "forecast": True}},
    ),
    Case(
        "3",
        "2009, under 30: not eligible, first interview within a month at the jobcentre",
        CARL | {"agreement": LO},
        (row("R09-03", 1, "2009-10-14", responsible="jobcentre", basis="calendar"),),
        {"responsible": [holds("jobcentre", "2009-09-14", None)], "handover": None},
    ),
    Case(
        "3 (young group)",
        "the agreement includes Metal's members from 25 to 29",
        CARL | {"agreement": YOUNG_METAL},
        (
            row("R09-03", 1, "2009-10-14", responsible="a_kasse"),
            row("R09-02", 2, "2009-12-13", responsible="a_kasse"),
        ),
    ),
    Case(
        "4a",
        "2009, chooses the jobcentre on 5 August",
        DORTE | {"choices": [chose("choose_jobcentre", "2009-08-05")]},
        (row("R09-02", 1, "2009-11-01", responsible="jobcentre"),),
        {
            "responsible": [
                holds("a_kasse", "2009-08-03", "2009-08-04"),
                holds("jobcentre", "2009-08-05", None),
            ],
            "handover": None,
        },
    ),
    Case(
        "4b",
        "the same choice after the first interview: stays in the a-kasse, to be decided by hand",
        DORTE
        | {
            "choices": [chose("choose_jobcentre", "2009-10-20")],
            "meetings": [held("job", "2009-10-14", "a_kasse")],
        },
        (row("R09-02", 2, "2010-01-17", responsible="a_kasse"),),
        {"handover": {"on": "2010-01-31", "rule": "R09-10", "forecast": True}},
    ),
    Case(
        "4c",
        "a recruitment event at the jobcentre settles nothing and resets nothing",
        DORTE | {"meetings": [held("recruitment", "2009-09-09", "jobcentre")]},
        (row("R09-02", 1, "2009-11-01", state="open"),),
    ),
    Case(
        "5",
        "sickness talk held within 4 weeks",
        ERIK
        | {
            "as_of": "2010-03-10",
            "absences": [absence("sick", "2010-02-01", "2010-03-05")],
            "meetings": [held("sickness", "2010-02-24", "a_kasse")],
        },
        (row("R09-07", 1, "2010-03-01", state="met", met_on="2010-02-24", certain=False),),
    ),
    Case(
        "5 (recovers)",
        "well again on 26 February before any talk: lapsed, not late",
        ERIK | {"absences": [absence("sick", "2010-02-01", "2010-02-25")]},
        (row("R09-07", 1, "2010-03-01", state="lapsed", met_on=None),),
    ),
)
