"""The admin's pages of people and memberships. One signs in there as everywhere: with rate limits and second step."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Credential, Experience, Membership, Profile, User
from accounts.privacy import Refused

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class PersonCreationForm(AdminUserCreationForm):
    """A new person by e-mail address."""

    class Meta:
        model = User
        fields = ("email", "name")
        field_classes: dict[str, type] = {}


class PersonChangeForm(UserChangeForm):
    """A person, without the user name that Django's form expects."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes: dict[str, type] = {}


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Granting and ending memberships."""

    list_display = ("user", "starts_at", "ends_at", "source", "granted_by", "note")
    list_filter = ("source", "starts_at", "ends_at")
    list_select_related = ("user", "granted_by")
    search_fields = ("user__email", "user__name", "note")
    autocomplete_fields = ("user",)
    fields = ("user", "starts_at", "ends_at", "note", "source", "granted_by", "created_at")
    readonly_fields = ("source", "granted_by", "created_at")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Start now unless said otherwise."""
        return {"starts_at": timezone.now()} | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: Membership, form: ModelForm, change: bool) -> None:
        """Keep who granted it."""
        if not change and isinstance(request.user, User):
            obj.granted_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People, by e-mail address."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    list_display = ("email", "name", "is_staff", "is_active", "date_joined")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    search_fields = ("email", "name")
    ordering = ("email",)
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        ("Person", {"fields": ("name", "time_zone")}),
        ("Permissions", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "name", "usable_password", "password1", "password2")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Delete one, unless something stands against it: then say what."""
        self.delete_queryset(request, User.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Delete each by its own verb, which takes the files along."""
        for user in queryset:
            try:
                user.delete()
            except Refused as reason:
                self.message_user(request, f"{user} was not deleted: {reason}", messages.ERROR)


class CredentialInline(admin.TabularInline):
    """The credentials of a profile."""

    model = Credential
    extra = 0


class ExperienceInline(admin.StackedInline):
    """The work history of a profile."""

    model = Experience
    extra = 0


@admin.register(Profile)
class ProfileAdmin(admin.ModelAdmin):
    """Profiles, to look at and to correct."""

    list_display = ("user", "headline", "city", "state", "years")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name", "headline")
    autocomplete_fields = ("user",)
    inlines = (CredentialInline, ExperienceInline)
