"""Whatever is sent to the account pages, they answer in words and with a status below 500."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.accounts.conftest import signed_in, sure

pytestmark = pytest.mark.django_db

NONSENSE = ["", "\x00", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "x" * 100_000, "' OR 1=1 --"]
CREDENTIALS = [
    "",
    "nonsense",
    "null",
    "[]",
    "{}",
    "1e999",
    "[" * 900,
    json.dumps({"id": 1}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": None}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA"}}),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "AAAA",
                "attestationObject": "AAAA",
                "signature": "AAAA",
                "userHandle": "AAAA",
            },
        }
    ),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUEiLCJvcmlnaW4iOiJodHRwOi8veCJ9",
                "authenticatorData": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAAAA",
                "signature": "",
                "userHandle": "MQ",
            },
        }
    ),
]


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("/accounts/login/", ["login", "password", "remember", "next"]),
        ("/accounts/signup/", ["name", "email", "password1", "next"]),
        ("/accounts/password/reset/", ["email"]),
        ("/accounts/logout/", ["next"]),
        ("/accounts/confirm-email/nonsense/", ["next"]),
        ("/accounts/2fa/authenticate/", ["code"]),
    ],
)
def test_nonsense_from_a_guest(page, fields, value):
    answer = Client().post(page, dict.fromkeys(fields, value))

    assert answer.status_code < 500


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("/accounts/email/", ["action_add", "email"]),
        ("/accounts/email/", ["action_send", "email"]),
        ("/accounts/email/", ["action_remove", "email"]),
        ("/accounts/email/", ["action_primary", "email"]),
        ("/accounts/password/change/", ["oldpassword", "password1", "password2"]),
        ("/accounts/reauthenticate/", ["password", "next"]),
        ("/accounts/2fa/totp/activate/", ["code"]),
        ("/accounts/2fa/reauthenticate/", ["code"]),
        ("/accounts/2fa/recovery-codes/generate/", ["x"]),
        ("/accounts/sessions/", ["x"]),
        ("/accounts/3rdparty/", ["account"]),
    ],
)
def test_nonsense_from_a_person(ann, page, fields, value):
    answer = sure(signed_in(ann)).post(page, dict.fromkeys(fields, value))

    assert answer.status_code < 500


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_a_passkey_that_is_none_lets_nobody_in(ann, credential):
    client = Client()
    client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})

    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/"
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_a_passkey_that_is_none_is_not_added(ann, credential):
    client = sure(signed_in(ann))
    client.get("/accounts/2fa/webauthn/add/")

    answer = client.post("/accounts/2fa/webauthn/add/", {"name": "Key", "credential": credential})

    assert answer.status_code == 422
    assert "<h1>Add a passkey</h1>" in answer.text
    assert 'value="Key"' in answer.text


@pytest.mark.parametrize("number", ["0", "1", "999999999999999999999999"])
@pytest.mark.parametrize("what", ["edit", "remove"])
def test_a_passkey_of_nobody_is_not_found(ann, number, what):
    client = sure(signed_in(ann))

    assert client.get(f"/accounts/2fa/webauthn/keys/{number}/{what}/").status_code == 404
    assert client.post(f"/accounts/2fa/webauthn/keys/{number}/{what}/", {"name": "x"}).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/confirm-email/MQ:1abc:nonsense/",
        f"/accounts/confirm-email/{'x' * 3000}/",
        "/accounts/password/reset/key/1-nonsense/",
        "/accounts/password/reset/key/zzzzzzzzzzzzzzzzzzzzzzzz-nonsense/",
        "/accounts/password/reset/key/1-set-password/",
        f"/accounts/password/reset/key/1-{'x' * 3000}/",
        "/accounts/password/reset/key/1-%00/",
        "/accounts/password/reset/key/1-%ff%fe/",
        "/accounts/no-such-page/",
    ],
)
def test_a_link_that_is_none_is_a_4xx_in_words(client, address):
    answer = client.get(address)

    assert 400 <= answer.status_code < 500
    assert "<h1>" in answer.text


def test_a_file_where_text_is_asked_is_a_refused_form(client):
    answer = client.post("/accounts/signup/", {"name": SimpleUploadedFile("x.pdf", b"%PDF" * 1000)})

    assert answer.status_code == 422


def test_wrong_encodings_are_no_error(client):
    answer = client.post(
        "/accounts/signup/", b"name=\xff\xfe&email=%ff%fe&password1=x", content_type="application/x-www-form-urlencoded"
    )

    assert 400 <= answer.status_code < 500
