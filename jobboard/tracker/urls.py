"""Addresses of a person's own list of jobs."""

from django.urls import path

from jobboard.tracker import hiding, views

urlpatterns = [
    path("me/jobs/", views.tracker, name="tracker"),
    path("me/jobs/seen/clear/", hiding.seen_clear, name="seen_clear"),
    path("me/jobs/seen/switch/", hiding.seen_switch, name="seen_switch"),
    path("me/jobs/<int:pk>/", views.tracked, name="tracked"),
    path("me/jobs/<int:pk>/save/", views.save, name="track_save"),
    path("me/jobs/<int:pk>/remove/", views.remove, name="track_remove"),
    path("me/jobs/<int:pk>/hide/", hiding.hide, name="job_hide"),
    path("me/jobs/<int:pk>/show/", hiding.show, name="job_show"),
    path("me/employers/<slug:slug>/follow/", hiding.follow, name="employer_follow"),
    path("me/employers/<slug:slug>/unfollow/", hiding.unfollow, name="employer_unfollow"),
    path("me/employers/<slug:slug>/hide/", hiding.hide_employer, name="employer_hide"),
    path("me/employers/<slug:slug>/show/", hiding.show_employer, name="employer_show"),
]
