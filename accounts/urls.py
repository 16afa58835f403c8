"""A person's own pages. Sign-in, security and sessions are under /accounts/, by django-allauth."""

from django.urls import path

from accounts import history, own, views

urlpatterns = [
    path("me/", views.profile, name="profile"),
    path("me/edit/", views.profile_edit, name="profile_edit"),
    path("me/address/<str:token>/", views.address_change, name="address_change"),
    path("me/credentials/add/", views.credential_add, name="credential_add"),
    path("me/credentials/<int:pk>/", views.credential_edit, name="credential_edit"),
    path("me/credentials/<int:pk>/remove/", views.credential_remove, name="credential_remove"),
    path("me/work/add/", history.experience_add, name="experience_add"),
    path("me/work/<int:pk>/", history.experience_edit, name="experience_edit"),
    path("me/work/<int:pk>/remove/", history.experience_remove, name="experience_remove"),
    path("me/visibility/", own.visibility, name="visibility"),
    path("me/reminders/", own.reminders, name="reminders"),
    path("me/privacy/", own.privacy, name="privacy"),
    path("me/privacy/export/", own.export, name="privacy_export"),
    path("me/privacy/delete/", own.leave, name="leave"),
]
