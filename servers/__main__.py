"""`python -m servers run | exec COMMAND… | status | stop | reset | secrets`."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from servers import attach, secrets_file, stack
from servers.guardian import SERVERS
from servers.lease import stop
from servers.locks import Lock, taken
from servers.places import DATA, CannotStart, forget, place_at


def main() -> None:
    """Read the words and do as they say."""
    words = _parser().parse_args()
    try:
        sys.exit(words.act(words))
    except CannotStart as error:
        sys.exit(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m servers", description=__doc__)
    acts = parser.add_subparsers(required=True)
    run = acts.add_parser("run", help="servers, web, worker and calendar until Ctrl-C")
    run.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    run.add_argument("--with-parent", action="store_true", help="end when the parent process ends")
    run.set_defaults(act=_run)
    execute = acts.add_parser("exec", help="run a command with the servers up and named")
    execute.add_argument("--apart", choices=["test", "bench"], help="servers with other data")
    execute.add_argument("command", nargs=argparse.REMAINDER)
    execute.set_defaults(act=_exec)
    others = {"status": _status, "stop": _stop, "reset": _reset, "secrets": _secrets}
    for name, act in others.items():
        acts.add_parser(name, help=act.__doc__).set_defaults(act=act)
    return parser


def _run(words: argparse.Namespace) -> int:
    try:
        stack.run(port=words.port, with_parent=words.with_parent)
    except stack.Broken as error:
        print(error, file=sys.stderr)
        return 1
    except stack.Stopped:
        print("Stopped.")
    return 0


def _exec(words: argparse.Namespace) -> int:
    with attach.reached(os.environ, DATA / words.apart if words.apart else DATA):
        return subprocess.run(words.command, check=False).returncode


def _status(_words: argparse.Namespace) -> int:
    """Say which servers run."""
    place = place_at(DATA)
    for name in SERVERS:
        runs = taken(place.locks / f"{name}.guardian")
        print(f"{name}: {'runs' if runs else 'does not run'}")
    return 0


def _stop(_words: argparse.Namespace) -> int:
    """Stop the servers, whoever still needs them."""
    stop(place_at(DATA))
    return 0


def _secrets(_words: argparse.Namespace) -> int:
    """Print new secrets for another set-up's environment."""
    print("\n".join(f"{name}={value}" for name, value in secrets_file.throwaway().items()))
    return 0


def _reset(_words: argparse.Namespace) -> int:
    """Empty .data/."""
    for home in filter(Path.exists, (DATA / "test", DATA / "bench", DATA)):
        place = place_at(home)
        locks = [Lock(place.locks / f"{name}.needed") for name in SERVERS]
        if not all(lock.try_take() for lock in locks):
            raise CannotStart("The servers are in use: stop what uses them first.")
        forget(home)
    return 0


if __name__ == "__main__":
    main()
