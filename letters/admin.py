"""The admin site's page about how organisations send their letters, and which way wins."""

from collections.abc import Iterator

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from letters.models import Route
from partnerships.models import Agreement


@admin.register(Route)
class RouteAdmin(admin.ModelAdmin):
    """What an organisation has agreed on: which way, under which number, with or without print."""

    list_display = ["organisation", "agreement", "usual", "prints", "cvr"]
    list_filter = ["usual", "prints"]
    list_select_related = ["organisation", "agreement"]
    search_fields = ["organisation__name", "agreement__title", "=cvr"]
    autocomplete_fields = ["organisation", "agreement"]
    fields = ["organisation", "agreement", "usual", "prints", "cvr", "ways"]
    readonly_fields = ["ways"]

    @admin.display(description=_("which way letters go now"))
    def ways(self, route: Route) -> SafeString | str:
        """How the organisation's letters go under each of its agreements, as it is saved."""
        if not route.pk:
            return str(_("Save first to see which way wins where."))
        rows = format_html_join("", "<li>{}: {}</li>", _ways(route))
        return format_html("<ul>{}</ul>", rows)


def _ways(route: Route) -> Iterator[tuple[object, object]]:
    """Each agreement of the organisation with the way that wins there, then all other courses."""
    house = route.organisation_id
    agreements = Agreement.objects.filter(parties__organisation=house).distinct()
    for agreement in agreements.order_by("title", "pk"):
        yield agreement, _say(Route.objects.winning(house, agreement.pk), route)
    yield _("all other courses"), _say(Route.objects.winning(house, None), route)


def _say(winner: Route | None, route: Route) -> object:
    if winner is None:
        return _("Digital Post, because nothing is said")
    said = {
        "usual": winner.get_usual_display(),
        "print": _("paper for the exempt") if winner.prints else _("no paper for the exempt"),
    }
    if winner == route:
        return _("%(usual)s, %(print)s (this way)") % said
    return _("%(usual)s, %(print)s (another way)") % said
