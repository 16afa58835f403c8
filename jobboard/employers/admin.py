"""Employers in the admin: staff suspend and readmit them here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from jobboard.employers.models import Employer, Member


class MemberInline(admin.TabularInline):
    """Who is on the team; changed on the site, where the rules of a team hold."""

    model = Member
    extra = 0
    readonly_fields = ("user", "role", "joined_at")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Employer | None = None) -> bool:  # noqa: ARG002 - Django's
        """Nobody joins a team from here."""
        return False


def _staff(request: HttpRequest) -> User | None:
    """The one who acts, as the admin knows them."""
    return request.user if isinstance(request.user, User) else None


@admin.register(Employer)
class EmployerAdmin(admin.ModelAdmin):
    """Employers with their state; what they say of themselves is theirs to change."""

    list_display = ("name", "place", "is_agency", "created_at", "suspended_at")
    list_filter = (("suspended_at", admin.EmptyFieldListFilter), "is_agency")
    search_fields = ("name", "slug", "website")
    readonly_fields = ("name", "slug", "about", "website", "city", "state", "is_agency", "created_at", "suspended_at")
    exclude = ("about_html", "changed_at", "verified_at")
    inlines = (MemberInline,)
    actions = ("suspend", "readmit")

    @admin.action(description="Suspend: hide the page and all postings", permissions=["change"])
    def suspend(self, request: HttpRequest, queryset: QuerySet[Employer]) -> None:
        """Take each out of sight."""
        suspendable = queryset.filter(suspended_at=None)
        for employer in suspendable:
            employer.suspend(timezone.now(), _staff(request))
            self.log_change(request, employer, "Suspended")
        self.message_user(request, f"{len(suspendable)} suspended.")

    @admin.action(description="Readmit: show page and postings again", permissions=["change"])
    def readmit(self, request: HttpRequest, queryset: QuerySet[Employer]) -> None:
        """End each suspension."""
        suspended = queryset.filter(suspended_at__isnull=False)
        for employer in suspended:
            employer.readmit(timezone.now(), _staff(request))
            self.log_change(request, employer, "Readmitted")
        self.message_user(request, f"{len(suspended)} readmitted.")
