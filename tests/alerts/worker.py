"""The product's worker with brakes in it: `celery --app tests.alerts.worker worker`.

Where a step has a brake, it says that it was reached and stands still, until it is killed or the brake is taken away.
"""

import os
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import django
from django.conf import settings

from jobboard.celery import app

FOLDER = Path(os.environ["TEST_BRAKES"])
app.conf.task_default_queue = os.environ["TEST_QUEUE"]
app.conf.broker_transport_options = {**app.conf.broker_transport_options, "global_keyprefix": os.environ["TEST_QUEUE"]}
settings.MAILERS = settings.MAILERS | {"transport": {"BACKEND": "tests.alerts.worker.BrakedFiles"}}
django.setup()

from jobboard.alerts import mails  # noqa: E402 - needs the apps
from jobboard.outbox.files import MailFiles  # noqa: E402


def brake(step: str) -> None:
    """Stand still at this step while its brake is on."""
    while (FOLDER / step).exists():
        (FOLDER / f"{step}.reached").touch()
        time.sleep(0.05)


def braked[**P](step: str, function: Callable[P, None]) -> Callable[P, None]:
    """The same function with a brake before it."""

    @wraps(function)
    def slow(*args: P.args, **kwargs: P.kwargs) -> None:
        brake(step)
        function(*args, **kwargs)

    return slow


class BrakedFiles(MailFiles):
    """Mail files with a brake before and after they are written."""

    def send_messages(self, email_messages):
        """Write the files."""
        brake("before transport")
        count = super().send_messages(email_messages)
        brake("after transport")
        return count


mails.digest = braked("after claim", mails.digest)
