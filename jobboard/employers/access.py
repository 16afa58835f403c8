"""The first line of each view on an employer's own pages: the place of this person on this team."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.models import User
from jobboard.employers.models import Member


def membership(user: User, pk: int) -> Member:
    """This person's place on the team of an employer, with that employer. 404 to those who are not on it."""
    return get_object_or_404(Member.objects.select_related("employer", "user"), employer=pk, user=user)


def managing(user: User, pk: int) -> Member:
    """As `membership`, and 403 to those who are no owners."""
    member = membership(user, pk)
    if not member.may_manage:
        raise PermissionDenied(
            f"Only owners change the team and the page of {member.employer}. You are {as_a(member)}."
        )
    return member


def writing(user: User, pk: int) -> Member:
    """As `membership`, and 403 to those who may only read, and to all while the employer is suspended."""
    member = membership(user, pk)
    must_write(member)
    return member


def must_write(member: Member) -> None:
    """Raise PermissionDenied for those who may only read, and for all while the employer is suspended."""
    if not member.may_write:
        raise PermissionDenied(f"You are a viewer at {member.employer}: you read its postings, but do not change them.")
    if member.employer.suspended_at:
        raise PermissionDenied(f"{member.employer} is suspended. Its postings cannot be changed until that ends.")


def must_take_resumes(member: Member) -> None:
    """Raise PermissionDenied for those who may not download resumes, and for all while the employer is suspended."""
    if not member.may_take_resumes:
        raise PermissionDenied(f"You may not download resumes at {member.employer}. An owner of it can allow that.")
    if member.employer.suspended_at:
        raise PermissionDenied(f"{member.employer} is suspended. No resume can be downloaded until that ends.")


def as_a(member: Member) -> str:
    """A role with its article."""
    return f"{'an' if member.role == Member.Role.OWNER else 'a'} {member.get_role_display().lower()}"
