"""Tables of the accounts: people and what they say of themselves, memberships, and the ledger of code views."""

from accounts.models.experience import Experience
from accounts.models.ledger import CodeView, Meter
from accounts.models.membership import Membership
from accounts.models.people import Credential, Profile, ProfileQuerySet, User

__all__ = ["CodeView", "Credential", "Experience", "Membership", "Meter", "Profile", "ProfileQuerySet", "User"]
