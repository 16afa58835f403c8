"""Addresses of applications: the candidate's, then the employer's team's."""

from django.urls import path

from jobboard.applications import candidate, hiring, keeping

urlpatterns = [
    path("jobs/<int:pk>-<slug:slug>/apply/", candidate.apply, name="apply"),
    path("me/applications/", candidate.applications, name="applications"),
    path("me/applications/<int:pk>/", candidate.application, name="application"),
    path("me/applications/<int:pk>/resume/", candidate.resume, name="application_resume"),
    path("me/applications/<int:pk>/withdraw/", candidate.withdraw, name="application_withdraw"),
    path("me/resumes/", keeping.resumes, name="resumes"),
    path("me/resumes/<int:pk>/", keeping.edit, name="resume_edit"),
    path("me/resumes/<int:pk>/file/", keeping.file, name="resume_file"),
    path("me/resumes/<int:pk>/default/", keeping.default, name="resume_default"),
    path("me/resumes/<int:pk>/delete/", keeping.delete, name="resume_delete"),
    path("hiring/postings/<int:pk>/applicants/", hiring.applicants, name="hiring_applicants"),
    path("hiring/applications/<int:pk>/", hiring.application, name="hiring_application"),
    path("hiring/applications/<int:pk>/resume/", hiring.resume, name="hiring_resume"),
    path("hiring/applications/<int:pk>/state/", hiring.move, name="hiring_application_state"),
]
