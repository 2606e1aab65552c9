from django.urls import path

from frames import views

app_name = "frames"
urlpatterns = [
    path("rammer/", views.frame_list, name="list"),
    path("rammer/<int:pk>/", views.frame, name="frame"),
]
