"""Whether an agreement takes a course in, criterion by criterion, as a panel of the course page."""

from datetime import date

from django.utils.translation import gettext as _

from courses.access import Viewer
from courses.course_rows import CourseRows
from courses.fact_panels import FactLine, FactPanel
from partnerships.models import Agreement
from shared.written import plain_day


def criteria_panel(read: CourseRows, viewer: Viewer) -> FactPanel | None:
    """Each criterion with what was known, whether it held, and where it stands; None without."""
    course, agreement = read.course, read.course.agreement
    if agreement is None or not course.criteria:
        return None
    said = _("Under the agreement") if course.eligible else _("Not under the agreement")
    lines = [FactLine(text=said, days="", tone="held" if course.eligible else "none")]
    lines += [_line(one, read, agreement, on=viewer.on) for one in course.criteria]
    return FactPanel(
        key="criteria",
        title=_("Target group of the agreement"),
        empty="",
        standing=tuple(lines),
        past=(),
        past_word="",
    )


def _line(
    criterion: dict[str, object], read: CourseRows, agreement: Agreement, *, on: date
) -> FactLine:
    name, value = str(criterion["name"]), str(criterion["value"])
    held = _("held on the day of registration") if criterion["ok"] else _("did not hold")
    where = _where(str(criterion["source"]), agreement)
    return FactLine(
        text=f"{_label(name)}: {_value(name, value, read, on=on)}",
        days="",
        tone="held" if criterion["ok"] else "none",
        more=(f"{held} · {where}",),
    )


def _label(name: str) -> str:
    labels = {
        "age": _("Age on the day of registration"),
        "special_effort": _("Under special effort"),
        "a_kasse": _("A-kasse"),
        "municipality": _("Municipality"),
        "in_force": _("Registered while the agreement holds"),
    }
    return labels.get(name, name)


def _value(name: str, value: str, read: CourseRows, *, on: date) -> str:
    course = read.course
    if name == "special_effort":
        return _("yes") if value == "yes" else _("no")
    if name == "a_kasse":
        return read.name_of(course.a_kasse, on=on) if value == course.a_kasse.slug else value
    if name == "municipality":
        return course.municipality.name if value == course.municipality_id else value
    return plain_day(date.fromisoformat(value)) if name == "in_force" else value


def _where(source: str, agreement: Agreement) -> str:
    if source in ("S0", "S1"):
        return _("target group and parties of the agreement (%(source)s)") % {"source": source}
    return agreement.title
