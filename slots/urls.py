"""Addresses of the calendar, the pools of times and the bookings in them."""

from django.urls import path

from slots.views import booking, calendar

app_name = "slots"
urlpatterns = [
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/book/<case:case>/", booking.book, name="book"),
    path("kalender/flyt/<int:pk>/", booking.move, name="move"),
    path("kalender/hold/<case:case>/", booking.keep, name="hold"),
]
