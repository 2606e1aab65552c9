"""Django's command line; it finds the servers by itself."""

import os
import sys

from django.core.management import execute_from_command_line

from servers.attach import attached
from servers.places import CannotStart

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontaktforloeb.settings")
    try:
        with attached(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except CannotStart as error:
        sys.exit(str(error))
