"""A counter that is deliberately stupid: it walks every day and knows nothing of the engine.

Hours are exact fractions, one day at a time for ten years, and each rule is written down
once more by hand. The engine must agree with it; the benchmark runs the two side by side.
"""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from law.facts import CourseFacts
from law.vocabulary import AbsenceKind, Insurance

DAY = timedelta(1)
REFORM, PHASE_2, LAB = date(2015, 7, 1), date(2016, 7, 1), date(2020, 1, 1)
SIMPLER, REFORM_2026 = date(2024, 1, 1), date(2026, 7, 1)
COVID = ((date(2020, 3, 1), date(2020, 8, 31)), (date(2021, 1, 1), date(2021, 6, 30)))
TEN_YEARS, FIVE_YEARS = 10, timedelta(5 * 365 + 1)
TOLERANCE = Fraction(1, 100)


class Naive:
    """The hours of every single day of a course."""

    def __init__(self, facts: CourseFacts) -> None:
        self.facts = facts
        full_time = facts.insured is Insurance.FULL_TIME
        self.full = Fraction(74, 10) if full_time else Fraction(6)
        self.week = Fraction(37) if full_time else Fraction(30)
        self.month = Fraction(16033, 100) if full_time else Fraction(130)
        self.last = same_day(facts.placed_on, TEN_YEARS)
        self.days = list(self._days())
        self.rate = {day: self._forecast(day) for day in self.days}
        self._report()
        self.totals = self._add_up()

    def _days(self) -> Iterator[date]:
        """As far as an answer may lie, and far enough to see whether hours count in the last reform."""
        ends = [one.ends_on + timedelta(7) for one in self.facts.absences if one.ends_on]
        day = self.facts.placed_on
        while day <= max(self.last, self.facts.as_of, COVID[-1][1] + timedelta(7), *ends):
            yield day
            day += DAY

    def _forecast(self, day: date) -> Fraction:
        if is_covid(day):
            return Fraction(0)
        here = [one for one in self.facts.absences if one.starts_on <= day and not_over(one, day)]
        part_time = any(one.kind is AbsenceKind.PART_TIME_JOB for one in here)
        return min([self.full, *(self._leaves(one, day, part_time) for one in here)])

    def _leaves(self, one, day: date, part_time: bool) -> Fraction:
        if one.kind in (AbsenceKind.LESS_INTENSIVE, AbsenceKind.WAGE_SUBSIDY):
            return self.full
        if one.kind is AbsenceKind.PART_TIME_JOB:
            return Fraction(round(float(one.hours) * 200), 1000)
        if one.kind is AbsenceKind.SICK and not part_time:
            first = self.facts.parameters.sick_days_counted
            return self.full if (day - one.starts_on).days < first else Fraction(0)
        return Fraction(0)

    def _report(self) -> None:
        for (year, month), hours in self.facts.reported_hours.items():
            total = Fraction(round(float(hours) * 1000), 1000)
            days = [day for day in self.days if (day.year, day.month) == (year, month)]
            days = [day for day in days if not is_covid(day)]
            counted = [day for day in days if self.rate[day]]
            over = counted if any(map(is_weekday, counted)) else days
            weekdays = sum(map(is_weekday, over))
            for day in days:
                self.rate[day] = Fraction(0)
            for day in over:
                self.rate[day] = total / weekdays if weekdays else Fraction(0)
                if not weekdays and total:
                    self.rate[day] = Fraction(-1)

    def _add_up(self) -> dict[date, tuple[Fraction, int]]:
        totals, hours, weekdays, paid_on = {}, Fraction(0), 0, self.facts.placed_on - DAY
        for day in self.days:
            rate = self.rate[day]
            if rate and day - paid_on > FIVE_YEARS:
                hours, weekdays = Fraction(0), 0
            if rate > 0 and is_weekday(day):
                hours, weekdays = hours + rate, weekdays + 1
            if rate or is_covid(day):
                paid_on = day
            totals[day] = hours, weekdays
        return totals

    def reached(self, hours: Fraction) -> date | None:
        for day in self.days:
            if is_weekday(day) and self.totals[day][0] >= hours:
                return day if day <= self.last else None
        return None

    def weeks(self, weeks: int) -> date | None:
        return self.reached(weeks * self.week - TOLERANCE)

    def months(self, months: int) -> date | None:
        return self.reached(months * self.month - TOLERANCE)

    def counted_weeks(self, number: int) -> date | None:
        seen: list[date] = []
        for day in self.days:
            sunday = day + timedelta(7 - day.isoweekday())
            if is_weekday(day) and self.rate[day] > 0 and sunday not in seen:
                seen.append(sunday)
                if len(seen) == number:
                    return sunday if sunday <= self.last else None
        return None

    def handover(self) -> date | None:
        parameters = self.facts.parameters
        limit = parameters.handover_hours.full_time
        if self.facts.insured is Insurance.PART_TIME:
            limit = parameters.handover_hours.part_time
        for day in self.days:
            last = calendar.monthrange(day.year, day.month)[1]
            end = day.replace(day=last)
            paid = self.totals[day][0]
            over = paid > limit if parameters.handover_strict else paid >= limit
            if over and is_weekday(day) and day <= self.last:
                return end
        return None

    def counts_after(self, cut: date) -> bool:
        return any(is_weekday(day) and self.rate[day] > 0 for day in self.days if day >= cut)

    def due_days(self) -> dict[tuple[str, int], date | None]:
        """Every duty of a course without meetings, choices, agreement and end, and its day."""
        placed = self.facts.placed_on
        if placed < REFORM:
            return self._lab(self._before_2015())
        if placed < LAB:
            return self._lab(self._reform())
        if placed < SIMPLER:
            return self._from_2020()
        if placed < REFORM_2026:
            return self._from_2024()
        return self._from_2026()

    def _registered(self, days: int) -> date:
        return self.facts.registered_on + timedelta(days)

    def _before_2015(self) -> dict[tuple[str, int], date | None]:
        facts = self.facts
        young = self._age() < 30
        month = next_month(facts.registered_on)
        due = {("R09-04", 1): month, ("R09-05", 1): self.counted_weeks(13)}
        if young:
            due["R09-03", 1] = month
        due["R09-02", 2 if young else 1] = self.counted_weeks(13)
        start = min(facts.placed_on, facts.registered_on)
        sick = [
            one
            for one in facts.absences
            if one.kind is AbsenceKind.SICK
            and one.starts_on >= facts.parameters.sickness_talk_from
            and not_over(one, start)
        ]
        sick.sort(key=lambda one: (one.starts_on, one.ends_on or date.max))
        for ordinal, one in enumerate(sick, 1):
            due["R09-07", ordinal] = one.starts_on + timedelta(28)
        if not self.counts_after(REFORM):
            return due
        due = {
            key: day
            for key, day in due.items()
            if (day is not None and day < REFORM)
            or (key[0] == "R09-07" and well_again(sick[key[1] - 1], day))
        }
        new = {
            key: day
            for key, day in self._reform().items()
            if key[0] not in ("R15-01", "R15-09", "R15-08") and (day is None or day >= REFORM)
        }
        ordinal = 1
        while (day := self.months(6 + 3 * ordinal)) is not None and day < REFORM:
            ordinal += 1
        return due | new | {("R15-08", ordinal): day}

    def _reform(self) -> dict[tuple[str, int], date | None]:
        first = self.weeks(6)
        due = {("R15-01", 1): self._registered(14), ("R15-05", 1): first}
        for month in range(2 if first is None or first >= PHASE_2 else 1, 7):
            due["R15-02", month] = self.months(month)
        due["R15-06", 1], due["R15-07", 1] = self.months(6), self.months(16)
        due["R15-08", 1] = self.months(9)
        due["R15-09", 1], due["R15-09", 2] = self.months(3), self.months(6)
        return due

    def _lab(self, due: dict[tuple[str, int], date | None]) -> dict[tuple[str, int], date | None]:
        """R20-12, when nothing was held before."""
        if not self.counts_after(LAB):
            return due
        first = self.weeks(6)
        voluntary = first is not None and first < PHASE_2
        gone = {
            key
            for key, day in due.items()
            if key[0] in ("R15-02", "R15-05", "R15-06", "R15-07", "R15-08")
            and (day is None or day >= LAB)
            and not (key[0] == "R15-05" and voluntary)
        }
        due = {key: day for key, day in due.items() if key not in gone}
        six, sixteen = self.months(6), self.months(16)
        if six is None or six >= LAB:
            due |= {("R20-12", ordinal): six for ordinal in range(1, 7)}
        if sixteen is None or sixteen >= LAB:
            due["R20-09", 1] = sixteen
        return due

    def _from_2020(self) -> dict[tuple[str, int], date | None]:
        three, six = self.months(3), self.months(6)
        due = {("R20-02", ordinal): six for ordinal in range(1, 5)}
        return due | {
            ("R20-01", 1): self._registered(14),
            ("R20-03", 1): three,
            ("R20-04", 1): six,
            ("R20-06", 1): three,
            ("R20-06", 2): six,
            ("R20-09", 1): self.months(16),
        }

    def _from_2024(self) -> dict[tuple[str, int], date | None]:
        three, six = self.months(3), self.months(6)
        due = {("R24-03", ordinal): six for ordinal in range(1, 4)}
        due |= {("R24-02", 2): three, ("R24-02", 3): three}
        return due | {("R24-01", 1): self._registered(14), ("R24-07", 1): self.months(16)}

    def _from_2026(self) -> dict[tuple[str, int], date | None]:
        six = self.months(6)
        first = self._registered(self.facts.parameters.first_interview_days_2026)
        return {
            ("R26-05", 1): first,
            ("R26-03", 2): self.months(3),
            ("R26-04", 1): six,
            ("R26-04", 2): six,
            ("R26-07", 1): self.months(16),
        }

    def _age(self) -> int:
        born, entry = self.facts.born, self.facts.registered_on
        age = entry.year - born.year
        return age - 1 if (entry.month, entry.day) < (born.month, born.day) else age


def well_again(one, day: date) -> bool:
    """A talk that lapsed before the reform is history; a later one is replaced."""
    return one.ends_on is not None and one.ends_on <= min(day, REFORM)


def not_over(one, day: date) -> bool:
    return one.ends_on is None or day < one.ends_on


def is_weekday(day: date) -> bool:
    return day.isoweekday() <= 5


def is_covid(day: date) -> bool:
    return any(first <= day <= last for first, last in COVID)


def same_day(day: date, years: int) -> date:
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


def next_month(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
