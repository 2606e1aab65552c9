"""Addresses of forums, their meetings and decisions."""

from django.urls import path

from forums.views import evaluations, forums, meetings, public, surveys, told

app_name = "forums"
urlpatterns = [
    path("fora/", forums.forums, name="list"),
    path("fora/nyt/", forums.new, name="new"),
    path("fora/<int:pk>/", forums.forum, name="forum"),
    path("fora/<int:pk>/medlemmer/", forums.members, name="members"),
    path("fora/<int:pk>/medlemmer/<int:member>/fjern/", forums.remove_member, name="remove_member"),
    path("fora/<int:pk>/indkald/", forums.plan, name="plan"),
    path("fora/moeder/<int:pk>/", meetings.meeting, name="meeting"),
    path("fora/moeder/<int:pk>/dokument.pdf", meetings.pdf, name="pdf"),
    path("fora/moeder/<int:pk>/punkt/", meetings.point, name="point"),
    path(
        "fora/moeder/<int:pk>/punkt/<int:point>/fjern/", meetings.remove_point, name="remove_point"
    ),
    path("fora/moeder/<int:pk>/tal/", meetings.figures, name="figures"),
    path("fora/moeder/<int:pk>/aflys/", meetings.cancel, name="cancel"),
    path("fora/moeder/<int:pk>/referat/", meetings.minutes, name="minutes"),
    path("fora/moeder/<int:pk>/godkend/", meetings.approve, name="approve"),
    path("fora/moeder/<int:pk>/beslutning/", meetings.decide, name="decide"),
    path("fora/beslutninger/<int:pk>/", meetings.finish, name="finish"),
    path("fora/undersoegelser/", surveys.surveys, name="surveys"),
    path("fora/undersoegelser/ny/", surveys.new, name="new_survey"),
    path("fora/undersoegelser/<int:pk>/", surveys.survey, name="survey"),
    path("aftaler/<slug:slug>/evaluering/", evaluations.evaluation, name="evaluation"),
    path("aftaler/<slug:slug>/evaluering/ny/", evaluations.evaluate, name="evaluate"),
    path("nyheder/", told.news, name="news"),
    path("nyheder/skriv/", told.tell, name="tell"),
    path("kontakter/", told.contacts, name="contacts"),
    path("u/<str:token>/", public.answer, name="answer"),
]
