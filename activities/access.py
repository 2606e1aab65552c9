"""Who may do what with activities and referrals: plain questions that pages and acts ask."""

from datetime import date

from accounts.models import User
from activities.models import Activity, Invoice, Referral
from courses.access import acting_side, has_ended, side_of
from courses.models import Course, Party
from partnerships.access import reach_of
from partnerships.models import Organisation, Role

RECORDS_INVOICES = (Role.FINANCE, Role.CASEWORKER, Role.COORDINATOR, Role.JOB_CONSULTANT)


# --- Referrals ----------------------------------------------------------------------------------
def refers_as(user: User, course: Course, *, on: date) -> Party | None:
    """The party for which a person refers in a course; nobody does once it is over."""
    return None if has_ended(course, on=on) else acting_side(user, course, on=on)


def works_for(user: User, organisation: Organisation, *, on: date) -> bool:
    """Whether a person reads the citizens of an organisation, and so acts for it."""
    reach = reach_of(user, on=on)
    return organisation.pk in (*reach.jobcentres, *reach.a_kasser)


def reads_referrals(user: User, *, on: date) -> bool:
    """Whether a person has any business with referrals: who reads the citizens of a party."""
    return reach_of(user, on=on).reads_citizens


def sees_case(user: User, referral: Referral, *, on: date) -> bool:
    """Whether a person reads why somebody is referred; who only holds the activity does not."""
    if works_for(user, referral.receiver, on=on):
        return True
    return side_of(user, referral.course, on=on) is not None


def may_answer(user: User, referral: Referral, *, on: date) -> bool:
    """Those whom it was put to answer a referral, but never the one who made it."""
    waits = referral.state == Referral.State.PROPOSED and referral.referred_by_id != user.pk
    return waits and works_for(user, referral.receiver, on=on)


def may_run(user: User, referral: Referral, *, on: date) -> bool:
    """Start and finish are recorded by those who hold the activity, and by the course's parties."""
    return holds(user, referral.activity, on=on) or is_party_to(user, referral, on=on)


def may_start(user: User, referral: Referral, *, on: date) -> bool:
    """Whether a person records that the citizen has begun."""
    return referral.state == Referral.State.ACCEPTED and may_run(user, referral, on=on)


def may_finish(user: User, referral: Referral, *, on: date) -> bool:
    """Whether a person records the end and what it came to."""
    return referral.state == Referral.State.STARTED and may_run(user, referral, on=on)


def may_revoke(user: User, referral: Referral, *, on: date) -> bool:
    """Whether a person takes the citizen out."""
    return referral.state in Referral.OPEN and is_party_to(user, referral, on=on)


def is_party_to(user: User, referral: Referral, *, on: date) -> bool:
    """Whether a person acts for one of the parties between which a referral goes."""
    if works_for(user, referral.receiver, on=on):
        return True
    return acting_side(user, referral.course, on=on) is not None


def holds(user: User, activity: Activity, *, on: date) -> bool:
    """Whether a person works for the organisation that holds an activity."""
    return works_for(user, activity.host, on=on)


def may_record_attendance(user: User, activity: Activity, *, on: date) -> bool:
    """Those who hold an activity, and its provider, say who came."""
    return holds(user, activity, on=on) or provides(user, activity, on=on)


def provides(user: User, activity: Activity, *, on: date) -> bool:
    """Whether a person is of the other provider that runs an activity."""
    reach = reach_of(user, on=on)
    own = {one.pk for one in reach.organisations}
    return reach.has(Role.PROVIDER) and activity.provider_id in own


# --- Invoices -----------------------------------------------------------------------------------
def reads_invoices(user: User, *, on: date) -> bool:
    """Whether a person has any business with invoices."""
    return reach_of(user, on=on).has(*RECORDS_INVOICES)


def may_record_invoice(user: User, activity: Activity, *, on: date) -> bool:
    """Those of the parties of an activity who book, approve or keep accounts record its bills."""
    return reads_invoices(user, on=on) and (
        Activity.objects.visible_to(user).filter(pk=activity.pk).exists()
    )


def may_match(user: User, invoice: Invoice, *, on: date) -> bool:
    """Those who record bills match them."""
    return may_record_invoice(user, invoice.activity, on=on)


def may_pay(user: User, invoice: Invoice, *, on: date) -> bool:
    """Finance of a party pays a matched bill, and never what the same person recorded."""
    if invoice.state != Invoice.State.MATCHED or invoice.recorded_by_id == user.pk:
        return False
    own = reach_of(user, on=on).has(Role.FINANCE)
    return own and Invoice.objects.visible_to(user).filter(pk=invoice.pk).exists()
