"""The letters of a course or an interview as a panel: `{% letters_of course user %}`."""

from typing import Any

from django import template
from django.db.models import Manager
from django.utils import timezone

from accounts.models import User
from letters.rows import rows_of

register = template.Library()
MOST = 20


@register.inclusion_tag("letters/_of_course.html", takes_context=True)
def letters_of(context: dict[str, Any], owner: Any, reader: User) -> dict[str, Any]:  # noqa: ANN401 (a course or an interview)
    """The newest letters of a course or an interview that the reader may see, at most twenty."""
    letters: Manager[Any] = owner.letters
    found = letters.visible_to(reader).for_list()[:MOST]  # type: ignore[attr-defined]  # its own manager
    rows = rows_of(found, reader=reader, on=timezone.localdate())
    shown = {"rows": rows, "failed": any(row.has_failed for row in rows)}
    return shown | {"csrf_token": context.get("csrf_token"), "here": context["request"].path}
