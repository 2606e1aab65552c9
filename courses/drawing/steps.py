"""The course as a list and as a table, below its picture."""

from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString

from courses.drawing.pieces import capital, escape, html, line
from courses.timeline_steps import Step
from shared.templatetags.components import status_shape


def step_list(steps: Iterable[Step]) -> SafeString:
    """One line a step, today's marked."""
    return html(*(part for step in steps for part in _line(step)))


def _line(step: Step) -> Iterator[str]:
    if step.tone == "today":
        yield '<li class="kf-steps-today">'
    else:
        yield f"<li>{status_shape(step.tone)}"
    yield (
        f'<span><span class="kf-strong">{escape(step.text)}</span> '
        f'<span class="kf-num">{escape(step.said)}</span>'
        f"{line(step.more) if step.more else ''}</span></li>"
    )


def step_rows(steps: Iterable[Step]) -> SafeString:
    """One row a step."""
    return html(
        *(
            f'<tr><td class="kf-num">{escape(step.on)}</td><th scope="row">{escape(step.text)}</th>'
            f"<td>{escape(capital(step.said))}</td><td>{escape(step.more)}</td></tr>"
            for step in steps
        )
    )
