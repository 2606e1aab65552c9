"""The way to the pages of one's own working week, for those who have one."""

from django import template

from accounts.models import User
from partnerships.access import reach_of
from staffing.access import reads_citizens

register = template.Library()


@register.simple_tag
def has_a_week(user: User) -> bool:
    """Whether a person holds interviews, and so has hours and leave: who reads citizens does."""
    return reads_citizens(user) and bool(reach_of(user).organisations)
