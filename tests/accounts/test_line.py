"""Names and titles are one line of characters that can be seen, wherever they come from."""

import pytest
from django.core.exceptions import ValidationError

from accounts.forms.entrance import name_field
from accounts.forms.profile import ProfileForm
from accounts.line import one_line
from accounts.models import User
from jobboard.applications.models import Application
from jobboard.employers.models import Employer, Site
from jobboard.postings.forms import PostingForm
from jobboard.postings.models import Posting

COLUMNS = [(User, "name"), (Employer, "name"), (Site, "name"), (Application, "name"), (Posting, "title")]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Nora Vance", "Nora Vance"),
        (
            "  Nora\r\n\r\nYour account is locked:\t go to  evil.example ",
            "Nora Your account is locked: go to evil.example",
        ),
        ("Zoë O'Brien-Åström", "Zoë O'Brien-Åström"),
        ("山田 太郎", "山田 太郎"),
    ],
)
def test_lines_are_joined_and_nothing_else_is_changed(written: str, kept: str) -> None:
    assert one_line(written) == kept


@pytest.mark.parametrize("hidden", ["Nora\x1b[31m", "Nora \u202egnp.exe", "Nora\u2066", "\x7f"])
def test_what_cannot_be_seen_is_refused(hidden: str) -> None:
    with pytest.raises(ValidationError, match="cannot be seen"):
        one_line(hidden)


@pytest.mark.parametrize(("model", "column"), COLUMNS, ids=lambda value: getattr(value, "__name__", value))
def test_columns_hold_to_it(model: type, column: str) -> None:
    field = model._meta.get_field(column)  # type: ignore[attr-defined]
    assert field.clean("Nora\r\nVance", None) == "Nora Vance"
    with pytest.raises(ValidationError):
        field.clean("Nora\u202eVance", None)


@pytest.mark.parametrize(
    "field",
    [name_field(), ProfileForm.base_fields["name"], PostingForm.base_fields["title"]],
    ids=["sign up", "profile", "posting"],
)
def test_forms_hold_to_it(field: object) -> None:
    assert field.clean("Nora\r\nVance") == "Nora Vance"  # type: ignore[attr-defined]
    with pytest.raises(ValidationError):
        field.clean("Nora\u202eVance")  # type: ignore[attr-defined]
