"""The admin site's pages about parties, agreements and who works where."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships import actions
from partnerships.access import reach_of
from partnerships.agreement_pages import page_of
from partnerships.agreement_rules import parent_fault
from partnerships.models import (
    Agreement,
    AgreementParty,
    Coverage,
    Membership,
    Municipality,
    Organisation,
    OrganisationName,
    Role,
)
from partnerships.readiness import what_is_missing
from partnerships.runs import RunForm, RunsFormSet
from partnerships.terms_admin import TermsInline, is_draft
from partnerships.versions import keep_version, keep_what_stood
from shared.danish_order import sort_key
from shared.refusals import Refused

admin.site.site_header = _("Kontaktforløb – administration")
admin.site.site_title = _("Kontaktforløb")
admin.site.index_title = _("Administration")
admin.site.enable_nav_sidebar = False
admin.site.unregister(Group)  # roles take the place of groups


def editor(request: HttpRequest) -> User:
    """Who is at work; the admin site lets nobody in who has not signed in."""
    return cast("User", request.user)


def administers_all(request: HttpRequest) -> bool:
    """Whether someone's administration is not limited to one municipality."""
    user = editor(request)
    return user.is_superuser or reach_of(user).has(Role.SYSTEM_ADMINISTRATOR)


def own_organisations(request: HttpRequest) -> list[int]:
    """The organisations that someone works for, by key."""
    return [one.pk for one in reach_of(editor(request)).organisations]


class OrganisationNameForm(RunForm):
    owner = "organisation_id"

    class Meta:
        model = OrganisationName
        fields = ["name", "starts_on", "ends_on"]


class OrganisationNameInline(admin.TabularInline):
    model = OrganisationName
    form = OrganisationNameForm
    formset = RunsFormSet
    extra = 0
    verbose_name_plural = _("names over time (the word on screen is the name of the day)")


class AreaForm(forms.ModelForm):
    """An area; the municipality's number follows its code, for the database's check."""

    class Meta:
        model = Coverage
        fields = ["municipality", "starts_on", "ends_on"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if municipality := cleaned.get("municipality"):
            self.instance.municipality_number = int(municipality.code)
        return cleaned


class AreaInline(admin.TabularInline):
    model = Coverage
    form = AreaForm
    extra = 0
    autocomplete_fields = ["municipality"]
    verbose_name_plural = _("municipalities served")


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "short_name", "kind", "town", "starts_on", "ends_on", "successor"]
    list_filter = ["kind"]
    list_select_related = ["successor"]
    search_fields = ["name", "short_name", "slug", "names__name"]
    fields = [
        ("kind", "slug"),
        ("name", "short_name"),
        ("town", "register_code"),
        ("email", "phone"),
        "interviews_a_day",
        ("mail_from", "mail_until"),
        ("starts_on", "ends_on", "successor"),
    ]

    def get_inlines(self, request: HttpRequest, obj: Organisation | None = None) -> list[Any]:
        """Names for all; areas where there is a jobcentre."""
        has_area = obj is not None and obj.kind == Organisation.Kind.JOBCENTRE
        return [OrganisationNameInline, AreaInline] if has_area else [OrganisationNameInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        """All, or one's own organisation."""
        rows = super().get_queryset(request)
        return rows if administers_all(request) else rows.filter(pk__in=own_organisations(request))

    def get_readonly_fields(
        self, request: HttpRequest, obj: Organisation | None = None
    ) -> list[str]:
        """What reference data and history hang on stays as it was made."""
        if obj is None:
            return []
        fixed = ["kind", "slug", "register_code"]
        return fixed if administers_all(request) else [*fixed, "starts_on", "ends_on", "successor"]

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        obj.sort_key = sort_key(obj.short)
        super().save_model(request, obj, form, change)


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "region", "rar_area", "employment_region"]
    list_filter = ["region"]
    search_fields = ["code", "name"]


class PartyInline(admin.TabularInline):
    model = AgreementParty
    extra = 0

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Any organisation can be a party, whoever writes the agreement."""
        if db_field.name == "organisation":
            kwargs["queryset"] = Organisation.objects.all()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class AgreementForm(forms.ModelForm):
    """An agreement; it can stand under no agreement that stands under it."""

    def clean_parent(self) -> Agreement | None:
        """What it stands under."""
        above: Agreement | None = self.cleaned_data["parent"]
        if wrong := parent_fault(self.instance, above):
            raise ValidationError(wrong)
        return above


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin):
    form = AgreementForm
    list_display = ["title", "kind", "state", "party_names", "starts_on", "ends_on", "made_up"]
    list_filter = ["state", "kind", "made_up"]
    search_fields = ["title", "slug", "parties__organisation__name"]
    filter_horizontal = ["municipalities"]
    prepopulated_fields = {"slug": ["title"]}
    actions = ["put_in_force"]
    inlines = [PartyInline, TermsInline]
    fieldsets = [
        (
            _("1. What it is"),
            {
                "fields": ["title", "slug", ("kind", "parent"), "state", "municipalities"],
                "description": _(
                    "A declaration is the frame, an agreement fills it in, an addendum changes it."
                    " The most specific one acts. Keep a draft until the check list is empty; then"
                    " choose it in the list and “Put in force”."
                ),
            },
        ),
        (
            _("2. From when to when"),
            {
                "fields": [
                    ("starts_on", "ends_on"),
                    ("notice_months", "evaluated_on"),
                    "terms_today",
                    "check_list",
                ]
            },
        ),
        (
            _("3. What it says"),
            {
                "fields": ["text", "minute_notes", "source", "made_up"],
                "description": _("For people to read; the terms below are what acts on courses."),
            },
        ),
    ]

    @admin.display(description=_("terms in force today"))
    def terms_today(self, agreement: Agreement) -> str:
        """The terms of today in words, and the page that shows those of any other day."""
        today = timezone.localdate()
        shown = page_of(agreement, on=today) if agreement.pk else None
        if shown is None or not shown.terms:
            return str(_("None today."))
        return format_html(
            '<dl class="kf-admin-terms">{}</dl><a href="{}?dag={}">{}</a>',
            format_html_join("", "<dt>{}</dt><dd>{}</dd>", shown.term_pairs),
            reverse("partnerships:agreement", args=[agreement.slug]),
            f"{today:%Y-%m-%d}",
            _("See the terms of another day"),
        )

    @admin.display(description=_("check list"))
    def check_list(self, agreement: Agreement) -> str:
        """What is to be done before the agreement can act."""
        missing = list(what_is_missing(agreement)) if agreement.pk else [_("Save it first.")]
        if not missing:
            return str(_("Nothing is missing."))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", zip(missing)))

    @admin.display(description=_("parties"))
    def party_names(self, agreement: Agreement) -> str:
        """Who is bound by it."""
        return ", ".join(one.organisation.short for one in agreement.parties.all())

    @admin.action(description=_("Put in force"), permissions=["change"])
    def put_in_force(self, request: HttpRequest, chosen: QuerySet[Agreement]) -> None:
        """Put the chosen drafts in force, and say of each other one what it lacks."""
        for agreement in chosen:
            try:
                actions.put_in_force(agreement, by=editor(request))
            except Refused as refused:
                self.message_user(request, str(refused), messages.ERROR)
            else:
                said = _("“%(title)s” is in force; all dates are being computed anew.")
                self.message_user(request, said % {"title": agreement.title}, messages.SUCCESS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agreement]:
        """All, or those of one's own municipality."""
        rows = super().get_queryset(request).prefetch_related("parties__organisation")
        if administers_all(request):
            return rows
        own = own_organisations(request)
        ours = Q(parties__organisation__in=own) | Q(municipalities__coverages__jobcentre__in=own)
        return rows.filter(pk__in=Agreement.objects.filter(ours).values("pk"))

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Agreement | None = None
    ) -> dict[str, Any]:
        """A slug is suggested once; it then stands."""
        return {} if obj else dict(self.prepopulated_fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Agreement | None = None) -> list[str]:
        """The id stands, because courses and files name it; steps alone move the state."""
        return ["state", "terms_today", "check_list", *(["slug"] if obj else [])]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What an agreement can stand under lies in the same municipality."""
        if db_field.name == "parent":
            kwargs["queryset"] = self.get_queryset(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """An agreement administrator makes agreements for the own municipality."""
        if db_field.name == "municipalities" and not administers_all(request):
            own = own_organisations(request)
            kwargs["queryset"] = Municipality.objects.filter(coverages__jobcentre__in=own)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Agreement | None = None) -> bool:
        """Only a draft can be deleted; an agreement that stood is ended."""
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        return is_draft(obj) and not obj.steps.exists()

    def save_model(self, request: HttpRequest, obj: Agreement, form: Any, change: bool) -> None:
        """Keep how the agreement reads before it is changed."""
        if change:
            before = Agreement.objects.select_for_update(of=("self",)).get(pk=obj.pk)
            keep_what_stood(before, by=editor(request), at=timezone.now())
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save parties and terms too, keep that version, journal it, have the dates computed."""
        super().save_related(request, form, formsets, change)
        parts = [part.model._meta.model_name for part in formsets if part.has_changed()]
        changed = [*form.changed_data, *filter(None, parts)]
        if changed:
            by, at = editor(request), timezone.now()
            keep_version(form.instance, why="as-it-stood", by=by, at=at)
            actions.agreement_changed(form.instance, changed=changed, by=by)


class MembershipForm(forms.ModelForm):
    """A role in an organisation; `actions` writes it, so that its refusals become form errors."""

    class Meta:
        model = Membership
        fields = ["user", "organisation", "role", "starts_on", "ends_on"]

    editor: Any = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        user = cleaned.get("user") or (self.instance.user if self.instance.pk else None)
        if user and user == self.editor:
            raise ValidationError(_("You cannot change your own roles. Ask another administrator."))
        return cleaned


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    form = MembershipForm
    list_display = ["user", "role", "organisation", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
    autocomplete_fields = ["user", "organisation"]

    def get_form(
        self,
        request: HttpRequest,
        obj: Membership | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm]:
        """The form knows who fills it in."""
        form = super().get_form(request, obj, change, **kwargs)
        return type("SignedMembershipForm", (form,), {"editor": editor(request)})

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> list[str]:
        """Who works where as what stays; only its days change."""
        return ["user", "organisation", "role"] if obj else []

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        if change:
            actions.date_role(obj, starts_on=obj.starts_on, ends_on=obj.ends_on, by=editor(request))
            return
        row = actions.give_role(
            obj.user,
            Role(obj.role),
            organisation=obj.organisation,
            starts_on=obj.starts_on,
            ends_on=obj.ends_on,
            by=editor(request),
        )
        obj.pk = row.pk
