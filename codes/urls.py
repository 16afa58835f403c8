"""Addresses of the code reference."""

from django.urls import path

from codes import feeds
from codes.views import browse, edits, page, search

app_name = "codes"
urlpatterns = [
    path("case2code/", search.search, name="search"),
    path("codes/", browse.index, name="index"),
    path("codes/<str:system>/", browse.system, name="system"),
    path("codes/<str:system>/changes.atom", feeds.system_feed, name="system_feed"),
    path("codes/<str:system>/chapters/<slug:slug>/", browse.heading, name="heading"),
    path("codes/<str:system>/<str:written>/changes.atom", feeds.code_feed, name="code_feed"),
    path("codes/<str:system>/<str:written>/edits/", edits.show, name="edits"),
    path("codes/<str:system>/<str:written>/", page.show, name="code"),
    path("codes/<str:system>/<str:written>", page.show),  # without the slash: one redirect to the one form
]
