from django.urls import path

from desk import views

app_name = "desk"
urlpatterns = [
    path("jobcenter/", views.today, name="today"),
    path("demo/post/", views.caught_mail, name="caught_mail"),
]
