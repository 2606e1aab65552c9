"""The agreement that a group meeting of two parties rests on."""

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from meetings.models import GroupMeeting
from partnerships.models import Agreement

# The closest to the pair first: what changes an agreement is read with it, not instead of it.
NEAREST = (Agreement.Kind.AGREEMENT, Agreement.Kind.REGIONAL, Agreement.Kind.DECLARATION)


def agreement_of(group: GroupMeeting) -> Agreement | None:
    """The agreement between both parties that is in force on the day of the meeting."""
    if group.invited is None:
        return None
    found = Agreement.objects.in_force(on=timezone.localdate(group.starts_at)).filter(
        kind__in=NEAREST
    )
    for house in (group.organisation, group.invited):
        keys = {key for key in (house.pk, house.successor_id) if key}
        found = found.filter(parties__organisation__in=keys)
    nearest = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(NEAREST)),
        output_field=IntegerField(),
    )
    return found.order_by(nearest, "-starts_on", "pk").first()
