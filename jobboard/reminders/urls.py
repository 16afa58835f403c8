"""The address in the reminders."""

from django.urls import path

from jobboard.reminders import views

urlpatterns = [
    path("reminders/stop/<str:token>/", views.stop, name="reminders_stop"),
]
