"""Addresses of the code reference."""

from django.urls import URLPattern, URLResolver

app_name = "codes"
urlpatterns: list[URLPattern | URLResolver] = []
