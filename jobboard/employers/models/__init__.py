"""Employers, what became of them, their sites, the people who act for them, and what they are asked by mail."""

from jobboard.employers.models.employer import Employer, EmployerQuerySet, FormerSlug, StaleState, TooManyEmployers
from jobboard.employers.models.event import EmployerEvent
from jobboard.employers.models.site import Site
from jobboard.employers.models.team import Invitation, LastOwner, Member, MemberQuerySet
from jobboard.employers.models.verification import Verification

__all__ = [
    "Employer",
    "EmployerEvent",
    "EmployerQuerySet",
    "FormerSlug",
    "Invitation",
    "LastOwner",
    "Member",
    "MemberQuerySet",
    "Site",
    "StaleState",
    "TooManyEmployers",
    "Verification",
]
