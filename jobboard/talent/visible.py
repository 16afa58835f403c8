"""The one rule of who sees whose profile. Every page and every change of this app begins with it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Profile, User
from jobboard.applications.models import Application
from jobboard.employers.models import Employer, Member
from jobboard.talent.models import Block, ContactRequest

Visibility = Profile.Visibility


def seen_by(me: Member) -> QuerySet[Profile]:
    """Profiles that this member may see for this employer now, those it found before and is in touch with included.

    Nobody's to viewers and to suspended employers. Never those of people who share any team with this member, or who
    blocked any employer on whose team this member is: a recruiter of two employers is one pair of eyes.
    """
    if me.employer.suspended_at or not me.may_write:
        return Profile.objects.none()
    open_to = Q(Exists(_sent_to(me.employer_id)), visibility__in=[Visibility.APPLIED, Visibility.VERIFIED])
    if me.employer.verified_at:
        open_to |= Q(visibility=Visibility.VERIFIED)
    in_touch = ContactRequest.objects.accepted().filter(employer=me.employer_id, person=OuterRef("user"))
    team_mate = Member.objects.filter(user=OuterRef("user"), employer__members__user=me.user_id)
    blocked = Block.objects.filter(person=OuterRef("user"), employer__members__user=me.user_id)
    seen = Profile.objects.filter(open_to | Exists(in_touch), user__is_active=True)
    return seen.filter(~Exists(team_mate), ~Exists(blocked))


def found_by(me: Member) -> QuerySet[Profile]:
    """Those of them that a search may find: not the hidden ones, however much in touch."""
    return seen_by(me).exclude(visibility=Visibility.HIDDEN)


def _sent_to(employer: int) -> QuerySet[Application]:
    return Application.objects.readable().filter(candidate=OuterRef("user"), posting__employer=employer)


def employers_seeing(profile: Profile) -> QuerySet[Employer]:
    """The employers whose teams may see a profile now, for its owner: the same rule from the other side."""
    user: User = profile.user
    others = Employer.objects.filter(suspended_at=None).exclude(members__user=user)
    granted = ContactRequest.objects.for_person(user).accepted().values("employer")
    seeing = Q(pk__in=granted)
    if profile.is_visible:
        applied = Application.objects.for_candidate(user).readable().values("posting__employer")
        seeing |= Q(pk__in=applied)
    if profile.visibility == Visibility.VERIFIED:
        seeing |= Q(verified_at__isnull=False)
    blocked = Block.objects.of(user).values("employer")
    return others.filter(seeing).exclude(pk__in=blocked).order_by("name", "pk")
