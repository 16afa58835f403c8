"""What the measured server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

application = get_wsgi_application()

from django.db import connection  # noqa: E402

from jobboard.postings.board import build_ahead  # noqa: E402 - when the apps are there

build_ahead()
connection.close()  # this thread serves nobody
