"""Addresses of the pages by topic and place. None begins with a digit, as a posting's does."""

from django.urls import path, register_converter

from jobboard.browse import topics, views

register_converter(topics.TopicConverter, "topic")
register_converter(topics.PlaceConverter, "place")

urlpatterns = [
    path("jobs/browse/", views.browse, name="browse"),
    path("jobs/<topic:topic>/", views.topic, name="browse_topic"),
    path("jobs/<topic:topic>/<place:place>/", views.topic, name="browse_place"),
]
