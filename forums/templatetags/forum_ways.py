"""The way from an agreement to its evaluation, for pages of apps that know no forums."""

from django import template
from django.urls import reverse

from accounts.models import User
from forums.access import may_keep_forums
from partnerships.access import reach_of
from partnerships.models import Agreement

register = template.Library()


@register.simple_tag
def evaluation_url(agreement: Agreement, user: User) -> str:
    """Where the evaluation of an agreement stands, for those who may read it; asks no query."""
    reach = reach_of(user)
    own = {one.pk for one in reach.organisations} | set(reach.a_kasser)
    parties = {one.organisation_id for one in agreement.parties.all()}
    if user.is_superuser or (may_keep_forums(user) and own & parties):
        return reverse("forums:evaluation", args=[agreement.slug])
    return ""
