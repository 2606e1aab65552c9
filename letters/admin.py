"""The admin site's page about how organisations send their letters."""

from django.contrib import admin

from letters.models import Route


@admin.register(Route)
class RouteAdmin(admin.ModelAdmin):
    """What an organisation has agreed on: which way, under which number, with or without print."""

    list_display = ["organisation", "usual", "prints", "cvr"]
    list_filter = ["usual", "prints"]
    list_select_related = ["organisation"]
    search_fields = ["organisation__name", "=cvr"]
    autocomplete_fields = ["organisation"]
