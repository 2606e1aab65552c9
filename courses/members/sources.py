"""Where the files lie: a folder, or a zip of the same, opened with care."""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from django.utils.translation import gettext_noop

from courses.members.columns import KINDS, MEMBERS, file_of
from courses.members.fields import Values, shown
from courses.members.report import said

FILES = {file_of(kind): kind for kind in KINDS}
MOST_ENTRIES = 50
MOST_BYTES = 500 * 2**20  # unpacked; 20,000 members with their hours take about 10 MB
MOST_TIMES_SMALLER = 200  # text packs to a tenth; what packs to a thousandth is an attack
SMALL = 2**20
ENCRYPTED = 0x1
PACKED_BY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError)


class Unreadable(Exception):
    """Nothing can be read; the sentence says why."""

    def __init__(self, text: str, values: Values | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.values = values or {}

    def __str__(self) -> str:
        return said(self.text, self.values)


@dataclass(frozen=True, slots=True)
class Files:
    """The files that were found, by what they hold, and the names of those nobody asked for."""

    openers: Mapping[str, Callable[[], IO[bytes]]]
    others: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if MEMBERS not in self.openers:
            raise Unreadable(gettext_noop("%(file)s is missing"), {"file": file_of(MEMBERS)})


@contextmanager
def files_at(path: Path) -> Iterator[Files]:
    """The files of a folder or of a zip."""
    if path.is_dir():
        yield _in_folder(path)
    elif not path.is_file():
        raise Unreadable(gettext_noop("There is no folder or zip of that name."))
    else:
        with path.open("rb") as stream, files_in_zip(stream) as files:
            yield files


def _in_folder(path: Path) -> Files:
    found = sorted(one for one in path.iterdir() if one.is_file())
    return Files(
        {FILES[one.name.lower()]: _opener(one) for one in found if _known(one.name)},
        tuple(one.name for one in found if _unasked(one.name)),
    )


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


@contextmanager
def files_in_zip(stream: BinaryIO) -> Iterator[Files]:
    """The files of a zip; nothing is unpacked to disk, so no name in it can lead anywhere."""
    try:
        with zipfile.ZipFile(stream) as packed:
            entries = _checked(packed)
            yield Files(
                {kind: partial(packed.open, entry) for kind, entry in _wanted(entries).items()},
                tuple(_name(one) for one in entries if _unasked(_name(one))),
            )
    except BROKEN as error:
        raise Unreadable(gettext_noop("The zip is broken or of an unknown kind.")) from error


def _checked(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries, when all of them are harmless."""
    entries = [one for one in packed.infolist() if not one.is_dir() and not _is_rubbish(one)]
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(gettext_noop("The zip holds too many files."))
    for entry in entries:
        _check(entry)
    if sum(one.file_size for one in entries) > MOST_BYTES:
        raise Unreadable(gettext_noop("The zip is too large when unpacked."))
    return entries


def _is_rubbish(entry: zipfile.ZipInfo) -> bool:
    """What a Mac leaves in every zip, and hidden files."""
    return entry.filename.startswith("__MACOSX/") or _name(entry).startswith(".")


def _check(entry: zipfile.ZipInfo) -> None:
    """Refuse a name that leads elsewhere, a password, and a zip made to fill the memory."""
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
        raise Unreadable(gettext_noop("A name in the zip leads out of it."))
    if entry.flag_bits & ENCRYPTED:
        raise Unreadable(gettext_noop("The zip has a password; send it without."))
    if entry.compress_type not in PACKED_BY:
        raise Unreadable(gettext_noop("The zip is broken or of an unknown kind."))
    if entry.file_size > max(SMALL, MOST_TIMES_SMALLER * entry.compress_size):
        raise Unreadable(gettext_noop("The zip is too large when unpacked."))


def _wanted(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if not _known(_name(entry)):
            continue
        kind = FILES[_name(entry).lower()]
        if kind in found:
            raise Unreadable(gettext_noop("%(file)s is there twice"), {"file": file_of(kind)})
        found[kind] = entry
    return found


def _name(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).name


def _known(name: str) -> bool:
    return name.lower() in FILES


def _unasked(name: str) -> bool:
    """Whether a name may be one of the files misspelt; anything else is nobody's business."""
    return name.lower().endswith(".csv") and not _known(name)


def shown_name(name: str) -> str:
    """A file's name as a message may repeat it."""
    return shown(name)
