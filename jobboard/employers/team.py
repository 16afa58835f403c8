"""An employer's team: who is on it, as what, and who is asked to join."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.request import PersonRequest
from jobboard.employers.access import as_a, managing, membership, must_write
from jobboard.employers.forms import InvitationForm, ResumesForm, RoleForm
from jobboard.employers.models import Invitation, LastOwner, Member, StaleState

LAST_OWNER = "A team needs an owner. Make somebody else an owner first."


def team_page(
    request: PersonRequest, me: Member, form: InvitationForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The team page, with a refused form or the reason why something could not be done."""
    context = {
        "me": me,
        "employer": me.employer,
        "members": me.employer.members.select_related("user"),
        "invitations": me.employer.invitations.open(timezone.now()).select_related("invited_by"),
        "roles": Member.Role.choices,
        "form": form or InvitationForm(instance=Invitation(employer=me.employer)),
        "refusal": refusal,
    }
    return render(request, "employers/team.html", context, status=status)


@require_safe
def team(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the team; to owners, with what they can change."""
    return team_page(request, membership(request.user, pk))


@require_POST
def invite(request: PersonRequest, pk: int) -> HttpResponse:
    """Mail an invitation."""
    me = managing(request.user, pk)
    must_write(me)
    form = InvitationForm(request.POST, instance=Invitation(employer=me.employer))
    if not form.is_valid():
        return team_page(request, me, form, status=422)
    try:
        form.instance.send(timezone.now(), me.user)
    except Invitation.Suspended:  # since the look above
        return team_page(request, me, form, f"{me.employer} is suspended, and asks nobody to join.", status=403)
    except Invitation.LimitReached:
        refusal = f"You can send {Invitation.PER_DAY} invitations in 24 hours. Try again tomorrow."
        return team_page(request, me, form, refusal, status=429)
    messages.success(request, f"The invitation is on its way to {form.instance.email}. It is good for 7 days.")
    return redirect("team", pk)


@require_POST
def withdraw(request: PersonRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """Make the link of an invitation useless."""
    me = managing(request.user, pk)
    invitation = get_object_or_404(me.employer.invitations, pk=invitation_pk)
    try:
        invitation.withdraw(timezone.now())
    except Invitation.NotOpen:
        return team_page(request, me, refusal="This invitation was accepted or withdrawn before.", status=409)
    messages.success(request, f"The invitation to {invitation.email} is withdrawn.")
    return redirect("team", pk)


@require_POST
def role(request: PersonRequest, pk: int, member_pk: int) -> HttpResponse:
    """Give a member another role."""
    me = managing(request.user, pk)
    member = get_object_or_404(me.employer.members.select_related("user"), pk=member_pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return team_page(request, me, refusal="Choose a role from the list.", status=422)
    try:
        member.change_role(form.cleaned_data["role"], me.user)
    except StaleState:
        return _stale(request, pk, member)
    except LastOwner:
        return team_page(request, me, refusal=LAST_OWNER, status=409)
    messages.success(request, f"{member.user.get_full_name()} is now {as_a(member)}.")
    return redirect("team", pk)


@require_POST
def resumes(request: PersonRequest, pk: int, member_pk: int) -> HttpResponse:
    """Allow a member to download resumes, or forbid it."""
    me = managing(request.user, pk)
    member = get_object_or_404(me.employer.members.select_related("user"), pk=member_pk)
    form = ResumesForm(request.POST)
    if not form.is_valid():
        return team_page(request, me, refusal="Choose whether resumes may be downloaded.", status=422)
    allowed = form.cleaned_data["allowed"]
    try:
        member.let_take_resumes(allowed, me.user)
    except StaleState:
        return _stale(request, pk, member)
    may = "may download resumes" if member.may_take_resumes else "may no longer download resumes"
    messages.success(request, f"{member.user.get_full_name()} {may}.")
    return redirect("team", pk)


@require_POST
def remove(request: PersonRequest, pk: int, member_pk: int) -> HttpResponse:
    """Take somebody off the team."""
    me = managing(request.user, pk)
    member = get_object_or_404(me.employer.members.select_related("user", "employer"), pk=member_pk)
    try:
        member.remove(me.user)
    except StaleState:
        return _stale(request, pk, member)
    except LastOwner:
        return team_page(request, me, refusal=LAST_OWNER, status=409)
    messages.success(request, f"{member.user.get_full_name()} is off the team.")
    return redirect("hiring") if member_pk == me.pk else redirect("team", pk)


def _stale(request: PersonRequest, pk: int, member: Member) -> HttpResponse:
    """Say what somebody else changed meanwhile: 403 to who is no owner any more, 404 to who is off the team."""
    me = managing(request.user, pk)
    refusal = f"{member.user.get_full_name()} was taken off the team already, or left it. Nothing was changed."
    return team_page(request, me, refusal=refusal, status=409)


@require_POST
def leave(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave the team."""
    me = membership(request.user, pk)
    try:
        me.remove(me.user)
    except StaleState:
        messages.info(request, f"You had left the team of {me.employer} already.")
        return redirect("hiring")
    except LastOwner:
        return team_page(request, me, refusal=LAST_OWNER, status=409)
    messages.success(request, f"You are no longer on the team of {me.employer}.")
    return redirect("hiring")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: PersonRequest, token: str) -> HttpResponse:
    """Ask (GET) whether to join, and join (POST). Whoever holds the link may, with any account; it works once."""
    public = Invitation.objects.select_related("employer", "invited_by").filter(employer__suspended_at=None)
    invitation = get_object_or_404(public.by_token(token))
    now = timezone.now()
    context = {"invitation": invitation, "open": invitation.is_open(now)}
    if request.method != "POST" or not context["open"]:
        return render(request, "employers/invitation.html", context, status=200 if context["open"] else 410)
    try:
        member = invitation.accept(now, request.user)
    except Invitation.NotOpen:
        return render(request, "employers/invitation.html", context | {"open": False}, status=410)
    except Invitation.AlreadyMember:
        return render(request, "employers/invitation.html", context | {"already": True}, status=409)
    messages.success(request, f"Welcome to the team of {member.employer}. You are {as_a(member)}.")
    return redirect(f"{reverse('hiring')}?employer={member.employer.slug}")
