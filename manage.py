#!/usr/bin/env python
"""Django's command line for this project."""

import os
import signal
import sys

# These do without a database. All others have one, even `check` and `makemigrations`: to check a GeneratedField, Django
# asks the server for its version.
WITHOUT_SERVERS = {"collectstatic", "compilemessages", "diffsettings", "findstatic", "help", "makemessages"}
WITHOUT_SERVERS |= {"startapp", "startproject", "version"}


def main() -> int:
    """Run a management command, on the embedded database and broker where no others are configured."""
    of_the_bench = sys.argv[1:2] == ["generate"]  # it has a database of its own
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings" if of_the_bench else "jobboard.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line
    from environs import EnvError

    from jobboard import embedded

    words = set(sys.argv[1:])
    try:
        if not words or words & {"--help", "-h", "--version"} or sys.argv[1] in WITHOUT_SERVERS:
            execute_from_command_line(sys.argv)
            return 0
        with embedded.running(settings.VAR_DIR, **settings.EMBEDDED):
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the last one out stops the servers
            os.environ["PATH"] += os.pathsep + str(embedded.postgres.programs())  # psql for dbshell
            execute_from_command_line(sys.argv)
    except (embedded.Trouble, EnvError) as trouble:
        sys.exit(str(trouble))
    return 0


if __name__ == "__main__":
    sys.exit(main())
