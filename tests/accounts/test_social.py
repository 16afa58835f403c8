"""Signing in by another service: offered when its keys are set, and by the same rules as every other way in."""

import os
import re
import subprocess
import sys
from textwrap import dedent
from types import SimpleNamespace

import pytest
from allauth.core import context
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.adapter import SocialAccountAdapter
from accounts.models import User
from tests.accounts.conftest import reader_of, request_of

pytestmark = pytest.mark.django_db

KEYS = {
    f"{name}_{part}": "x" for name in ("GOOGLE", "MICROSOFT", "LINKEDIN") for part in ("CLIENT_ID", "CLIENT_SECRET")
}


@pytest.fixture(scope="module")
def pages_with_keys(django_db_setup) -> dict[str, str]:
    """What another process of the site shows when the keys are set: providers are found once, at the start."""
    parts = connection.settings_dict
    database = f"postgresql:///{parts['NAME']}?host={parts['HOST']}&user={parts['USER']}&port={parts['PORT']}"
    script = dedent("""
        import django
        django.setup()
        from django.test import Client
        for page in ("login", "signup"):
            answer = Client(HTTP_HOST="localhost").get(f"/accounts/{page}/?next=/me/")
            print(answer.status_code, answer["Content-Security-Policy"], answer.text, sep="\\n", end="\\f")
        answer = Client(HTTP_HOST="localhost").post("/accounts/google/login/?process=login&next=/me/")
        print(answer.status_code, answer["Location"], end="\\f")
    """)
    environment = os.environ | KEYS | {"DATABASE_URL": database, "DATABASE_POOL": "0", "DEBUG": "1"}
    environment |= {"DJANGO_SETTINGS_MODULE": "jobboard.settings"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(zip(("login", "signup", "google"), done.stdout.split("\f"), strict=False))


@pytest.mark.parametrize("page", ["login", "signup"])
def test_buttons_appear_with_the_keys(pages_with_keys, page):
    html = pages_with_keys[page]

    assert html.startswith("200")
    for service in ("Google", "LinkedIn", "Microsoft"):
        assert re.search(rf"Go on with {service}", html)
    assert 'method="post" action="/accounts/google/login/?process=login&amp;next=%2Fme%2F"' in html


def test_the_policy_lets_the_form_go_there(pages_with_keys):
    policy = pages_with_keys["login"].splitlines()[1]

    assert (
        "form-action 'self' https://accounts.google.com https://login.microsoftonline.com https://www.linkedin.com"
        in (policy)
    )


def test_a_button_leads_to_the_service(pages_with_keys):
    assert pages_with_keys["google"].startswith("302 https://accounts.google.com/")


def coming_from_google(email: str, **data: str) -> SocialLogin:
    """What allauth makes of somebody whom Google has let in."""
    adapter = SocialAccountAdapter()
    login = SocialLogin(user=User(), account=SocialAccount(provider="google", uid=email))
    adapter.populate_user(request_of(), login, {"email": email} | data)
    return login


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"name": "Nora New"}, "Nora New"),
        ({"first_name": "Nora", "last_name": "New"}, "Nora New"),
        ({"first_name": "Nora"}, "Nora"),
        ({}, ""),
        ({"name": "N" * 500}, "N" * 120),
    ],
)
def test_the_name_is_taken_over(data, name):
    with context.request_context(request_of()):
        assert coming_from_google("nora@example.com", **data).user.name == name


def test_what_a_guest_opened_stays_open(guest, client):
    reader_of(guest=guest).open("cpt:20670")
    request = request_of(guest=guest)
    request.session = client.session
    with context.request_context(request):
        nora = SocialAccountAdapter().save_user(request, coming_from_google("nora@example.com"))

    assert reader_of(user=nora).open("cpt:20670").granted
    assert reader_of(user=nora).remaining() == 5


def test_the_form_for_what_is_missing_is_a_page_of_ours(client, monkeypatch):
    monkeypatch.setattr(SocialAccount, "get_provider", lambda *_: SimpleNamespace(name="Google"))
    monkeypatch.setattr(SocialLogin, "deserialize", classmethod(lambda *_: coming_from_google("", name="Nora New")))
    session = client.session
    session["socialaccount_sociallogin"] = {"any": "thing"}
    session.save()

    answer = client.get(reverse("socialaccount_signup"))

    assert "<h1>One more step</h1>" in answer.text
    assert "what Google did not tell us" in answer.text
    assert 'value="Nora New"' in answer.text


def test_without_a_pending_sign_up_one_goes_to_sign_in():
    assert Client().get(reverse("socialaccount_signup"))["Location"] == "/accounts/login/"
