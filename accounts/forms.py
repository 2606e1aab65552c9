"""What people say of themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.forms import BoundField
from django.utils.translation import gettext as _

from accounts.models import User

MAILS = ["mail_daily", "mail_weekly", "mail_invitations"]


class SignInForm(AuthenticationForm):
    """User name and password; the field to start in has the focus."""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields of a form that belong together, under a heading of their own."""

    id: str
    title: str
    hint: str
    fields: tuple[BoundField, ...]


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # a parameter only the stubs know
    """The arguments of `actions.change_profile`."""

    PERSON = ["first_name", "last_name", "email", "language"]

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "language", "keys", *MAILS]

    def sections(self) -> Iterator[Section]:
        """The fields in the order of the page."""
        yield self._section("person", _("You"), "", self.PERSON)
        hint = _("For those who work by keyboard; programs that read aloud may need them off.")
        yield self._section("single-keys", _("Single keys"), hint, ["keys"])
        hint = _("Everything in a mail also stands on screen. No mail names a citizen.")
        yield self._section("mails", _("Mail"), hint, MAILS)
        if rest := [name for name in self.fields if name not in (*self.PERSON, "keys", *MAILS)]:
            yield self._section("more", _("More"), "", rest)

    def _section(self, key: str, title: str, hint: str, names: list[str]) -> Section:
        return Section(key, title, hint, tuple(self[name] for name in names))
