"""Forms that carry what a browser says of a passkey, as JSON (WebAuthn Level 3, 5.1.7 and 5.1.8).

django-allauth's own answer 500 to JSON that has the wrong shape; these refuse it like any passkey that does not fit.
"""

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import UnsupportedAlgorithm
from django import forms

from accounts.forms.entrance import PlainWords, Words

NAME_LENGTH = 60
LONGEST_NUMBER = 6  # characters; a key's algorithm is the longest, such as -65535
# What reading made-up JSON, CBOR and keys ends in, somewhere inside fido2 and cryptography.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error, UnsupportedAlgorithm)


@contextmanager
def refused_if_unreadable() -> Iterator[None]:
    """Turn the errors of reading what is no passkey into the one for a passkey that was not accepted."""
    try:
        yield
    except UNREADABLE as error:
        raise get_adapter().validation_error("incorrect_code") from error


class SmallNumbers(json.JSONDecoder):
    """Reads JSON whose whole numbers are short: fido2 makes as many bytes of a number as it says, gigabytes even."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"parse_int": _short})


def _short(written: str) -> int:
    if len(written) > LONGEST_NUMBER:
        raise json.JSONDecodeError("a number is too long", written[:LONGEST_NUMBER], 0)
    return int(written)


def limit_name(field: forms.Field) -> forms.CharField:
    """The same field for a name that a list can show; django-allauth keeps any length."""
    return forms.CharField(
        label=field.label, help_text=field.help_text, required=field.required, max_length=NAME_LENGTH
    )


class AddPasskeyForm(PlainWords, webauthn.AddWebAuthnForm):
    """What to call a passkey, and whether it is enough to sign in."""

    words: ClassVar[dict[str, Words]] = {
        "name": Words("Name", "To tell it from your others: “Work laptop”, “Phone”."),
        "passwordless": Words(
            "Sign in with it alone",
            "Without e-mail address and password; your device asks for fingerprint, face or PIN. "
            "Leave this off for a simple security key.",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = limit_name(self.fields["name"])
        self.fields["passwordless"].initial = True
        self.fields["credential"].decoder = SmallNumbers

    def clean_credential(self) -> dict[str, Any]:
        """Refuse JSON that is no object: django-allauth would keep `false` as a passkey without looking at it."""
        credential = self.cleaned_data["credential"]
        if not isinstance(credential, dict):
            raise get_adapter().validation_error("incorrect_code")
        return credential

    def clean(self) -> dict[str, Any]:
        """Check what the browser made."""
        with refused_if_unreadable():
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class EditPasskeyForm(PlainWords, webauthn.EditWebAuthnForm):
    """A passkey's new name."""

    words: ClassVar[dict[str, Words]] = {"name": Words("Name")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = limit_name(self.fields["name"])


class _Proof:
    """Checks that a passkey which this account knows has signed our challenge."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].decoder = SmallNumbers  # type: ignore[attr-defined]  # mixed into forms that have it

    def clean_credential(self) -> Authenticator:
        """The passkey that signed."""
        with refused_if_unreadable():
            return super().clean_credential()  # type: ignore[misc]  # mixed into forms that have it


class LoginByPasskeyForm(_Proof, webauthn.LoginWebAuthnForm):
    """Signing in by a passkey alone."""


class SecondStepByPasskeyForm(_Proof, webauthn.AuthenticateWebAuthnForm):
    """A passkey after the password."""


class ReauthenticateByPasskeyForm(_Proof, webauthn.ReauthenticateWebAuthnForm):
    """A passkey once more."""
