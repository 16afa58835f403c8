"""What we change in django-allauth: our words, our idea of a client's address, and what a new account starts with."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from accounts.models import CodeView, User
from accounts.network import client_address
from accounts.reader import guest_of


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and sign-in by our rules."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed.",
        "duplicate_email": "This is your address already.",
        "email_password_mismatch": "This e-mail address and password do not belong together.",
        "enter_current_password": "This is not your current password.",
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": "Too many failed tries. Wait a few minutes, then try again.",
    }

    def clean_email(self, email: str) -> str:
        """Refuse an address that is longer than an address can be (RFC 5321, 4.5.3.1)."""
        longest = User._meta.get_field("email").max_length or 254
        if len(email) > longest:
            raise ValidationError(f"An e-mail address has at most {longest} characters.", code="max_length")
        return email

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that attempts are counted by; one idea of it for the whole house, and never an error."""
        return client_address(request)

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        """Store a new person with their name; what they opened as a guest stays open.

        When two sign-ups with one address arrive at once, the second is answered like any sign-up with an address that
        is taken: as if it had worked, so that nobody learns who has an account, and its owner gets a mail.
        """
        user.name = form.cleaned_data.get("name") or user.name
        try:
            with transaction.atomic():
                super().save_user(request, user, form, commit)
                if commit:
                    keep_guest_pages(request, user)
        except IntegrityError as taken:
            raise ImmediateHttpResponse(prevent_enumeration(request, email=form.cleaned_data["email"])) from taken
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Let the subject name the site, too: it is rendered without context processors."""
        super().send_mail(template_prefix, email, {"SITE_NAME": settings.SITE_NAME} | context)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-up through a provider by the same rules."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Take over the name as one string."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        name = data.get("name") or " ".join(part for part in parts if part)
        user.name = name[: User._meta.get_field("name").max_length]
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: forms.Form | None = None) -> User:
        """Store a new person; what they opened as a guest stays open."""
        try:
            with transaction.atomic():
                user: User = super().save_user(request, sociallogin, form)
                keep_guest_pages(request, user)
        except IntegrityError as taken:
            raise ImmediateHttpResponse(prevent_enumeration(request, email=sociallogin.user.email)) from taken
        return user


class MFAAdapter(DefaultMFAAdapter):
    """Second steps and passkeys in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code or passkey was not accepted. Try again.",
        "unverified_email": "Verify your e-mail address first, then set up two-step sign-in.",
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - theirs
        """What a new passkey is called until its owner says otherwise."""
        return f"Passkey {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Let the browser show the site's name."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.SITE_NAME}


def keep_guest_pages(request: HttpRequest, user: User) -> None:
    """Leave open for a new account what this browser opened as a guest; it does not count against the account."""
    if guest := guest_of(request):
        CodeView.objects.carry_over(guest, user.pk)
