"""The pages on which an employer's team keeps its postings."""

from django.urls import path

from jobboard.postings import hiring, moving, templates, writing

urlpatterns = [
    path("hiring/", hiring.hiring, name="hiring"),
    path("hiring/employers/<int:pk>/postings/new/", writing.posting_new, name="posting_new"),
    path("hiring/employers/<int:pk>/templates/", templates.templates, name="templates"),
    path("hiring/templates/<int:pk>/start/", templates.template_start, name="template_start"),
    path("hiring/templates/<int:pk>/rename/", templates.template_rename, name="template_rename"),
    path("hiring/templates/<int:pk>/delete/", templates.template_delete, name="template_delete"),
    path("hiring/postings/<int:pk>/", hiring.posting, name="hiring_posting"),
    path("hiring/postings/<int:pk>/write/<slug:key>/", writing.posting_step, name="posting_step"),
    path("hiring/postings/<int:pk>/edit/", writing.posting_edit, name="posting_edit"),
    path("hiring/postings/<int:pk>/preview/", writing.posting_preview, name="posting_preview"),
    path("hiring/postings/<int:pk>/submit/", moving.posting_submit, name="posting_submit"),
    path("hiring/postings/<int:pk>/take-back/", moving.posting_take_back, name="posting_take_back"),
    path("hiring/postings/<int:pk>/confirm/", moving.posting_confirm, name="posting_confirm"),
    path("hiring/postings/<int:pk>/pause/", moving.posting_pause, name="posting_pause"),
    path("hiring/postings/<int:pk>/resume/", moving.posting_resume, name="posting_resume"),
    path("hiring/postings/<int:pk>/close/", moving.posting_close, name="posting_close"),
    path("hiring/postings/<int:pk>/duplicate/", moving.posting_duplicate, name="posting_duplicate"),
    path("hiring/postings/<int:pk>/renew/", moving.posting_renew, name="posting_renew"),
    path("hiring/postings/<int:pk>/template/", templates.template_keep, name="template_keep"),
    path("hiring/postings/<int:pk>/discard/", moving.posting_discard, name="posting_discard"),
]
