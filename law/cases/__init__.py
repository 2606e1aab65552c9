"""The worked examples: tests run them through the timeline, docs/law.md prints them."""

from law.cases.case import Case, Row
from law.cases.year_2009 import CASES_2009
from law.cases.year_2015 import CASES_2015
from law.cases.year_2020 import CASES_2020
from law.cases.year_2024 import CASES_2024

__all__ = ["CASES", "Case", "Row"]

CASES: tuple[Case, ...] = (*CASES_2009, *CASES_2015, *CASES_2020, *CASES_2024)
