"""Addresses of working hours, leave, calendars that are read, staff and closing days."""

from django.urls import path

from staffing.views import own, staff

app_name = "staffing"
urlpatterns = [
    path("min-arbejdstid/", own.hours, name="hours"),
    path("min-arbejdstid/fravaer/", own.leave, name="leave"),
    path("min-arbejdstid/kalendere/", own.calendars, name="calendars"),
    path("min-arbejdstid/kalendere/<int:pk>/fjern/", own.forget_calendar, name="forget_calendar"),
    path("fravaer/<int:pk>/tag-tilbage/", own.give_up_leave, name="take_back_leave"),
    path("medarbejdere/", staff.staff, name="staff"),
    path("medarbejdere/<int:pk>/arbejdstid/", own.hours, name="staff_hours"),
    path("medarbejdere/<int:pk>/fravaer/", own.leave, name="staff_leave"),
    path("medarbejdere/<int:pk>/kompetencer/", staff.competences, name="competences"),
    path("kompetencer/<int:pk>/afslut/", staff.stop_competence, name="end_competence"),
    path("lukkedage/", staff.closing_days, name="closing_days"),
    path("lukkedage/<int:pk>/tag-tilbage/", staff.reopen, name="open_again"),
]
