"""Django's and django-allauth's ways to sign in, which know a signed-in person from the query that read the session."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend

from accounts.models import User
from accounts.sessions import person_of_session


class ByDjango(ModelBackend):
    """Django's own."""

    def get_user(self, user_id: int) -> User | None:
        """The person with an id, unless they are shut out."""
        known = person_of_session(user_id)
        if known is None:
            return super().get_user(user_id)
        return known if self.user_can_authenticate(known) else None


class ByAllauth(ByDjango, AuthenticationBackend):
    """django-allauth's."""
