"""Every benchmark after the other: `python -m benchmarks [NAME…]`."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
ENDING = '__name__ == "__main__"'


def names() -> list[str]:
    """The modules here that can be run."""
    files = sorted(FOLDER.glob("*.py"))
    return [file.stem for file in files if file != Path(__file__) and ENDING in file.read_text()]


def main() -> None:
    """Bring the tables up to date and run what was asked for."""
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=FOLDER.parent, check=True)
    failed = 0
    for name in sys.argv[1:] or names():
        print(f"== {name}", flush=True)
        line = [sys.executable, "-m", f"benchmarks.{name}"]
        failed += subprocess.run(line, cwd=FOLDER.parent, check=False).returncode != 0
    sys.exit(failed)


if __name__ == "__main__":
    main()
