"""A Celery worker as its own process, against the servers and the database of a test."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from kontaktforloeb.celery import queue
from servers.locks import until
from servers.places import ROOT

SECONDS_TO_START = 90


class Worker:
    """One running worker: it can be asked for, killed, and waited for."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process
        self.pid = process.pid

    def ready(self) -> bool:
        """Whether it answers on the queue."""
        return bool(queue.control.ping(timeout=0.5))

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(10)

    def end(self) -> None:
        """End it as an operator would."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


@contextmanager
def running_worker() -> Iterator[Worker]:
    """A worker from its first answer to its end; the queue is empty before and after."""
    queue.control.purge()
    worker = Worker(start())
    try:
        for _ in until(SECONDS_TO_START):
            if worker.ready():
                break
        else:
            raise AssertionError("the worker does not answer")
        yield worker
    finally:
        worker.end()
        queue.control.purge()


def start() -> "subprocess.Popen[bytes]":
    """A worker in one process, so that killing it leaves nothing."""
    return subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "kontaktforloeb", "worker", "--pool", "solo",
         "--loglevel", "WARNING", "--without-gossip", "--without-mingle"],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "kontaktforloeb.settings",
            "DATABASE_URL": database_url(),
            "REDIS_URL": settings.REDIS_URL,
        },
    )  # fmt: skip


def database_url() -> str:
    """The database of this test run, as another process names it."""
    now = connection.settings_dict
    query = urlencode({"host": now["HOST"], "port": now["PORT"] or 5432} | now["OPTIONS"])
    return f"postgres://{now['USER']}:{now['PASSWORD']}@/{now['NAME']}?{query}"
