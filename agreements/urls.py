from django.urls import path

from agreements.views import guide

app_name = "agreements"
urlpatterns = [
    path("aftaler/ny/", guide.new, name="new"),
    path("aftaler/<slug:slug>/trin/<int:number>/", guide.step, name="step"),
]
