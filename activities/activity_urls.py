"""Addresses of activities, their sessions, and what their kinds have beside."""

from django.urls import path

from activities.views import activities, activities_beside

ADDRESSES = [
    path("aktiviteter/", activities.activities, name="list"),
    path("aktiviteter/ny/", activities.new, name="new"),
    path("aktiviteter/<int:pk>/", activities.activity, name="activity"),
    path("aktiviteter/<int:pk>/ret/", activities.edit, name="edit"),
    path("aktiviteter/<int:pk>/foreslaa/", activities.propose, name="propose"),
    path("aktiviteter/<int:pk>/svar/", activities.decide, name="decide"),
    path("aktiviteter/<int:pk>/start/", activities.start, name="start"),
    path("aktiviteter/<int:pk>/afslut/", activities.finish, name="finish"),
    path("aktiviteter/<int:pk>/aflys/", activities.cancel, name="cancel"),
    path("aktiviteter/<int:pk>/kopier/", activities.copy, name="copy"),
    path("aktiviteter/<int:pk>/pladser/", activities_beside.ask_volume, name="ask_volume"),
    path(
        "aktiviteter/pladser/<int:pk>/svar/", activities_beside.answer_volume, name="answer_volume"
    ),
    path("aktiviteter/<int:pk>/moedegang/", activities_beside.add_session, name="add_session"),
    path("aktiviteter/moedegang/<int:pk>/", activities_beside.attendance, name="attendance"),
    path(
        "aktiviteter/moedegang/<int:pk>/fjern/",
        activities_beside.remove_session,
        name="remove_session",
    ),
    path("aktiviteter/moedegang/<int:pk>/tilmeld/", activities_beside.enrol, name="enrol"),
    path("aktiviteter/<int:pk>/bestilling/", activities_beside.add_order, name="add_order"),
    path("aktiviteter/<int:pk>/inviterede/", activities_beside.invited, name="invited"),
    path("aktiviteter/<int:pk>/trin/", activities_beside.steps, name="steps"),
    path("aktiviteter/<int:pk>/forloeb/", activities_beside.flows, name="flows"),
    path("henvisninger/<int:pk>/trin/", activities_beside.begin_flow, name="begin_flow"),
    path("aktiviteter/trin/<int:pk>/gjort/", activities_beside.do_step, name="do_step"),
    path("aktiviteter/<int:pk>/deltog/", activities_beside.turnout, name="turnout"),
    path("aktiviteter/<int:pk>/kandidater/", activities_beside.look_for, name="candidates"),
]
