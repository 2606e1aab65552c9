"""The bell in the bar on top."""

from django import template
from django.template import RequestContext

from notices.unread import unread_count

register = template.Library()


@register.inclusion_tag("components/bell.html", takes_context=True)
def bell(context: RequestContext) -> dict[str, int]:
    """The link to one's notices, with how many are not read."""
    return {"count": unread_count(context["user"])}
