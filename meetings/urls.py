"""Addresses of the interview pages; a case number is the only thing in them of a case."""

from django.urls import path

from meetings import views
from meetings.views import calendars, group_enrolling, group_missing, groups, letters, several

app_name = "meetings"
urlpatterns = [
    path("samtaler/", views.meetings, name="list"),
    path("samtaler/dagen/", views.day, name="day"),
    path("samtaler/aftale/<int:pk>/", views.tick, name="tick"),
    path("samtaler/spoergsmaal/<int:pk>/", views.answer_question, name="answer_question"),
    path("samtaler/<int:pk>/spoerg/", views.ask, name="ask"),
    path("samtaler/book/<case:case>/", views.book, name="book"),
    path("samtaler/flere/", several.several, name="several"),
    path("samtaler/flere/<int:pk>/", several.batch, name="batch"),
    path("samtaler/flere/<int:pk>/fortryd/", several.undo, name="undo_batch"),
    path("samtaler/flere/<int:pk>/aflys/", several.cancel_batch, name="cancel_batch"),
    path("samtaler/<int:pk>/", views.detail, name="detail"),
    path("samtaler/<int:pk>/flyt/", views.move, name="move"),
    path("samtaler/<int:pk>/deltagelse/", views.reply, name="reply"),
    path("samtaler/<int:pk>/aflys/", views.cancel, name="cancel"),
    path("samtaler/<int:pk>/resultat/", views.outcome, name="outcome"),
    path("samtaler/<int:pk>/resultat/fortryd/", views.retract, name="retract"),
    path("samtaler/<int:pk>/brev/<slug:kind>/", letters.letter, name="letter"),
    path("samtaler/<int:pk>/kontakt/", views.contact, name="contact"),
    path("samtaler/<int:pk>/underret/", views.notify, name="notify"),
    path("samtaler/underretning/<int:pk>/", views.answer, name="answer"),
    path("samtaler/underretning/<int:pk>/fortryd/", views.withdraw, name="withdraw"),
    path("samtaler/<int:pk>/samtale.ics", calendars.download, name="download"),
    path("samtaler/moeder/", groups.group_list, name="groups"),
    path("samtaler/moeder/nyt/", groups.new_group, name="new_group"),
    path("samtaler/moeder/tilmeld/<case:case>/", group_enrolling.enrol, name="enrol"),
    path("samtaler/moeder/tilmeld-flere/", group_enrolling.enrol_several, name="enrol_several"),
    path("samtaler/moeder/<int:pk>/", groups.group, name="group"),
    path("samtaler/moeder/<int:pk>/ret/", groups.edit_group, name="edit_group"),
    path("samtaler/moeder/<int:pk>/aflys/", groups.cancel_group, name="cancel_group"),
    path("samtaler/moeder/<int:pk>/konsulent/", groups.staff_group, name="staff_group"),
    path("samtaler/moeder/<int:pk>/samtaler/", groups.group_talks, name="group_talks"),
    path("samtaler/moeder/<int:pk>/fremmoede/", groups.group_attendance, name="group_attendance"),
    path("samtaler/moeder/<int:pk>/moede.ics", groups.group_file, name="group_file"),
    path(
        "samtaler/moeder/<int:pk>/udeblivelse/<int:enrolment>/",
        group_missing.group_no_show,
        name="group_no_show",
    ),
    path(
        "samtaler/moeder/<int:pk>/udeblivelse/<int:enrolment>/underret/",
        group_missing.notify,
        name="notify_of_group",
    ),
    path(
        "samtaler/moeder/<int:pk>/afmeld/<int:enrolment>/",
        group_enrolling.withdraw,
        name="withdraw_enrolment",
    ),
    path("kalender/<slug:token>.ics", calendars.feed, name="feed"),
    path("kalender/lokaler/", calendars.room_feeds, name="room_feeds"),
    path("kalender/<int:pk>/traek-tilbage/", calendars.revoke, name="revoke"),
    path("profil/kalender/", calendars.own_feed, name="own_feed"),
]
