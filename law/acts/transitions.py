"""Who stays under which act when the law changes: the days, and the rules that cross them."""

from datetime import date

REFORM_ON = date(2015, 7, 1)
TAKEN_OVER_2015 = ("R15-02", "R15-05", "R15-06", "R15-07", "R15-08")
"""R15-20: what a 2009 course takes on for thresholds reached from that day."""

LAB_ON = date(2020, 1, 1)
REPLACED_2020 = ("R15-02", "R15-05", "R15-06", "R15-07", "R15-08")
"""R20-12: what gives way to the interviews still owed when it is due from that day on."""
OWED_IN_ALL = 6
OWED_JOINT = 2

STANDING_RULES_ON = date(2026, 7, 1)
STANDING_2026 = ("R24-02", "R24-03")
"""R24-13a: what stands for a course placed before that day; a convention."""
