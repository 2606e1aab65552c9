from django.urls import path

from portal import views

app_name = "portal"
urlpatterns = [path("a-kasse/", views.today, name="today")]
