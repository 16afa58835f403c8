"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobboard.settings")

application = get_wsgi_application()

from django.db import connection  # noqa: E402

from jobboard.postings.board import build_ahead  # noqa: E402 - when the apps are there

build_ahead()
connection.close()  # this thread serves nobody
