"""The product's settings, with static files collected into a folder of the test."""

import os
from pathlib import Path

from kontaktforloeb.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["COLLECTED"])
