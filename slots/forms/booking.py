"""Booking an interview in a slot, and moving one into a slot.

Fields that a page of times sends: `tid` (the time: `slots.choices.written`, or a slot's key),
`shown` (the time that the button named), `do` (`book`, or `choose` to look at another time),
`message`, `with_other_party`, `summon`, `letter_language`, `agreed_short_notice`, and `seen`
(the codes of the cautions that were on the page).
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from crispy_forms.layout import Field, Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from accounts.models import User
from courses.models import Course, Duty, MeetingForm
from letters.models import LANGUAGES
from meetings.cautions import Caution
from meetings.forms.pieces import ActForm, Consent
from shared.form_fields import DayField, RemarkField
from slots.actions.booking import Taken
from slots.choices import Named
from slots.models import Slot
from slots.sittings import Extra
from slots.wishes import Half, Wishes

R = TypeVar("R")
BOOK, CHOOSE = "book", "choose"


class WishesForm(forms.Form):
    """What the citizen wishes of a time; it stands in the address."""

    halvdag = forms.ChoiceField(
        label=gettext_lazy("Time of day"),
        required=False,
        choices=[
            ("", gettext_lazy("any")),
            (Half.FORENOON, gettext_lazy("forenoon")),
            (Half.AFTERNOON, gettext_lazy("afternoon")),
        ],
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Form"),
        required=False,
        choices=[("", gettext_lazy("any")), *MeetingForm.choices],
    )
    tidligst = DayField(label=gettext_lazy("Not before"), required=False)

    @property
    def wishes(self) -> Wishes:
        """What could be read of it."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Wishes(
            half=Half(said["halvdag"]) if said.get("halvdag") else None,
            form=MeetingForm(said["form"]) if said.get("form") else None,
            not_before=said.get("tidligst"),
        )

    @classmethod
    def of(cls, query: QueryDict) -> "WishesForm":
        """The form as an address fills it in."""
        return cls(query if any(name in query for name in cls.base_fields) else None)


class SlotForm(ActForm):
    """Which time, and what the citizen is told: the arguments of `slots.actions.booking`."""

    tid = forms.CharField(error_messages={"required": gettext_lazy("Choose a time.")})
    message = RemarkField(
        label=gettext_lazy("Message in the summons"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("It stands in the letter to the citizen."),
    )
    with_other_party = forms.BooleanField(
        label=gettext_lazy("The a-kasse takes part"), required=False
    )
    agreed_short_notice = forms.BooleanField(
        label=gettext_lazy("The citizen agreed to the short notice"), required=False
    )
    summon = forms.BooleanField(
        label=gettext_lazy("Send the citizen a summons"),
        required=False,
        initial=True,
        help_text=gettext_lazy("It goes after ten minutes; until then it can be taken back."),
    )
    letter_language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"), choices=LANGUAGES, required=False
    )
    layout = Layout(
        Field("message"),
        Field("with_other_party"),
        Consent(),
        Field("summon"),
        Field("letter_language"),
    )
    taken: Taken | None = None

    def __init__(self, data: QueryDict | None, *, user: User, duty: Duty | None) -> None:
        self.user = user
        super().__init__(data, initial={"with_other_party": duty is None or bool(duty.with_party)})

    @property
    def asks_to_book(self) -> bool:
        """Whether the button was pressed that named this very time."""
        said = self.data.get("shown", "")
        return self.data.get("do") != CHOOSE and said in ("", self.data.get("tid", ""))

    @property
    def with_other(self) -> bool:
        """Whether the a-kasse takes part, as the page now says."""
        if not self.is_bound:
            return bool(self.initial["with_other_party"])
        return "with_other_party" in self.data

    @property
    def extra(self) -> Extra:
        """What is added to what the slot says, as the acts take it."""
        said = self.cleaned_data
        language = said.get("letter_language") or LANGUAGES[0][0]
        return Extra(
            agreed_short_notice=said.get("agreed_short_notice", False),
            summon=said.get("summon", True),
            letter_language=language,
            message=said.get("message", ""),
        )

    def carried_out(self, act: Callable[[], R], cautions: Iterable[Caution] = ()) -> R | None:
        """As every act's form; a time that has gone is no error of what was written."""

        def unless_taken() -> R | None:
            try:
                return act()
            except Taken as gone:
                self.taken = gone
                return None

        if not (self.is_bound and self.asks_to_book):
            return None
        return super().carried_out(unless_taken, cautions)


class MovingForm(SlotForm):
    """Which time an interview is moved to."""

    layout = Layout(Consent())

    def __init__(self, data: QueryDict | None, *, user: User, duty: Duty | None) -> None:
        super().__init__(data, user=user, duty=duty)
        for name in ("message", "with_other_party", "summon", "letter_language"):
            del self.fields[name]


def named_slot(text: str, course: Course, user: User) -> tuple[Named, Slot] | None:
    """The time that a form or an address names, among those of the citizen's jobcentre."""
    named = Named.read(text)
    if named is None:
        return None
    own = [key for key in (course.jobcentre_id, course.jobcentre.successor_id) if key]
    rows = Slot.objects.visible_to(user).filter(jobcentre__in=own).for_list()
    slot = rows.filter(pk=named.slot).first()
    return (named, named.as_shown(slot)) if slot else None


def worker_named(named: Named, slot: Slot) -> User | None:
    """Who is to hold it: the slot's own worker, or who was named with it."""
    if slot.worker or not named.worker:
        return slot.worker
    return User.objects.filter(pk=named.worker, is_active=True).first()
