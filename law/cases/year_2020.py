"""Worked examples 12 to 14: LAB, the covid days, and who crossed New Year 2020."""

from law.cases.case import Case, chose, course, held, row

KIRSTEN = course("2021-08-02", "2022-01-31")
MONA = course("2019-11-04", "2020-01-15")
NILS = course("2019-05-06", "2020-01-15")
CV = held("cv", "2019-11-11", "a_kasse")

CASES_2020 = (
    Case(
        "12",
        "2020-2023 baseline; nobody asked for the first joint interview",
        KIRSTEN,
        (
            row("R20-01", 1, "2021-08-16", responsible="a_kasse"),
            row("R20-02", 1, "2022-01-28", responsible="jobcentre", opens_on="2021-08-02"),
            row("R20-02", 4, "2022-01-28"),
            row("R20-03", 1, "2021-10-29", state="not_required"),
            row("R20-04", 1, "2022-01-28", opens_on="2021-10-30", **{"with": "a_kasse"}),
            row("R20-06", 1, "2021-10-29"),
            row("R20-06", 2, "2022-01-28"),
            row("R20-09", 1, "2022-11-29"),
        ),
        {"regime": "2020"},
    ),
    Case(
        "12 (asked)",
        "the a-kasse asks: the first joint interview is owed; three and two are not four and two",
        KIRSTEN
        | {
            "choices": [chose("ask_joint", "2021-09-01", "a_kasse")],
            "meetings": [
                held("job", "2021-09-15", "jobcentre"),
                held("joint", "2021-10-12", "jobcentre"),
                held("job", "2021-11-15", "jobcentre"),
                held("job", "2021-12-15", "jobcentre"),
                held("joint", "2022-01-20", "a_kasse"),
            ],
        },
        (
            row("R20-03", 1, "2021-10-29", state="met", met_on="2021-10-12"),
            row("R20-04", 1, "2022-01-28", state="met", met_on="2022-01-20"),
            row("R20-02", 3, "2022-01-28", state="met", met_on="2021-12-15"),
            row("R20-02", 4, "2022-01-28", state="overdue"),
        ),
    ),
    Case(
        "13",
        "the covid days do not count",
        course("2020-02-03", "2020-03-16"),
        (
            row("R20-01", 1, "2020-02-17"),
            row("R20-06", 1, "2020-11-02", notes=["moved 185 days: covid 1.3.-31.8."]),
            row("R20-02", 1, "2021-07-30"),
            row("R20-09", 1, "2022-05-31"),
        ),
        {
            "clock": {
                "hours": 148.0,
                "weekdays": 20,
                "months": 0.92,
                "reported_to": None,
                "running": False,
                "paused_by": "covid",
            }
        },
    ),
    Case(
        "14 (Mona)",
        "under 6 months at New Year 2020, two held, one of them joint: four owed, one joint",
        MONA
        | {
            "meetings": [
                CV,
                held("joint", "2019-12-02", "jobcentre"),
                held("job", "2019-12-18", "jobcentre"),
            ]
        },
        (
            row("R15-05", 1, "2019-12-13", state="met"),
            row("R20-12", 1, "2020-11-02", kind="job", opens_on="2020-01-01"),
            row("R20-12", 2, "2020-11-02", kind="job"),
            row("R20-12", 3, "2020-11-02", kind="job"),
            row("R20-12", 4, "2020-11-02", kind="joint", **{"with": "a_kasse"}),
            row("R20-09", 1, "2022-03-01"),
        ),
        {"regime": "2015"},
        absent=("R15-06", "R15-07", "R15-08"),
    ),
    Case(
        "14 (Nils)",
        "7 months at New Year 2020 and no third joint interview: one by 16 months",
        NILS,
        (row("R20-09", 1, "2021-08-31", opens_on="2020-01-01", **{"with": "a_kasse"}),),
        absent=("R20-12", "R15-07"),
    ),
    Case(
        "14 (Nils, held)",
        "the old third joint interview was held in December 2019: nothing more",
        NILS
        | {
            "meetings": [
                held("cv", "2019-05-13", "a_kasse"),
                held("joint", "2019-06-03", "jobcentre"),
                held("joint", "2019-10-10", "jobcentre"),
                held("joint", "2019-12-10", "jobcentre"),
            ]
        },
        (row("R15-07", 1, "2021-08-31", state="met", met_on="2019-12-10"),),
        absent=("R20-12", "R20-09"),
    ),
)
