"""Addresses of activities, of referrals to them, and of their invoices."""

from django.urls import URLPattern, path

from activities.views import referrals

app_name = "activities"
OF_ACTIVITIES: list[URLPattern] = []
OF_REFERRALS = [
    path("henvisninger/", referrals.inbox, name="referrals"),
    path("henvisninger/<int:pk>/", referrals.referral, name="referral"),
]
urlpatterns = [*OF_ACTIVITIES, *OF_REFERRALS]
