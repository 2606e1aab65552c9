"""The bar on top, as the person's roles have it."""

from django import template
from django.http import HttpRequest
from django.template import RequestContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from partnerships.access import reach_of
from partnerships.models import Membership
from partnerships.navigation import sections_of

register = template.Library()


@register.inclusion_tag("components/sections.html", takes_context=True)
def sections(context: RequestContext, label: str, most: int | None = None) -> dict[str, object]:
    """The links to the sections, as a landmark with a name; the section in use is marked.

    Those beyond the `most` that a bar has room for stand in a menu at its end.
    """
    request: HttpRequest = context["request"]
    found = sections_of(context["user"])
    held = max((one.held(request.path) for one in found), default=0)
    marked = [(one, 0 < held == one.held(request.path)) for one in found]
    first = len(marked) if most is None or len(marked) <= most + 1 else most
    return {
        "label": label,
        "sections": marked[:first],
        "more": marked[first:],
        "is_in_more": any(current for _one, current in marked[first:]),
    }


@register.inclusion_tag("components/search_box.html", takes_context=True)
def search_box(context: RequestContext, key: str, label: str) -> dict[str, object]:
    """The search among citizens, for those who may read any; it posts, so that no address tells."""
    reads = reach_of(context["user"]).reads_citizens
    return {
        "url": reverse("courses:search") if reads else "",
        "key": key,
        "label": label,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.simple_tag
def roles_of(user: User) -> list[Membership]:
    """What a person may do today, and where."""
    standing = Membership.objects.standing(on=timezone.localdate())
    return list(standing.filter(user=user).select_related("organisation"))


@register.simple_tag
def works_for(user: User) -> str:
    """The organisations a person works for, by name."""
    return " · ".join(dict.fromkeys(one.name for one in reach_of(user).organisations))
