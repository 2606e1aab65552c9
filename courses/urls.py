"""Addresses of the course pages; a case number is the only thing in them of a citizen."""

from django.urls import path, register_converter

from courses.case_numbers import CaseNumberConverter
from courses.views import (
    access,
    assignment,
    course,
    entry,
    facts,
    files,
    flags,
    guide,
    history,
    job_search,
    moves,
    search,
)

register_converter(CaseNumberConverter, "case")

app_name = "courses"
urlpatterns = [
    path("hjaelp/", guide.help_index, name="help"),
    path("hjaelp/frister/", guide.help_deadlines, name="help_deadlines"),
    path("aendringer/", moves.moves, name="moves"),
    path("soeg/", search.search, name="search"),
    path("adgang/", access.access, name="access"),
    path("frister/overskredet/", flags.overdue, name="overdue"),
    path("frister/overskredet/liste.csv", flags.overdue_file, name="overdue_file"),
    path("frister/overskredet/kvitter/", flags.acknowledge_several, name="acknowledge_several"),
    path("frister/aarsager/", flags.causes, name="causes"),
    path("forloeb/<case:case>/", course.course, name="course"),
    path("forloeb/<case:case>/cpr/", course.show_cpr, name="show_cpr"),
    path("forloeb/<case:case>/historik/", history.history, name="history"),
    path("forloeb/<case:case>/hvorfor/", history.why, name="why"),
    path("forloeb/<case:case>/kig/", history.looks, name="looks"),
    path("forloeb/<case:case>/sagsbehandler/", assignment.assign, name="assign"),
    path(
        "forloeb/<case:case>/sagsbehandler/fortryd/<str:token>/",
        assignment.undo_assign,
        name="undo_assign",
    ),
    path("forloeb/<case:case>/fravaer/", facts.record_absence, name="record_absence"),
    path(
        "forloeb/<case:case>/fravaer/<int:pk>/fortryd/",
        facts.withdraw_absence,
        name="withdraw_absence",
    ),
    path(
        "forloeb/<case:case>/jobsoegning/",
        job_search.record_job_search,
        name="record_job_search",
    ),
    path("forloeb/<case:case>/timer/", facts.report_hours, name="report_hours"),
    path("forloeb/<case:case>/valg/", facts.record_choice, name="record_choice"),
    path(
        "forloeb/<case:case>/valg/<int:pk>/fortryd/",
        facts.withdraw_choice,
        name="withdraw_choice",
    ),
    path("forloeb/<case:case>/optagelse/", entry.decide_entry, name="decide_entry"),
    path(
        "forloeb/<case:case>/optagelse/<int:pk>/fortryd/",
        entry.withdraw_entry,
        name="withdraw_entry",
    ),
    path("forloeb/<case:case>/flag/<int:pk>/kvitter/", flags.acknowledge, name="acknowledge"),
    path("a-kasse/filer/", files.files, name="files"),
    path("a-kasse/filer/<int:pk>/", files.file, name="file"),
    path("a-kasse/filer/<int:pk>/tag-ind/", files.take_in, name="take_in"),
    path("a-kasse/filer/<int:pk>/stop/", files.stop, name="stop"),
    path("a-kasse/filer/<int:pk>/bemaerkninger.csv", files.remarks, name="remarks"),
]
