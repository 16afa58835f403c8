"""See tests/teams.py for who is who."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.imports.models import Upload
from tests.teams import *  # noqa: F403 - fixtures are found by name

COMPLETE = {
    "reference": "R-1",
    "title": "Orthopedic coder",
    "description": "Code operative notes.",
    "roles": "coder; Coding auditor",
    "employment_type": "full-time",
    "workplace": "remote",
    "remote_states": "TX; Florida",
    "pay_min": "$30",
    "pay_max": "40",
    "pay_unit": "per hour",
}


def line(**cells: str) -> dict[str, str]:
    """A complete line of a file with some cells written differently."""
    return COMPLETE | cells


def csv_of(*lines: dict[str, str], delimiter: str = ",") -> bytes:
    """A CSV file with every column that a line has."""
    names = list(dict.fromkeys(name for each in lines for name in each))
    file = io.StringIO()
    writer = csv.DictWriter(file, names, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(lines)
    return file.getvalue().encode()


class Sending:
    """Olga, sending files for Harbor Coding."""

    def __init__(self, client: Client, employer: Employer) -> None:
        self.client, self.employer = client, employer
        self.address = f"/hiring/employers/{employer.pk}/import/"

    def send(self, data: bytes, name: str = "jobs.csv", **fields: str) -> HttpResponse:
        """Send a file; a good one leads to its dry run."""
        file = SimpleUploadedFile(name, data)
        return self.client.post(self.address, {"file": file, "then": "drafts", **fields})

    def check(self, *lines: dict[str, str], **fields: str) -> Upload:
        """The dry run of some lines."""
        response = self.send(csv_of(*lines), **fields)
        assert response.status_code == 302, response.content.decode()[-3000:]
        return Upload.objects.get(pk=response["Location"].rstrip("/").rpartition("/")[2])

    def carry_out(self, upload: Upload) -> HttpResponse:
        """Say yes to a dry run."""
        return self.client.post(f"{self.address}{upload.pk}/carry-out/")

    def do(self, *lines: dict[str, str], **fields: str) -> Upload:
        """Dry run and yes in one."""
        upload = self.check(*lines, **fields)
        assert self.carry_out(upload).status_code == 302
        upload.refresh_from_db()
        return upload


@pytest.fixture
def sending(as_, olga: User, harbor: Employer) -> Sending:
    return Sending(as_(olga), harbor)


def verdicts(upload: Upload) -> list[str]:
    """What would become of each line."""
    return [each.verdict for each in upload.report]
