"""The task queue; what it runs and when stands in the settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontaktforloeb.settings")

queue = Celery("kontaktforloeb")
queue.config_from_object("django.conf:settings", namespace="CELERY")
queue.autodiscover_tasks()
queue.autodiscover_tasks(related_name="jobs")
