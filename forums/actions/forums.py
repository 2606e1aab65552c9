"""Set a forum up, and say who sits in it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from forums.models import Forum, Member
from journal.actions import note
from partnerships.models import Agreement, Organisation
from shared.refusals import Refused


@transaction.atomic
def make_forum(
    agreement: Agreement, *, name: str, kind: str, meetings_a_year: int, by: User | None
) -> Forum:
    """Set up a forum of an agreement."""
    forum = Forum.objects.create(
        agreement=agreement, name=name, kind=kind, meetings_a_year=meetings_a_year
    )
    note(forum, "forum-made", by=by, case=None, agreement=agreement.slug)
    return forum


@transaction.atomic
def add_member(  # noqa: PLR0913 (each is a column)
    forum: Forum,
    *,
    name: str,
    organisation: Organisation,
    email: str = "",
    is_chair: bool = False,
    user: User | None = None,
    by: User | None,
    at: datetime,  # noqa: ARG001 (as every act)
) -> Member:
    """Give a person a seat; one whose e-mail is known here is told of what concerns it."""
    Forum.objects.select_for_update().get(pk=forum.pk)
    if forum.members.filter(name=name, organisation=organisation).exists():
        raise Refused(gettext_noop("%(name)s sits in the forum already."), name=name)
    if is_chair:
        forum.members.filter(is_chair=True).update(is_chair=False)
    if user is None and email:
        user = User.objects.filter(email__iexact=email, is_active=True).order_by("pk").first()
    member = Member.objects.create(
        forum=forum, name=name, organisation=organisation, email=email, is_chair=is_chair, user=user
    )
    note(forum, "forum-member-added", by=by, case=None, member=member.pk)
    return member


@transaction.atomic
def remove_member(member: Member, *, by: User) -> None:
    """Take a seat away; who owns a decision keeps it, so that the minutes stay true."""
    if member.decisions.exists():
        raise Refused(gettext_noop("The member owns decisions of the forum and stays in its list."))
    forum, key = member.forum, member.pk
    member.delete()
    note(forum, "forum-member-removed", by=by, case=None, member=key)
