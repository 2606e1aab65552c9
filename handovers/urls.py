"""Addresses of hand-overs, and of the acts beside them; a case number is all they say."""

from django.urls import path

from handovers.views import acts, answers, pages

app_name = "handovers"
urlpatterns = [
    path("overlevering/", pages.handovers, name="list"),
    path("overlevering/<case:case>/", pages.handover, name="handover"),
    path("overlevering/<case:case>/ark/", pages.sheet, name="sheet"),
    path("overlevering/<case:case>/ark/pdf/", pages.sheet_pdf, name="sheet_pdf"),
    path("overlevering/<case:case>/overtag/", answers.accept, name="accept"),
    path("overlevering/<case:case>/returner/", answers.send_back, name="send_back"),
    path("overlevering/<case:case>/samtale/", answers.first_interview, name="first_interview"),
    path("forloeb/<case:case>/til-jobcenter/", acts.leave, name="leave"),
    path(
        "forloeb/<case:case>/til-jobcenter/<int:pk>/fortryd/",
        acts.undo_leaving,
        name="undo_leaving",
    ),
    path("forloeb/<case:case>/sygdom/", acts.sickness, name="sickness"),
    path("forloeb/<case:case>/sygdom/aflys/", acts.cancel_for_sickness, name="cancel_for_sickness"),
    path("forloeb/<case:case>/sygdom/samtale/", acts.record_talk, name="record_talk"),
    path(
        "forloeb/<case:case>/sygdom/<int:pk>/orientering/",
        acts.inform_municipality,
        name="inform_municipality",
    ),
    path("forloeb/<case:case>/rekruttering/", acts.record_call, name="record_call"),
]
