"""Addresses of the course pages; a case number is the only thing in them of a citizen."""

from django.urls import path, register_converter

from courses.case_numbers import CaseNumberConverter
from courses.views import course, search

register_converter(CaseNumberConverter, "case")

app_name = "courses"
urlpatterns = [
    path("soeg/", search.search, name="search"),
    path("forloeb/<case:case>/", course.course, name="course"),
    path("forloeb/<case:case>/cpr/", course.show_cpr, name="show_cpr"),
    path("forloeb/<case:case>/sagsbehandler/", course.assign, name="assign"),
]
