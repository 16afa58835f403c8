"""Tables of the accounts: people and what they say of themselves, memberships, and the ledger of code views."""

from accounts.models.ledger import CodeView, Meter
from accounts.models.membership import Membership
from accounts.models.people import Credential, Profile, User

__all__ = ["CodeView", "Credential", "Membership", "Meter", "Profile", "User"]
