"""Activities of agreements, and who is referred to them."""

from activities.models.activities import Activity, EmployerOrder, Session, VolumeChange
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
    "Invoice",
    "InvoiceLine",
    "Referral",
    "Session",
    "VolumeChange",
]
