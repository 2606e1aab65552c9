from django.urls import path

from agreements.views import document, guide, impact

app_name = "agreements"
urlpatterns = [
    path("aftaler/ny/", guide.new, name="new"),
    path("aftaler/<slug:slug>/trin/<int:number>/", guide.step, name="step"),
    path("aftaler/<slug:slug>/virkning/", impact.impact, name="impact"),
    path("aftaler/<slug:slug>/dokument.pdf", document.pdf, name="document"),
]
