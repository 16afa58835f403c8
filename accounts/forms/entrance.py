"""Forms of django-allauth in our words. Settings name them in ACCOUNT_FORMS, SOCIALACCOUNT_FORMS and MFA_FORMS.

Those of passkeys are in `accounts.forms.passkeys`.
"""

from typing import Any, ClassVar, NamedTuple

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.socialaccount import forms as social
from django import forms
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse

from accounts.address import AddressChange
from accounts.line import LineInput
from accounts.models import User

PASSWORD_RULES = "At least 10 characters, not only digits, and none of the passwords that everybody uses."  # noqa: S105


class Words(NamedTuple):
    """What a field is called, and what helps to fill it in."""

    label: str
    help_text: str = ""


class PlainWords:
    """Gives the fields of a form our labels and help texts, and takes away placeholders that only repeat the label."""

    words: ClassVar[dict[str, Words]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]  # mixed into forms only
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            if words := self.words.get(name):
                field.label, field.help_text = words


def name_field() -> forms.CharField:
    """What a person is called."""
    return LineInput(
        label="Name",
        help_text="As employers should read it.",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class SignupForm(PlainWords, account.SignupForm):
    """Name, address and password; `AccountAdapter.save_user` stores the name."""

    name = name_field()
    field_order: ClassVar[list[str]] = ["name", "email", "password1"]
    words: ClassVar[dict[str, Words]] = {
        "email": Words("E-mail address", "We send a link there, to see that it is yours. It is also your sign-in."),
        "password1": Words("Password", PASSWORD_RULES),
    }

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Let an address that is taken cost as much time as a free one: the hash of a password tells nothing then."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        answer: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return answer


class SocialSignupForm(PlainWords, social.SignupForm):
    """What a sign-in provider did not tell, or told of an address that is taken."""

    name = name_field()
    field_order: ClassVar[list[str]] = ["name", "email"]
    words: ClassVar[dict[str, Words]] = {"email": Words("E-mail address")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = self.sociallogin.user.name


class LoginForm(PlainWords, account.LoginForm):
    """Address and password."""

    words: ClassVar[dict[str, Words]] = {
        "login": Words("E-mail address"),
        "password": Words("Password"),
        "remember": Words("Keep me signed in on this device"),
    }


class AddEmailForm(PlainWords, account.AddEmailForm):
    """The address to change to; `AddressChange` does the rest."""

    words: ClassVar[dict[str, Words]] = {
        "email": Words("New e-mail address", "We send a link there. The change happens when you open it.")
    }

    def save(self, request: HttpRequest) -> EmailAddress:
        """Send the link, though not often to one mailbox: it may be a stranger's.

        The answer is not stored, which tells django-allauth that there is nothing more to do.
        """
        if ratelimit.consume(request, action="confirm_email", key=self.cleaned_data["email"]):
            AddressChange(self.user.pk, self.user.email, self.cleaned_data["email"]).ask()
        messages.success(request, f"We sent a link to {self.cleaned_data['email']}. Open it to finish the change.")
        return EmailAddress(user=self.user, email=self.cleaned_data["email"])


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):
    """The old password, and the new one twice."""

    words: ClassVar[dict[str, Words]] = {
        "oldpassword": Words("Current password"),
        "password1": Words("New password", PASSWORD_RULES),
        "password2": Words("New password again"),
    }


class SetPasswordForm(PlainWords, account.SetPasswordForm):
    """The first password of somebody who signed up without one."""

    words: ClassVar[dict[str, Words]] = {
        "password1": Words("Password", PASSWORD_RULES),
        "password2": Words("Password again"),
    }


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):
    """The address that the link goes to."""

    words: ClassVar[dict[str, Words]] = {"email": Words("E-mail address")}


class ResetPasswordKeyForm(PlainWords, account.ResetPasswordKeyForm):
    """The new password, twice."""

    words: ClassVar[dict[str, Words]] = {
        "password1": Words("New password", PASSWORD_RULES),
        "password2": Words("New password again"),
    }


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):
    """The password once more."""

    words: ClassVar[dict[str, Words]] = {"password": Words("Password")}


class AuthenticateForm(PlainWords, mfa.AuthenticateForm):
    """The second step of signing in."""

    words: ClassVar[dict[str, Words]] = {
        "code": Words("Code", "The six digits from your authenticator app, or one of your recovery codes.")
    }


class ReauthenticateByCodeForm(PlainWords, mfa.ReauthenticateForm):
    """A code once more."""

    words: ClassVar[dict[str, Words]] = AuthenticateForm.words


class ActivateTOTPForm(PlainWords, totp.ActivateTOTPForm):
    """The first code from the app."""

    words: ClassVar[dict[str, Words]] = {"code": Words("Code from the app", "Six digits.")}
