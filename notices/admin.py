"""The admin site's page about mail: what waits, what failed and why, and trying again."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from notices.actions import try_again
from notices.models import Mail
from shared.records import RecordAdmin


@admin.register(Mail)
class MailAdmin(RecordAdmin):
    """Mail on its way; its text is not shown here, nor is any address."""

    list_display = ["queued_at", "kind", "user", "state", "next_at", "tries", "why_not"]
    list_filter = ["state", "kind"]
    list_select_related = ["user"]
    search_fields = ["=user__username", "=message_id"]
    date_hierarchy = "queued_at"
    fields = [
        "message_id", "kind", "user", "for_day", "subject", "state", "queued_at", "next_at",
        "tries", "sent_at", "why_not",
    ]  # fmt: skip
    actions = ["send_again"]

    @admin.display(description=gettext_lazy("why not"))
    def why_not(self, row: Mail) -> str:
        """The reason in the reader's language, where it is one of ours."""
        return _(row.failure) if row.failure else ""

    @admin.action(
        description=gettext_lazy("Send failed mail again (it may arrive twice)"),
        permissions=["view"],
    )
    def send_again(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        """Put what failed back into the outbox."""
        if not isinstance(request.user, User):
            return
        again = try_again(list(queryset), by=request.user, at=timezone.now())
        for mail in again:
            self.log_change(request, mail, "Sent again.")
        said = ngettext("%(count)d mail waits again.", "%(count)d mails wait again.", len(again))
        messages.success(request, said % {"count": len(again)})
