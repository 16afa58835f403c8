"""Addresses of applications for the employer's team."""

from django.urls import path

from jobboard.applications import board, exporting, hiring, mail_templates, moving, opinions, thread, together

urlpatterns = [
    path("hiring/applicants/", board.all_applicants, name="hiring_all_applicants"),
    path("hiring/postings/<int:pk>/applicants/", board.applicants, name="hiring_applicants"),
    path("hiring/postings/<int:pk>/applicants/export/", exporting.export, name="hiring_export"),
    path("hiring/employers/<int:pk>/applicants/together/", together.together, name="hiring_together"),
    path("hiring/employers/<int:pk>/mail-templates/", mail_templates.templates, name="mail_templates"),
    path("hiring/employers/<int:pk>/mail-templates/new/", mail_templates.template_new, name="mail_template_new"),
    path("hiring/mail-templates/<int:pk>/", mail_templates.template_edit, name="mail_template"),
    path("hiring/mail-templates/<int:pk>/remove/", mail_templates.template_remove, name="mail_template_remove"),
    path("hiring/applications/<int:pk>/", hiring.application, name="hiring_application"),
    path("hiring/applications/<int:pk>/resume/", hiring.resume, name="hiring_resume"),
    path("hiring/applications/<int:pk>/state/", moving.move, name="hiring_application_state"),
    path("hiring/applications/<int:pk>/messages/", thread.write, name="hiring_message"),
    path("hiring/applications/<int:pk>/messages/seen/", thread.seen_by_team, name="hiring_seen"),
    path("hiring/applications/<int:pk>/rating/", opinions.rate, name="hiring_rating"),
    path("hiring/applications/<int:pk>/notes/", opinions.note, name="hiring_note"),
    path("hiring/applications/<int:pk>/notes/<int:note_pk>/", opinions.note_edit, name="hiring_note_edit"),
    path(
        "hiring/applications/<int:pk>/notes/<int:note_pk>/discard/", opinions.note_discard, name="hiring_note_discard"
    ),
]
