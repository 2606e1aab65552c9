"""Two plain answers for whoever watches the service: it lives; it can work."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kontaktforloeb.celery import queue


@login_not_required
@require_safe
@never_cache
def livez(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Each server that a request needs, and whether it answers; 503 when one does not."""
    answers = {name: _answers(ask) for name, ask in CHECKS.items()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _answers(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Exception:  # noqa: BLE001 (each driver has its own; all mean no)
        return False
    return True


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    cache.get("readyz")


def _queue() -> None:
    with queue.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1)


CHECKS: dict[str, Callable[[], object]] = {
    "database": _database,
    "cache": _cache,
    "queue": _queue,
}
