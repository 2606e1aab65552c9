"""What each role may do in the admin site: a table, and the backend that answers from it."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from accounts.models import User
from partnerships.access import reach_of
from partnerships.models import Role


def _may(verbs: str, *models: str) -> frozenset[str]:
    """Permissions in Django's words: `_may("view add", "accounts.user")`."""
    named = (model.split(".") for model in models)
    return frozenset(f"{app}.{verb}_{model}" for app, model in named for verb in verbs.split())


READ_OF_AGREEMENTS = _may(
    "view",
    *("partnerships.step", "partnerships.agreementversion", "partnerships.point"),
    *("partnerships.workflowstep", "partnerships.phasetwo", "frames.frame", "frames.entry"),
    *("activities.activity", "activities.session", "activities.invoice"),
    *("forums.forum", "forums.forummeeting", "forums.survey"),
)
PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.AGREEMENT_ADMINISTRATOR: (
        _may("view add change delete", "partnerships.agreement")
        | _may("view add change delete", "partnerships.agreementparty")
        | _may("view add change delete", "partnerships.agreementterms")
        | _may("view change", "partnerships.organisation")
        | _may("view add change delete", "partnerships.organisationname")
        | READ_OF_AGREEMENTS
    ),
    Role.SYSTEM_ADMINISTRATOR: (
        _may("view add change", "accounts.user", "partnerships.membership")
        | _may("view add change", "partnerships.organisation", "meetings.room", "letters.route")
        | _may("view add change delete", "partnerships.organisationname", "partnerships.coverage")
        | _may("view add change delete", "staffing.allowedhost", "staffing.closingday")
        | _may("view add change", "staffing.workinghours", "staffing.competence")
        | _may("view", "partnerships.municipality", "partnerships.agreement")
        | _may("view", "partnerships.agreementparty", "partnerships.agreementterms")
        | _may("view", "courses.course", "courses.registration", "courses.duty")
        | _may("view", "courses.flag", "courses.sweep", "handovers.handover")
        | _may("view", "slots.pool", "slots.reservation")
        | _may("view change", "slots.travel")
        | _may("view", "notices.mail")
        | _may("view", "journal.entry", "journal.look", "admin.logentry")
        | READ_OF_AGREEMENTS
        | _may("view delete", "axes.accessattempt")
        | _may("view", "axes.accesslog")
    ),
}
STAFF = frozenset(PERMISSIONS)


class RolePermissions(BaseBackend):
    """Grants what a person's roles of today may do; signs nobody in."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:  # noqa: ANN401 (Django's signature)
        """What the roles allow; nothing for one row alone."""
        if obj is not None or not isinstance(user_obj, User) or not user_obj.is_active:
            return set()
        roles = reach_of(user_obj).roles
        return {one for role in roles for one in PERMISSIONS.get(role, ())}

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:
        """Whether the roles allow anything in an app."""
        return any(one.startswith(f"{app_label}.") for one in self.get_user_permissions(user_obj))
