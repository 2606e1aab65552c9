"""What a booking coordinator writes of a pool and of its times."""

from datetime import date, datetime, timedelta
from typing import Any

from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import MeetingForm, MeetingKind
from meetings.forms.pieces import ActForm, ClockField, moment_of
from meetings.models import Room
from partnerships.models import Agreement, Organisation, Role
from shared.form_fields import DayField, LastDayField, RemarkField
from slots.models import Pool, Slot

DAY = timedelta(1)
OF_A_POOL = (
    "jobcentre", "name", "purpose", "model", "kind", "agreement", "at_a_kasse", "form", "room",
    "place", "worker", "minutes", "pause_minutes", "seats", "starts", "ends", "lunch_starts",
    "lunch_ends", "repeats", "starts_on", "ends_on",
)  # fmt: skip
ALWAYS = ("name", "model", "a_kasser", "agreement")
PURPOSES = [one for one in Pool.Purpose.choices if one[0] != Pool.Purpose.TALKS]
KINDS = [one for one in MeetingKind.choices if one[0] in (MeetingKind.JOINT, MeetingKind.JOB)]


class RoomField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no parameter at run time
    """A room; one of another house than the jobcentre says whose it is."""

    def label_from_instance(self, obj: Room) -> str:
        if obj.organisation.kind == Organisation.Kind.JOBCENTRE:
            return obj.name
        return f"{obj.name} ({obj.organisation.short})"


class LeaveOutField(forms.BooleanField):
    """The tick by which times that collide are left out."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Leave out the times that collide"),
            required=False,
            help_text=_("Without the tick nothing is made while a time collides."),
        )


class PoolForm(ActForm):
    """A pool and how it repeats; `pool` is the row that it makes, not stored."""

    jobcentre = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Jobcentre"), empty_label=None
    )
    name = RemarkField(label=_("Name"), max_length=80)
    purpose = forms.ChoiceField(label=_("What for"), choices=PURPOSES)
    model = forms.ChoiceField(label=_("Model"), choices=Pool.Model.choices)
    kind = forms.ChoiceField(label=_("Interview"), choices=KINDS, initial=MeetingKind.JOINT)
    a_kasser = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Open to these a-kasser"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: open to all."),
    )
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(),
        label=_("Agreement"),
        required=False,
        empty_label=_("none: released 5 working days before"),
        help_text=_("Says how long before the day an unused reservation is released."),
    )
    at_a_kasse = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Stationed at"),
        required=False,
        empty_label=_("nowhere"),
        help_text=_("For a stationing alone."),
    )
    form = forms.ChoiceField(
        label=_("Form"), choices=MeetingForm.choices, initial=MeetingForm.IN_PERSON
    )
    room = RoomField(Room.objects.none(), label=_("Room"), required=False, empty_label=_("none"))
    place = RemarkField(
        label=_("Place"), required=False, max_length=200, help_text=_("Where there is no room.")
    )
    worker = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Worker of the jobcentre"),
        required=False,
        empty_label=_("the citizen's own, or who is free"),
    )
    minutes = forms.IntegerField(label=_("Minutes each"), min_value=5, max_value=480, initial=45)
    pause_minutes = forms.IntegerField(
        label=_("Minutes between"), min_value=0, max_value=240, initial=0
    )
    seats = forms.IntegerField(
        label=_("Interviews at a time"),
        min_value=1,
        max_value=50,
        initial=1,
        help_text=_("More than one: leave room and worker empty, and write the place."),
    )
    starts = ClockField(label=_("First time"))
    ends = ClockField(label=_("The last ends by"))
    lunch_starts = ClockField(label=_("Break from"), required=False)
    lunch_ends = ClockField(label=_("Break to"), required=False)
    repeats = forms.ChoiceField(
        label=_("Repeats"), choices=Pool.Repeats.choices, initial=Pool.Repeats.WEEKLY
    )
    starts_on = DayField(label=_("First day"))
    ends_on = LastDayField(
        label=_("Last day"), required=False, help_text=_("Of a series; that day included.")
    )
    leave_out_taken = LeaveOutField()

    def __init__(
        self,
        data: QueryDict | None,
        *,
        jobcentres: list[int],
        on: date,
        pool: Pool | None = None,
        in_use: bool = False,
    ) -> None:
        self.on, self.stored = on, pool
        super().__init__(data, initial=_initial(pool) if pool else {"jobcentre": jobcentres[0]})
        houses = Organisation.objects.filter(pk__in=jobcentres)
        a_kasser = Organisation.objects.a_kasser().existing(on=on)
        rooms = Room.objects.filter(is_active=True).select_related("organisation")
        own = Q(organisation__in=jobcentres)
        at_them = Q(organisation__kind=Organisation.Kind.A_KASSE)
        workers = User.objects.filter(
            pk__in=User.objects.filter(
                is_active=True,
                memberships__organisation__in=jobcentres,
                memberships__role=Role.CASEWORKER,
            ).values("pk")
        )
        parties = Agreement.objects.filter(
            state__in=Agreement.ACTING, parties__organisation__in=jobcentres
        )
        for name, rows in {
            "jobcentre": houses,
            "a_kasser": a_kasser,
            "at_a_kasse": a_kasser,
            "agreement": parties.distinct(),
            "room": rooms.filter(own | at_them).order_by("organisation__kind", "name").reverse(),
            "worker": workers.order_by("first_name", "last_name"),
        }.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # of these fields' class
        if len(jobcentres) == 1:
            self.fields["jobcentre"].widget = forms.HiddenInput()
        if in_use:
            for name in set(self.fields) - {*ALWAYS, "seen"}:
                del self.fields[name]
        self.layout = _layout(self.fields)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if "repeats" not in self.fields:
            return said
        _check_days(self, said)
        _check_place(self, said)
        if bool(said.get("lunch_starts")) != bool(said.get("lunch_ends")):
            self.add_error("lunch_ends", _("Write both when the break begins and ends."))
        if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
            self.add_error("ends", _("The times must end after they start."))
        is_stationing = said.get("purpose") == Pool.Purpose.STATIONING
        if is_stationing and not said.get("at_a_kasse"):
            self.add_error("at_a_kasse", _("Choose the a-kasse at which the worker is stationed."))
        if not is_stationing:
            said["at_a_kasse"] = None
        return said

    @property
    def pool(self) -> Pool:
        """The row as it would be stored; a stored one is changed in memory alone."""
        pool = self.stored or Pool()
        for name in OF_A_POOL:
            if name in self.fields:
                setattr(pool, name, self.cleaned_data[name])
        return pool


def _check_days(form: forms.Form, said: dict[str, Any]) -> None:
    starts_on = said.get("starts_on")
    if starts_on is None:
        return
    if said.get("repeats") == Pool.Repeats.ONCE:
        said["ends_on"] = starts_on + DAY
    elif said.get("ends_on") is None and "ends_on" not in form.errors:
        form.add_error("ends_on", _("Write the last day of the series."))
    elif said.get("ends_on") and said["ends_on"] <= starts_on:
        form.add_error("ends_on", _("The last day must not lie before the first day."))


def _check_place(form: forms.Form, said: dict[str, Any]) -> None:
    if (said.get("seats") or 1) > 1 and (said.get("room") or said.get("worker")):
        form.add_error("seats", _("One room and one worker have one interview at a time."))
    nowhere = not said.get("room") and not said.get("place")
    if said.get("form") == MeetingForm.IN_PERSON and nowhere:
        form.add_error("room", _("Choose a room, or write the place."))


def _initial(pool: Pool) -> dict[str, Any]:
    said = {name: getattr(pool, name) for name in OF_A_POOL}
    return said | {
        "jobcentre": pool.jobcentre_id,
        "ends_on": pool.ends_on - DAY,
        "a_kasser": list(pool.a_kasser.values_list("pk", flat=True)),
    }


def _layout(fields: dict[str, forms.Field]) -> Layout:
    """Small fields beside each other, in groups under headings."""
    groups: list[tuple[Any, list[list[str]]]] = [
        (_("What and for whom"), [["jobcentre"], ["name"], ["purpose", "model", "kind"],
            ["at_a_kasse"], ["a_kasser"], ["agreement"]]),
        (_("Where and who"), [["form", "room"], ["place"], ["worker"], ["seats"]]),
        (_("When"), [["repeats", "starts_on", "ends_on"], ["starts", "ends"],
            ["lunch_starts", "lunch_ends"], ["minutes", "pause_minutes"], ["leave_out_taken"]]),
    ]  # fmt: skip
    parts: list[Any] = [Field("seen")]
    for heading, lines in groups:
        there = [[name for name in line if name in fields] for line in lines]
        there = [line for line in there if line]
        if not there:
            continue
        parts.append(HTML(f"<h2>{heading}</h2>"))
        parts += [Div(*line, css_class="kf-pool-line") for line in there]
    return Layout(*parts)


class ExtendForm(ActForm):
    """Until when a series lasts."""

    ends_on = LastDayField(label=_("New last day"))
    leave_out_taken = LeaveOutField()


class LeaveOutForm(ActForm):
    """A day of a series on which nothing is held."""

    day = DayField(label=_("Day"))
    reason = RemarkField(
        label=_("Why"), required=False, max_length=120, help_text=_("Such as: staff day.")
    )


class MoveForm(ActForm):
    """Where one time lies."""

    day = DayField(label=_("Day"))
    clock = ClockField(label=_("Starts"))
    room = RoomField(Room.objects.none(), label=_("Room"), required=False, empty_label=_("none"))
    place = RemarkField(label=_("Place"), required=False, max_length=200)
    layout = Layout(Div("day", "clock", css_class="kf-pool-line"), "room", "place")

    def __init__(self, data: QueryDict | None, *, slot: Slot) -> None:
        local = timezone.localtime(slot.starts_at)
        initial = {"day": local.date(), "clock": local.time(), "room": slot.room_id}
        super().__init__(data, initial=initial | {"place": slot.place})
        houses = [key for key in (slot.jobcentre_id, slot.pool.at_a_kasse_id) if key]
        rooms = Room.objects.filter(organisation__in=houses, is_active=True)
        rooms = rooms.select_related("organisation").order_by("name")
        self.fields["room"].queryset = rooms  # type: ignore[attr-defined]  # of this field's class

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("room") and not said.get("place"):
            self.add_error("room", _("Choose a room, or write the place."))
        if said.get("day") and said.get("clock"):
            try:
                said["starts_at"] = moment_of(said["day"], said["clock"])
            except ValidationError as error:
                self.add_error("clock", error)
        return said

    @property
    def starts_at(self) -> datetime:
        """The moment in Denmark."""
        moment: datetime = self.cleaned_data["starts_at"]
        return moment
