"""An employer's public page, and the pages on which its team keeps it."""

from django.urls import path

from jobboard.employers import page, team, verifying, views

urlpatterns = [
    path("employers/<slug:slug>/", views.employer, name="employer"),
    path("hiring/employers/new/", views.employer_new, name="employer_new"),
    path("hiring/employers/<int:pk>/edit/", views.employer_edit, name="employer_edit"),
    path("logos/<str:name>-<int:size>.webp", page.logo, name="logo"),
    path("hiring/employers/<int:pk>/logo/", page.employer_logo, name="employer_logo"),
    path("hiring/employers/<int:pk>/logo/remove/", page.employer_logo_remove, name="employer_logo_remove"),
    path("hiring/employers/<int:pk>/sites/", page.sites, name="employer_sites"),
    path("hiring/employers/<int:pk>/sites/<int:site_pk>/remove/", page.site_remove, name="site_remove"),
    path("hiring/employers/<int:pk>/verify/", verifying.verify, name="employer_verify"),
    path("hiring/verifications/<str:token>/", verifying.verification, name="verification"),
    path("hiring/employers/<int:pk>/team/", team.team, name="team"),
    path("hiring/employers/<int:pk>/team/invite/", team.invite, name="team_invite"),
    path("hiring/employers/<int:pk>/team/leave/", team.leave, name="team_leave"),
    path("hiring/employers/<int:pk>/team/<int:member_pk>/role/", team.role, name="team_role"),
    path("hiring/employers/<int:pk>/team/<int:member_pk>/resumes/", team.resumes, name="team_resumes"),
    path("hiring/employers/<int:pk>/team/<int:member_pk>/remove/", team.remove, name="team_remove"),
    path(
        "hiring/employers/<int:pk>/team/invitations/<int:invitation_pk>/withdraw/", team.withdraw, name="team_withdraw"
    ),
    path("hiring/invitations/<str:token>/", team.invitation, name="invitation"),
]
