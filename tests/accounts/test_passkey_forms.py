"""Whatever JSON a browser sends as a passkey, the forms refuse it in words or accept it; nothing else happens."""

import json
from base64 import urlsafe_b64encode

import pytest
from allauth.core import context
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from fido2 import cbor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.forms.passkeys import AddPasskeyForm, LoginByPasskeyForm, SecondStepByPasskeyForm
from accounts.models import User
from tests.accounts.conftest import request_of

pytestmark = pytest.mark.django_db


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


simple = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
anything = st.recursive(simple, lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts))
some_bytes = st.binary(max_size=200).map(text)
client_data = st.builds(
    lambda kind, challenge, origin: text(json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()),
    st.sampled_from(["webauthn.get", "webauthn.create", "x"]),
    some_bytes,
    st.sampled_from(["http://testserver", "https://evil.example", ""]),
)
authenticator_data = st.binary(min_size=37, max_size=200).map(text)
attestation = st.builds(
    lambda format_, data, statement: text(cbor.encode({"fmt": format_, "authData": data, "attStmt": statement})),
    st.sampled_from(["none", "packed", "fido-u2f", "tpm", "x"]),
    st.binary(max_size=200),
    st.dictionaries(st.text(max_size=5), st.binary(max_size=20), max_size=3),
)
response = st.fixed_dictionaries(
    {},
    optional={
        "clientDataJSON": client_data | some_bytes | anything,
        "authenticatorData": authenticator_data | some_bytes | anything,
        "attestationObject": attestation | some_bytes | anything,
        "signature": some_bytes | anything,
        "userHandle": some_bytes | st.just(text(b"1")) | anything,
    },
)
credential = anything | st.fixed_dictionaries(
    {"type": st.just("public-key") | anything},
    optional={
        "id": some_bytes | anything,
        "rawId": some_bytes | anything,
        "response": response | anything,
        "clientExtensionResults": anything,
    },
)


@given(credential=credential)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("form", [AddPasskeyForm, LoginByPasskeyForm, SecondStepByPasskeyForm])
def test_nonsense_is_refused(form, credential, client):
    user = User.objects.first() or User.objects.create_user("ann@example.com")
    request = request_of(user=user)
    request.session = client.session
    with context.request_context(request):
        begin_registration(user, passwordless=True) if form is AddPasskeyForm else begin_authentication()
        more = {} if form is LoginByPasskeyForm else {"user": user}
        filled_in = form({"name": "Key", "credential": json.dumps(credential)}, **more)

        assert not filled_in.is_valid()
        assert filled_in.errors


@pytest.mark.parametrize("form", [LoginByPasskeyForm, SecondStepByPasskeyForm])
def test_a_number_does_not_become_gigabytes(form, client):
    user = User.objects.create_user("ann@example.com")
    request = request_of(user=user)
    request.session = client.session
    credential = json.dumps({"type": "public-key", "rawId": 25_276_510_152})
    with context.request_context(request):
        begin_authentication()
        more = {} if form is LoginByPasskeyForm else {"user": user}
        assert "credential" in form({"credential": credential}, **more).errors
