"""The whole surface of the product, grouped by who owns it."""

from django.contrib import admin
from django.urls import include, path

from jobboard import api, health, home

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("accounts.urls")),
    path("", include("codes.urls")),
    path("", include("jobboard.employers.urls")),
    path("", include("jobboard.pay.urls")),
    path("", include("jobboard.browse.urls")),
    path("", include("jobboard.postings.urls")),
    path("", include("jobboard.moderation.urls")),
    path("", include("jobboard.applications.urls")),
    path("", include("jobboard.screening.urls")),
    path("", include("jobboard.alerts.urls")),
    path("", include("jobboard.reminders.urls")),
    path("", include("jobboard.talent.urls")),
    path("", include("jobboard.distribution.urls")),
    path("", include("jobboard.tracker.urls")),
    path("", include("jobboard.statistics.urls")),
    path("", include("jobboard.imports.urls")),
    path("", include("jobboard.outbox.urls")),
    path("api/docs", api.docs, name="api_docs"),
    path("api/", api.urls()),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "jobboard.errors.bad_request"
