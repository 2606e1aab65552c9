from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("beskeder/", views.notices, name="list"),
    path("beskeder/<int:pk>/", views.open_notice, name="open"),
    path("beskeder/<int:pk>/laest/", views.read, name="read"),
    path("beskeder/<int:pk>/ulaest/", views.unread, name="unread"),
    path("beskeder/laest/", views.read_all, name="read_all"),
    path("beskeder/ulaest/", views.unread_all, name="unread_all"),
]
