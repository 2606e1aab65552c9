"""The product's settings with one page more: the one that the others are compared with."""

import os
from pathlib import Path

from kontaktforloeb.settings import *  # noqa: F403
from kontaktforloeb.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "benchmarks.pages_urls"
STATIC_ROOT = Path(os.environ["BENCH_STATIC"])
TEMPLATES[0] |= {"DIRS": [BASE_DIR / "templates", BASE_DIR / "benchmarks" / "templates"]}
