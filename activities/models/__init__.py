"""Activities of agreements, and who is referred to them."""

from activities.models.activities import Activity, EmployerOrder, Session, VolumeChange
from activities.models.beside import FlowTemplateStep, Turnout
from activities.models.referrals import (
    Attendance,
    CvReview,
    FlowStep,
    Invoice,
    InvoiceLine,
    Referral,
)

__all__ = [
    "Activity",
    "Attendance",
    "CvReview",
    "EmployerOrder",
    "FlowStep",
    "FlowTemplateStep",
    "Invoice",
    "InvoiceLine",
    "Referral",
    "Session",
    "Turnout",
    "VolumeChange",
]
