"""Worked examples 16 to 20, and one of 2026: first the a-kasse, then the jobcentre."""

from law.cases.case import Case, absence, chose, course, held, holds, row

FULL = 160.33
PIA = course(
    "2024-01-08",
    "2024-04-02",
    reported_hours={"2024-01": 133.20, "2024-02": FULL, "2024-03": FULL},
)
TUESDAY = course("2024-01-16", "2024-05-02")
TUESDAY_HOURS = {"2024-01": 88.80, "2024-02": FULL, "2024-03": FULL, "2024-04": FULL}
RASMUS = course(
    "2024-02-05",
    "2024-04-02",
    absences=[absence("sick", "2024-03-04", "2024-04-14")],
    reported_hours={"2024-02": 140.60, "2024-03": 81.40, "2024-04": 88.80, "2024-05": FULL},
)
SOFIE = course(
    "2024-03-04",
    "2024-06-03",
    absences=[absence("maternity", "2024-05-06", "2024-12-31")],
    reported_hours={"2024-03": 148.00, "2024-04": FULL, "2024-05": 22.20, "2025-01": FULL},
)
TOM = course("2024-01-08", "2024-03-01", choices=[chose("visited_out", "2024-02-12", "a_kasse")])

CASES_2024 = (
    Case(
        "16",
        "2024 baseline, with the reported hours",
        PIA,
        (
            row("R24-01", 1, "2024-01-22", responsible="a_kasse", basis="calendar"),
            row("R24-02", 2, "2024-04-04", responsible="a_kasse"),
            row("R24-02", 3, "2024-04-04"),
            row("R24-03", 1, "2024-07-04", opens_on="2024-04-01", **{"with": None}),
            row("R24-03", 3, "2024-07-04", responsible="jobcentre"),
            row("R24-07", 1, "2025-05-05", **{"with": "a_kasse"}),
        ),
        {
            "regime": "2024",
            "handover": {"on": "2024-03-31", "rule": "R24-05", "forecast": False},
            "responsible": [
                holds("a_kasse", "2024-01-08", "2024-03-31"),
                holds("jobcentre", "2024-04-01", None),
            ],
            "clock": {
                "hours": 468.66,
                "weekdays": 62,
                "months": 2.92,
                "reported_to": "2024-03",
                "running": True,
                "paused_by": None,
            },
        },
    ),
    Case(
        "16 (forecast)",
        "the same without reported hours, and the citizen wants the a-kasse along",
        course("2024-01-08", "2024-04-02", choices=[chose("want_other_party", "2024-03-20")]),
        (
            row("R24-02", 2, "2024-04-05"),
            row("R24-03", 1, "2024-07-05", **{"with": "a_kasse"}),
            row("R24-03", 2, "2024-07-05", **{"with": None}),
            row("R24-07", 1, "2025-05-06"),
        ),
        {"handover": {"on": "2024-03-31", "rule": "R24-05", "forecast": True}},
    ),
    Case(
        "17 (15 January)",
        "416.86 hours at the end of March: handed over",
        course(
            "2024-01-15",
            "2024-05-02",
            reported_hours={"2024-01": 96.20, "2024-02": FULL, "2024-03": FULL},
        ),
        (),
        {"handover": {"on": "2024-03-31", "rule": "R24-05", "forecast": False}},
    ),
    Case(
        "17 (16 January)",
        "409.46 hours at the end of March: stays to the end of April",
        TUESDAY | {"reported_hours": TUESDAY_HOURS},
        (row("R24-02", 2, "2024-04-12"),),
        {"handover": {"on": "2024-04-30", "rule": "R24-05", "forecast": False}},
    ),
    Case(
        "17 (410.00)",
        "exactly 410.00 hours at the end of March: stays",
        TUESDAY | {"reported_hours": TUESDAY_HOURS | {"2024-01": 89.34}},
        (),
        {"handover": {"on": "2024-04-30", "rule": "R24-05", "forecast": False}},
    ),
    Case(
        "18",
        "2024 with sickness: days 1 to 14 count",
        RASMUS,
        (
            row("R24-02", 2, "2024-06-04", certain=False),
            row("R24-03", 1, "2024-09-03", opens_on="2024-06-01"),
        ),
        {"handover": {"on": "2024-05-31", "rule": "R24-05", "forecast": False}},
    ),
    Case(
        "18 (forecast)",
        "the same without reported hours",
        RASMUS | {"reported_hours": {}},
        (row("R24-02", 2, "2024-05-31"), row("R24-03", 1, "2024-08-30")),
        {"handover": {"on": "2024-05-31", "rule": "R24-05", "forecast": True}},
    ),
    Case(
        "19",
        "maternity and return in the same benefit period",
        SOFIE,
        (
            row("R24-01", 1, "2024-03-18"),
            row("R24-02", 2, "2025-01-30"),
            row("R24-03", 1, "2025-05-01", opens_on="2025-02-01"),
        ),
        {"handover": {"on": "2025-01-31", "rule": "R24-05", "forecast": False}},
    ),
    Case(
        "19 (forecast)",
        "the same without reported hours",
        SOFIE | {"reported_hours": {}},
        (row("R24-02", 2, "2025-01-28"), row("R24-03", 1, "2025-04-29")),
        {"handover": {"on": "2025-01-31", "rule": "R24-05", "forecast": True}},
    ),
    Case(
        "20",
        "2024, visited to the jobcentre: six interviews there, earlier ones do not count",
        TOM | {"meetings": [held("job", "2024-01-15", "a_kasse")]},
        (
            row("R24-01", 1, "2024-01-22", state="met"),
            row("R24-02", 2, "2024-04-05", state="lapsed"),
            row("R24-04", 1, "2024-07-05", state="open", opens_on="2024-02-12", certain=False),
            row("R24-04", 6, "2024-07-05", responsible="jobcentre"),
        ),
        {
            "handover": None,
            "responsible": [
                holds("a_kasse", "2024-01-08", "2024-02-11"),
                holds("jobcentre", "2024-02-12", None),
            ],
        },
        absent=("R24-03",),
    ),
    Case(
        "20 (count_prior_akasse)",
        "the same where the a-kasse's interviews count",
        TOM
        | {
            "meetings": [held("job", "2024-01-15", "a_kasse")],
            "parameters": {"count_prior_akasse": True},
        },
        (
            row("R24-04", 1, "2024-07-05", state="met", met_on="2024-01-15"),
            row("R24-04", 2, "2024-07-05", state="open"),
        ),
    ),
    Case(
        "2026",
        "the reform of 2025, exempted after the first interview on a concrete assessment",
        course(
            "2026-07-06",
            "2026-11-22",
            choices=[chose("exempt", "2026-08-03", "a_kasse")],
            meetings=[held("job", "2026-07-15", "a_kasse")],
        ),
        (
            row("R26-05", 1, "2026-07-20", state="met", certain=False),
            row("R26-03", 2, "2026-10-02", state="not_required"),
            row("R26-04", 1, "2027-01-01", state="not_required", opens_on="2026-10-01"),
            row("R26-07", 1, "2027-11-02", **{"with": "a_kasse"}),
        ),
        {
            "regime": "2026",
            "handover": {"on": "2026-09-30", "rule": "R24-05", "forecast": True},
        },
    ),
)
