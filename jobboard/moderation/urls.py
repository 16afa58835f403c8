"""Reporting a posting, and the pages on which staff decide."""

from django.urls import path

from jobboard.moderation import desk, employers, history, reasons, reporting, reports

urlpatterns = [
    path("jobs/<int:pk>-<slug:slug>/report/", reporting.report, name="report"),
    path("jobs/<int:pk>-<slug:slug>/report/thanks/", reporting.thanks, name="report_thanks"),
    path("desk/", desk.desk, name="desk"),
    path("desk/postings/<int:pk>/", desk.posting, name="desk_posting"),
    path("desk/postings/<int:pk>/approve/", desk.approve, name="desk_approve"),
    path("desk/postings/<int:pk>/send-back/", desk.send_back, name="desk_send_back"),
    path("desk/postings/<int:pk>/hold/", desk.hold, name="desk_hold"),
    path("desk/postings/<int:pk>/release/", desk.release, name="desk_release"),
    path("desk/postings/<int:pk>/recheck/", desk.recheck, name="desk_recheck"),
    path("desk/postings/<int:pk>/settle/", desk.settle, name="desk_settle"),
    path("desk/reports/", reports.reports, name="desk_reports"),
    path("desk/employers/", employers.employers, name="desk_employers"),
    path("desk/employers/<int:pk>/", employers.employer, name="desk_employer"),
    path("desk/employers/<int:pk>/suspend/", employers.suspend, name="desk_suspend"),
    path("desk/employers/<int:pk>/readmit/", employers.readmit, name="desk_readmit"),
    path("desk/employers/<int:pk>/recheck/", employers.recheck, name="desk_employer_recheck"),
    path("desk/reasons/", reasons.reasons, name="desk_reasons"),
    path("desk/reasons/new/", reasons.reason_new, name="desk_reason_new"),
    path("desk/reasons/<int:pk>/", reasons.reason_edit, name="desk_reason_edit"),
    path("desk/reasons/<int:pk>/delete/", reasons.reason_delete, name="desk_reason_delete"),
    path("desk/history/", history.history, name="desk_history"),
]
