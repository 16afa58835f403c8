"""A person's own pages. Sign-in, security and sessions are under /accounts/, by django-allauth."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("me/", views.profile, name="profile"),
    path("me/edit/", views.profile_edit, name="profile_edit"),
    path("me/address/<str:token>/", views.address_change, name="address_change"),
    path("me/credentials/add/", views.credential_add, name="credential_add"),
    path("me/credentials/<int:pk>/", views.credential_edit, name="credential_edit"),
    path("me/credentials/<int:pk>/remove/", views.credential_remove, name="credential_remove"),
]
