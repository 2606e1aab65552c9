"""Sign-in and out, the own profile, the language, and the accessibility statement."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from accounts import actions
from accounts.forms import ProfileForm, SignInForm
from accounts.models import User
from accounts.requests import Request

FRONT_PAGE = "/"
STATED_ON = date(2026, 11, 22)  # the law asks for a new statement every year


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let a person in, in the person's own language."""
    if request.user.is_authenticated:
        return redirect(FRONT_PAGE)
    form = SignInForm(request, data=request.POST or None)
    if form.is_valid():
        user = form.get_user()
        login(request, user)
        return _speaking(redirect(_where_to(request)), user.language)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    context = {
        "form": form,
        "next": wanted,
        "waits": wanted not in ("", FRONT_PAGE),
        "lost": request.GET.get("gemt") == "nej",
    }
    return render(request, "accounts/sign_in.html", context)


def _where_to(request: HttpRequest) -> str:
    """The page that asked for the sign-in, if it is one of ours."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return FRONT_PAGE


def _speaking(response: HttpResponse, language: str) -> HttpResponse:
    """The answer, with the cookie that `LocaleMiddleware` reads."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Let a person out, and say so."""
    logout(request)
    messages.success(request, _("You have signed out."))
    return redirect("sign-in")


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Speak the chosen language from here on, and at the next sign-in."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        actions.choose_language(request.user, language=language, by=request.user)
    return set_language(request)


@never_cache
@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    """Name, e-mail and language of the person who looks."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        user = actions.change_profile(request.user, **form.cleaned_data, by=request.user)
        with override(user.language):
            messages.success(request, _("Your profile is saved."))
        return _speaking(redirect("profile"), user.language)
    return render(request, "accounts/profile.html", {"form": form})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def change_password(request: Request) -> HttpResponse:
    """A new password; the session goes on, all others of the person end."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your password is changed."))
        return redirect("profile")
    return render(request, "accounts/change_password.html", {"form": form})


@login_not_required
@never_cache
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the pages can be used by everyone, and whom to tell when they cannot."""
    context = {
        "stated_on": STATED_ON,
        "renewed_by": STATED_ON.replace(year=STATED_ON.year + 1),
        "mail": settings.ACCESSIBILITY_MAIL,
        "phone": settings.ACCESSIBILITY_PHONE,
        "official": settings.ACCESSIBILITY_URL,
    }
    return render(request, "accounts/accessibility.html", context)
