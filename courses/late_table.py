"""The list of late interviews as a file: case numbers, no names and no CPR numbers."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from courses.flag_list import LateFilter, late_flags
from courses.models import Flag
from courses.wording import duty_name
from shared.written import plain_day

MOST = 5000


def late_rows(user: User, asked: LateFilter, *, on: date) -> list[Flag]:
    """The flags of the file."""
    return list(late_flags(user, asked, on=on)[:MOST])


def cells_of(flags: Sequence[Flag]) -> Iterator[list[str]]:
    """The heading, then a row for each flag."""
    yield [
        _("Case number"), _("Interview"), _("Rule"), _("Deadline"), _("Late since"),
        _("A-kasse"), _("Jobcentre"), _("State"), _("Cause"), _("Responsible side"),
        _("Acknowledged on"), _("Remark"),
    ]  # fmt: skip
    for flag in flags:
        course, said = flag.course, flag.acknowledged_on
        yield [
            course.case_number, duty_name(flag.duty), flag.duty.rule,
            plain_day(flag.duty.due_on) if flag.duty.due_on else "", plain_day(flag.became_on),
            str(course.a_kasse), str(course.jobcentre),
            str(flag.get_resolution_display()) if flag.resolved_at else _("open"),
            str(flag.get_cause_display()) if flag.cause else "",
            str(flag.get_responsible_side_display()) if flag.responsible_side else "",
            plain_day(said) if said else "", flag.remark,
        ]  # fmt: skip
