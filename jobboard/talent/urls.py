"""Addresses of the search for people: an employer's team's, then the coder's own."""

from django.urls import path

from jobboard.talent import hiring, own

urlpatterns = [
    path("hiring/people/", hiring.start, name="people_start"),
    path("hiring/employers/<int:pk>/people/", hiring.people, name="people"),
    path("hiring/employers/<int:pk>/requests/", hiring.requests, name="people_asked"),
    path("hiring/employers/<int:employer>/people/<int:pk>/", hiring.person, name="person"),
    path("hiring/employers/<int:employer>/people/<int:pk>/open/", hiring.reveal, name="person_open"),
    path("hiring/employers/<int:employer>/people/<int:pk>/ask/", hiring.ask, name="person_ask"),
    path("me/requests/", own.requests, name="contact_requests"),
    path("me/requests/<int:pk>/accept/", own.accept, name="contact_accept"),
    path("me/requests/<int:pk>/decline/", own.decline, name="contact_decline"),
    path("me/requests/<int:pk>/take-back/", own.take_back, name="contact_take_back"),
    path("me/requests/<int:pk>/block/", own.block, name="contact_block"),
    path("me/privacy/blocked/", own.blocked, name="blocked"),
    path("me/privacy/blocked/<int:pk>/delete/", own.unblock, name="unblock"),
]
