"""Changing the e-mail address: nothing is stored of a new one before its own mailbox has answered.

django-allauth keeps an address from the moment it is asked for. So one could hold the address of a person who has no
account yet and now cannot open one; for that reason it refuses the change to everybody with a second step. Here the
wish lives in the link alone, signed, and the link names the address that it replaces, so that it works once.
"""

from datetime import timedelta
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from allauth.account.internal.userkit import filter_users_by_email
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.models import User

VALID = timedelta(days=3)
_SALT = "accounts.address.change"


class AddressChange(NamedTuple):
    """A person's wish to be reached, and to sign in, at another address."""

    user_id: int
    old: str
    new: str

    @classmethod
    def of_token(cls, token: str) -> "AddressChange | None":
        """The wish that a link carries; None if we did not sign it, it is too old, or it was granted meanwhile."""
        try:
            change = cls(*signing.loads(token, salt=_SALT, max_age=VALID))
        except (signing.BadSignature, TypeError):
            return None
        return change if User.objects.filter(pk=change.user_id, email=change.old, is_active=True).exists() else None

    def ask(self) -> None:
        """Mail the link to the new address, or to the owner of an account that has it; our page tells nobody which."""
        adapter = get_adapter()
        if filter_users_by_email(self.new):
            adapter.send_account_already_exists_mail(self.new)
            return
        token = signing.dumps(self, salt=_SALT, compress=True)
        link = f"{settings.SITE_URL}{reverse('address_change', args=[token])}"
        adapter.send_mail("account/email/address_change", self.new, {"link": link, "old": self.old})

    def grant(self) -> None:
        """Change it, and tell the old mailbox. Raises IntegrityError if somebody took the address meanwhile."""
        user = User.objects.get(pk=self.user_id)
        facts = {"from_email": self.old, "to_email": self.new}
        with transaction.atomic():  # the mail waits in the same database: no change without it
            user.change_address(self.new)
            get_adapter().send_notification_mail("account/email/email_changed", user, facts, email=self.old)
