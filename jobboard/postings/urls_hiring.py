"""The pages on which an employer's team keeps its postings."""

from django.urls import path

from jobboard.postings import hiring

urlpatterns = [
    path("hiring/", hiring.hiring, name="hiring"),
    path("hiring/employers/<int:pk>/postings/new/", hiring.posting_new, name="posting_new"),
    path("hiring/postings/<int:pk>/", hiring.posting, name="hiring_posting"),
    path("hiring/postings/<int:pk>/edit/", hiring.posting_edit, name="posting_edit"),
    path("hiring/postings/<int:pk>/preview/", hiring.posting_preview, name="posting_preview"),
    path("hiring/postings/<int:pk>/submit/", hiring.posting_submit, name="posting_submit"),
    path("hiring/postings/<int:pk>/close/", hiring.posting_close, name="posting_close"),
    path("hiring/postings/<int:pk>/duplicate/", hiring.posting_duplicate, name="posting_duplicate"),
    path("hiring/postings/<int:pk>/discard/", hiring.posting_discard, name="posting_discard"),
]
