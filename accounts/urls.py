from django.urls import path

from accounts import views

urlpatterns = [
    path("log-ind/", views.sign_in, name="sign-in"),
    path("log-ud/", views.sign_out, name="sign-out"),
    path("sprog/", views.choose_language, name="set_language"),
    path("profil/", views.profile, name="profile"),
    path("profil/adgangskode/", views.change_password, name="change-password"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
]
