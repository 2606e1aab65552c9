from django.urls import path

from partnerships import views

app_name = "partnerships"
urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("aftaler/", views.agreements, name="agreements"),
    path("aftaler/<slug:slug>/", views.agreement, name="agreement"),
    path("intet-endnu/", views.nothing_here, name="nothing_here"),
]
