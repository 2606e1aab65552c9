"""Addresses of the letter pages; nothing personal stands in them."""

from django.urls import path

from letters import views

app_name = "letters"
urlpatterns = [
    path("breve/", views.letters, name="list"),
    path("breve/<int:pk>/", views.letter, name="letter"),
    path("breve/<int:pk>/pdf/", views.pdf, name="pdf"),
    path("breve/<int:pk>/tag-tilbage/", views.take_back, name="take_back"),
    path("breve/<int:pk>/igen/", views.resend, name="resend"),
    path("breve/udskrift/", views.printing, name="printing"),
    path("breve/udskrift/<int:pk>/", views.batch, name="batch"),
    path("breve/udskrift/<int:pk>/pdf/", views.batch_pdf, name="batch_pdf"),
    path("breve/udskrift/<int:pk>/printet/", views.printed, name="printed"),
    path("breve/tekster/", views.texts, name="texts"),
    path("breve/tekster/ny/", views.new_text, name="new_text"),
    path("breve/tekster/<int:pk>/", views.text, name="text"),
]
