from django.urls import path

from agreements.views import compare, document, guide, impact, life, points, versions

app_name = "agreements"
urlpatterns = [
    path("aftaler/ny/", guide.new, name="new"),
    path("aftaler/<slug:slug>/trin/<int:number>/", guide.step, name="step"),
    path("aftaler/<slug:slug>/virkning/", impact.impact, name="impact"),
    path("aftaler/<slug:slug>/dokument.pdf", document.pdf, name="document"),
    path("aftaler/<slug:slug>/skridt/<slug:step>/", life.take_step, name="take_step"),
    path("aftaler/<slug:slug>/opsigelse/", life.notice, name="notice"),
    path("aftaler/<slug:slug>/punkter/", points.points, name="points"),
    path("aftaler/<slug:slug>/punkter/skabelon/", points.use_template, name="use_template"),
    path("aftaler/<slug:slug>/punkter/<int:pk>/", points.point, name="point"),
    path("aftaler/<slug:slug>/arbejdsgange/", points.workflows, name="workflows"),
    path(
        "aftaler/<slug:slug>/arbejdsgange/<int:pk>/fjern/",
        points.remove_workflow_step,
        name="remove_workflow_step",
    ),
    path("aftaler/<slug:slug>/sammenlign/", compare.compare, name="compare"),
    path("aftaler/<slug:slug>/versioner/", versions.versions, name="versions"),
]
