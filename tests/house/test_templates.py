"""The templates as a whole: each is used, none works around the Content-Security-Policy."""

import re

import pytest
from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
SOURCES = [*settings.BASE_DIR.glob("accounts/**/*.py"), *settings.BASE_DIR.glob("codes/**/*.py")]
SOURCES += [*settings.BASE_DIR.glob("jobboard/**/*.py"), *TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")]

# Named by Django, django-allauth or the form renderer, not by us.
FOUND_BY_CONVENTION = re.compile(
    r"(400|403|403_csrf|404|500|429)\.html|(account|mfa|socialaccount|usersessions|allauth|openid|admin|forms|django)/.*"
)
NAMES = sorted(
    str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file() and path.name != ".DS_Store"
)


@pytest.fixture(scope="module")
def mentions() -> str:
    return "\n".join(path.read_text() for path in SOURCES)


def mail_named(name: str, mentions: str) -> bool:
    """Whether a mail's three files are named by their folder and the name of the mail."""
    mail = re.match(r"(.*/mail)/(\w+?)[._](?:subject|text|html|txt)?", name)
    return mail is not None and (f"{mail[1]}/{mail[2]}" in mentions or f'"{mail[2]}"' in mentions)


@pytest.mark.parametrize("name", NAMES)
def test_each_template_is_used(name: str, mentions: str) -> None:
    if FOUND_BY_CONVENTION.fullmatch(name):
        return
    # A mail is named once for its subject, text and HTML: "hiring/mail/submitted" stands for three files.
    stem = re.sub(r"(_subject|_message)?(\.subject)?\.(html|txt)$", "", name)
    assert name in mentions or f'"{stem}"' in mentions or mail_named(name, mentions)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".html") and "mail" not in name])
def test_no_template_needs_inline_code(name: str) -> None:
    text = (TEMPLATES / name).read_text()
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:", text)
    for attributes in re.findall(r"<script\b([^>]*)>", text):
        assert "src=" in attributes or "application/" in attributes
