"""The law's words with names for people; a test ties them to `law.vocabulary`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Party(models.TextChoices):
    """Who holds a course, owes an interview or made a choice."""

    A_KASSE = "a_kasse", _("a-kasse")
    JOBCENTRE = "jobcentre", _("jobcentre")
    CITIZEN = "citizen", _("citizen")


class Insurance(models.TextChoices):
    """How a member is insured."""

    FULL_TIME = "full_time", _("full-time")
    PART_TIME = "part_time", _("part-time")


class AbsenceKind(models.TextChoices):
    """Why someone is not plainly unemployed for a while."""

    JOB = "job", _("job")
    HOLIDAY = "holiday", _("holiday")
    SICK = "sick", _("sick")
    MATERNITY = "maternity", _("maternity leave")
    LESS_INTENSIVE = "less_intensive", _("less intensive effort")
    WAGE_SUBSIDY = "wage_subsidy", _("wage-subsidised job")
    PART_TIME_JOB = "part_time_job", _("part-time job")


class ChoiceKind(models.TextChoices):
    """What someone chose, and what the law then takes into account."""

    CHOOSE_JOBCENTRE = "choose_jobcentre", _("chooses the jobcentre")
    DECLINE_OTHER_PARTY = "decline_other_party", _("declines the other party")
    WANT_OTHER_PARTY = "want_other_party", _("wants the other party to take part")
    ASK_JOINT = "ask_joint", _("asks for a joint interview")
    VISITED_OUT = "visited_out", _("visited to the jobcentre")
    EXEMPT = "exempt", _("exempted after a concrete assessment")
    POSTPONE = "postpone", _("interview postponed")


class MeetingKind(models.TextChoices):
    """What an interview is, as the law counts it."""

    CV = "cv", _("CV interview")
    JOB = "job", _("job interview")
    JOINT = "joint", _("joint job interview")
    AVAILABILITY = "availability", _("availability interview")
    SICKNESS = "sickness", _("sickness follow-up talk")
    RECRUITMENT = "recruitment", _("recruitment call")


class MeetingForm(models.TextChoices):
    """How people meet."""

    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("by phone")
    VIDEO = "video", _("by video")
