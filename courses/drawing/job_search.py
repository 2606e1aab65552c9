"""Where the search for work stands, one line an item."""

from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.drawing.pieces import capital, escape, html, line, status
from courses.job_search import ItemRow
from courses.models import JobSearchStatus
from shared.written import plain_day

State = JobSearchStatus.State
TONES = {State.DONE.value: "held", State.NEEDS_WORK.value: "soon", State.MISSING.value: "over"}


def item_lines(rows: Iterable[ItemRow]) -> SafeString:
    """Items as lines of a list, each with the last word on it."""
    nobody = _("nobody has looked yet")
    return html(*(_line(row, nobody) for row in rows))


def _line(row: ItemRow, nobody: str) -> str:
    name, said = escape(capital(str(row.item.label))), row.status
    if said is None:
        return f"<li><span>{name}</span> <span>{status('none', nobody)}</span></li>"
    remark = line(said.remark) if said.remark else ""
    state = status(TONES[said.state], said.get_state_display())
    day = line(plain_day(said.as_of), style=" kf-num")
    return f"<li><span>{name}{remark}</span> <span>{state}{day}</span></li>"
