"""What django-axes says in the admin site; it has no Danish, so ours stands in our catalogue."""

from django.utils.translation import gettext_noop as _

WORDS = (
    _("access attempt"),
    _("access attempts"),
    _("access attempt expiration"),
    _("access attempt expirations"),
    _("access failure"),
    _("access failures"),
    _("access log"),
    _("access logs"),
    _("Access Attempt"),
    _("Attempt Time"),
    _("IP Address"),
    _("User Agent"),
    _("Username"),
    _("Path"),
    _("Failed Logins"),
    _("Attempt Remaining"),
    _("Locked Out"),
    _("Logout Time"),
    _("Expires At"),
    _("Session key hash (sha256)"),
    _("Not set"),
    _("Form Data"),
    _("Meta Data"),
    _("GET Data"),
    _("POST Data"),
    _("HTTP Accept"),
    _("Clean up expired attempts"),
)
