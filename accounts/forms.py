"""What people say of themselves."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from accounts.models import User

MAILS = ["mail_daily", "mail_weekly", "mail_invitations"]


class SignInForm(AuthenticationForm):
    """User name and password; the field to start in has the focus."""


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # a parameter only the stubs know
    """The arguments of `actions.change_profile`."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "language", "keys", *MAILS]
