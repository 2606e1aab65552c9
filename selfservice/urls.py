"""Addresses of the citizen's page, short enough to type from a letter, and of the answers to it."""

from django.urls import path

from selfservice.views import deadlines, public, workers

app_name = "selfservice"
urlpatterns = [
    path("s/<str:token>/", public.page, name="page"),
    path("s/<str:token>/samtale.ics", public.calendar_file, name="calendar_file"),
    path("s/<str:token>/syg/", public.sick, name="sick"),
    path("s/<str:token>/anden-tid/", public.other_time, name="other_time"),
    path("s/<str:token>/deltagelse/", public.participation, name="participation"),
    path("forloeb/<case:case>/bookingfrist/", deadlines.deadlines, name="deadlines"),
    path("samtaler/besked/<int:pk>/", workers.answer, name="answer"),
]
