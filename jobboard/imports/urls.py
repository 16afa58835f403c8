"""Addresses of this app; those under /api/v1/ are in jobboard/api.py."""

from django.urls import path

from jobboard.imports import keys, views

urlpatterns = [
    path("hiring/employers/<int:pk>/import/", views.upload, name="import"),
    path("hiring/employers/<int:pk>/import/<int:upload_pk>/", views.dry_run, name="upload"),
    path("hiring/employers/<int:pk>/import/<int:upload_pk>/carry-out/", views.carry_out, name="upload_carry_out"),
    path("hiring/employers/<int:pk>/import/<int:upload_pk>/refused.csv", views.refused, name="upload_refused"),
    path("hiring/employers/<int:pk>/keys/", keys.keys, name="keys"),
    path("hiring/employers/<int:pk>/keys/<int:key_pk>/revoke/", keys.revoke, name="key_revoke"),
    path("hiring/import/fields/", views.fields, name="import_fields"),
    path("hiring/import/postings.csv", views.template_csv, name="import_template_csv"),
    path("hiring/import/postings.xml", views.template_xml, name="import_template_xml"),
]
