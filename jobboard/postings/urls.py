"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, include, path

from jobboard.postings import feeds, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:pk>-<slug:slug>/", views.posting, name="posting"),
    path("feeds/jobs.atom", feeds.jobs_feed, name="jobs_feed"),
    path("robots.txt", views.robots, name="robots"),
    path("", include("jobboard.postings.urls_hiring")),
    path("", include("jobboard.postings.urls_desk")),
]
