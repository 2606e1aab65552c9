"""Addresses of activities, of referrals to them, and of their invoices."""

from django.urls import path

from activities.activity_urls import ADDRESSES
from activities.views import invoices, participants, referrals, referring

app_name = "activities"
OF_REFERRALS = [
    path("henvisninger/", referrals.inbox, name="referrals"),
    path("henvisninger/deltagere/", participants.participants, name="participants"),
    path("henvisninger/trin/", referrals.own_steps, name="own_steps"),
    path("henvisninger/<int:pk>/", referrals.referral, name="referral"),
    path("henvisninger/<int:pk>/godkend/", referring.accept, name="referral_accept"),
    path("henvisninger/<int:pk>/afvis/", referring.reject, name="referral_reject"),
    path("henvisninger/<int:pk>/start/", referring.start, name="referral_start"),
    path("henvisninger/<int:pk>/afslut/", referring.finish, name="referral_finish"),
    path("henvisninger/<int:pk>/tilbagekald/", referring.revoke, name="referral_revoke"),
    path("forloeb/<case:case>/henvis/", referring.refer, name="refer"),
    path("aktiviteter/<int:pk>/henvis/", referring.refer_to, name="refer_to"),
]
OF_INVOICES = [
    path("fakturaer/", invoices.invoices, name="invoices"),
    path("fakturaer/<int:pk>/", invoices.invoice, name="invoice"),
    path("fakturaer/<int:pk>/betal/", invoices.pay, name="pay"),
    path("aktiviteter/<int:pk>/fakturaer/", invoices.invoices_of, name="invoices_of"),
]
urlpatterns = [*ADDRESSES, *OF_REFERRALS, *OF_INVOICES]
