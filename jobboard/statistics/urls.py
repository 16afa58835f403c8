"""Addresses of the counting and of the figures."""

from django.urls import path

from jobboard.statistics import counting, views

urlpatterns = [
    path("count/", counting.count, name="count"),
    path("hiring/statistics/", views.employer, name="statistics"),
    path("hiring/statistics.csv", views.employer_csv, name="statistics_csv"),
    path("hiring/postings/<int:pk>/statistics/", views.posting, name="posting_statistics"),
    path("hiring/postings/<int:pk>/statistics.csv", views.posting_csv, name="posting_statistics_csv"),
]
