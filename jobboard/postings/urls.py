"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, include, path

from jobboard.postings import feeds, pulse, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:pk>-<slug:slug>/", views.posting, name="posting"),
    path("still-hiring/<str:token>/", pulse.still_hiring, name="still_hiring"),
    path("feeds/jobs.atom", feeds.jobs_feed, name="jobs_feed"),
    path("", include("jobboard.postings.urls_hiring")),
]
