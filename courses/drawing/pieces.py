"""Small pieces of HTML. What is passed to them is escaped here, unless it is HTML already."""

from html import escape

from django.utils.safestring import SafeString, mark_safe

from shared.templatetags.components import status_shape
from shared.written import status_text

__all__ = ["capital", "escape", "html", "line", "status", "unseen"]


def html(*parts: str) -> SafeString:
    """Parts that are HTML already, as one."""
    return mark_safe("".join(parts))  # noqa: S308 (each part was escaped where it was made)


def capital(text: str) -> str:
    """A text to begin a line with."""
    return text[:1].upper() + text[1:]


def status(tone: str, text: str) -> str:
    """A status in a line of text: shape, colour and word."""
    return (
        f'<span class="kf-st kf-st--{tone}">{status_shape(tone)}'
        f'<span class="kf-num">{escape(status_text(text))}</span></span>'
    )


def line(text: str, *, style: str = "") -> str:
    """A second line, smaller, below what it belongs to."""
    return f'<span class="kf-line-2{style}">{escape(text)}</span>'


def unseen(text: str) -> str:
    """What only those who listen need."""
    return f'<span class="sr-only">{escape(text)}</span>'
