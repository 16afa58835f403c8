"""Addresses of saved searches."""

from django.urls import path

from jobboard.alerts import views

urlpatterns = [
    path("me/alerts/", views.alerts, name="alerts"),
    path("me/alerts/new/", views.new, name="saved_search_new"),
    path("me/alerts/<int:pk>/", views.saved_search, name="saved_search"),
    path("me/alerts/<int:pk>/pause/", views.pause, name="saved_search_pause"),
    path("me/alerts/<int:pk>/resume/", views.resume, name="saved_search_resume"),
    path("me/alerts/<int:pk>/delete/", views.delete, name="saved_search_delete"),
    path("alerts/unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
