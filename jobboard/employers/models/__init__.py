"""Employers, the people who act for them, and invitations to join."""

from jobboard.employers.models.employer import Employer, EmployerQuerySet, FormerSlug, TooManyEmployers
from jobboard.employers.models.team import Invitation, LastOwner, Member, MemberQuerySet, StaleState

__all__ = [
    "Employer",
    "EmployerQuerySet",
    "FormerSlug",
    "Invitation",
    "LastOwner",
    "Member",
    "MemberQuerySet",
    "StaleState",
    "TooManyEmployers",
]
