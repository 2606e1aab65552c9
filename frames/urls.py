"""Addresses of economic frames, their ledgers and statements."""

from django.urls import path

from frames import views

app_name = "frames"
urlpatterns = [
    path("rammer/", views.all_frames, name="list"),
    path("rammer/ny/", views.open_new, name="new"),
    path("rammer/<int:pk>/", views.frame, name="frame"),
    path("rammer/<int:pk>/fil/", views.ledger_file, name="file"),
    path("rammer/<int:pk>/haev/", views.raise_more, name="raise"),
    path("rammer/<int:pk>/luk/", views.close, name="close"),
    path(
        "rammer/opgoerelse/<slug:slug>/<int:year>-<int:month>.pdf",
        views.statement,
        name="statement",
    ),
    path(
        "rammer/opgoerelse/<slug:slug>/<int:year>-<int:month>.xlsx",
        views.statement_file,
        name="statement_file",
    ),
]
