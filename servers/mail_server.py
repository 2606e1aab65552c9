"""The mail server of a trial: it keeps each mail as a file and delivers to nobody."""

import asyncio
import itertools
import os
import signal
import socket
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST = 10 * 2**20
KEPT = 500  # mails; the oldest go first


class Keeper:
    """What the server does with a mail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)

    async def handle_DATA(  # noqa: N802 (the library's name)
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep it."""
        content = envelope.original_content or b""
        await asyncio.to_thread(keep, self.folder, content, next(self.numbers))
        return "250 Kept"


def keep(folder: Path, content: bytes, number: int) -> Path:
    """Write a mail as a file that is whole as soon as it has its name."""
    path = folder / f"{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}-{number:04}.eml"
    draft = path.with_suffix(".new")
    draft.write_bytes(content)
    draft.rename(path)
    for old in sorted(folder.glob("*.eml"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


async def _catch(descriptor: int, folder: Path) -> None:
    """Take mail until told to end."""
    keeper = Keeper(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(keeper, data_size_limit=LARGEST, hostname="localhost", loop=loop),
        sock=socket.socket(fileno=descriptor),
    )
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    async with server:
        await ended.wait()


def main() -> None:
    """`python -m servers.mail_server DESCRIPTOR FOLDER`."""
    descriptor, folder = sys.argv[1:]
    os.umask(0o077)
    Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    asyncio.run(_catch(int(descriptor), Path(folder)))


if __name__ == "__main__":
    main()
