"""Addresses of applications: the candidate's, then the employer's team's."""

from django.urls import include, path

from jobboard.applications import candidate, keeping, thread, webhook

urlpatterns = [
    path("jobs/<int:pk>-<slug:slug>/apply/", candidate.apply, name="apply"),
    path("me/applications/", candidate.applications, name="applications"),
    path("me/applications/<int:pk>/", candidate.application, name="application"),
    path("me/applications/<int:pk>/resume/", candidate.resume, name="application_resume"),
    path("me/applications/<int:pk>/withdraw/", candidate.withdraw, name="application_withdraw"),
    path("me/applications/<int:pk>/messages/", thread.answer, name="application_answer"),
    path("me/applications/<int:pk>/messages/seen/", thread.seen_by_candidate, name="application_seen"),
    path("me/resumes/", keeping.resumes, name="resumes"),
    path("me/resumes/<int:pk>/", keeping.edit, name="resume_edit"),
    path("me/resumes/<int:pk>/file/", keeping.file, name="resume_file"),
    path("me/resumes/<int:pk>/default/", keeping.default, name="resume_default"),
    path("me/resumes/<int:pk>/delete/", keeping.delete, name="resume_delete"),
    path("mail/inbound/", webhook.webhook, name="mail_inbound"),
    path("", include("jobboard.applications.urls_hiring")),
]
