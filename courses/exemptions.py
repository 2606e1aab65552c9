"""How much of the room for exemptions a party has used (R26-06: up to 25 %).

Counted over those whose months end in the same calendar quarter (Q11, to be confirmed in law):
the a-kasse's R26-03, the municipality's R26-04.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from courses.models import Course, Duty, Party

LAWFUL = Fraction(25, 100)
WARNED = Fraction(20, 100)
RULES = {Party.A_KASSE: "R26-03", Party.JOBCENTRE: "R26-04"}


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of a quarter's members are exempted, and of how many."""

    exempted: int
    members: int

    @property
    def share(self) -> Fraction:
        """The part that is exempted, from 0 to 1."""
        return Fraction(self.exempted, self.members) if self.members else Fraction(0)


def quota_of(course: Course, side: Party) -> Quota | None:
    """A party's exemptions in the quarter in which this course's months end; None without any."""
    rule = RULES.get(side)
    due_on = course.duties.filter(rule=rule).values_list("due_on", flat=True).first()
    if rule is None or due_on is None:
        return None
    first, after = quarter_of(due_on)
    own = {"course__a_kasse": course.a_kasse_id}
    if side == Party.JOBCENTRE:
        own = {"course__jobcentre": course.jobcentre_id}
    counted = Duty.objects.filter(rule=rule, due_on__gte=first, due_on__lt=after, **own)
    exempted = Q(outcome=Duty.Outcome.NOT_REQUIRED)
    return Quota(
        **counted.aggregate(
            members=Count("course", distinct=True),
            exempted=Count("course", distinct=True, filter=exempted),
        )
    )


def quarter_of(day: date) -> tuple[date, date]:
    """The first day of a day's calendar quarter, and the first day after it."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    if first.month == 10:  # noqa: PLR2004 (the last quarter)
        return first, date(day.year + 1, 1, 1)
    return first, first.replace(month=first.month + 3)


def in_words(quota: Quota) -> str:
    """What whoever exempts should know: how many are, and when it is soon too many."""
    words = {
        "exempted": quota.exempted,
        "members": quota.members,
        "percent": round(quota.share * 100),
    }
    said = _(
        "Exempted in the quarter: %(exempted)d of %(members)d (%(percent)d %%). The law allows"
        " up to 25 %% (R26-06; how it is counted needs legal confirmation)."
    )
    if quota.share >= LAWFUL:
        said = _("No room is left for exemptions.") + " " + said
    elif quota.share > WARNED:
        said = _("Little room is left for exemptions.") + " " + said
    return said % words
