"""Whoever watches the service gets two plain answers."""

import pytest


@pytest.mark.django_db
def test_anybody_may_ask_whether_it_lives(client):
    assert client.get("/livez").content == b"ok\n"


@pytest.mark.django_db
def test_it_is_ready_when_database_cache_and_queue_answer(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"database": True, "cache": True, "queue": True},
    )


@pytest.mark.django_db
def test_it_is_not_ready_without_its_cache(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["cache"]) == (503, False)
