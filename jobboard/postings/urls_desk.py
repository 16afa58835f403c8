"""The pages on which staff decide what is published."""

from django.urls import path

from jobboard.postings import desk

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/postings/<int:pk>/", desk.posting, name="desk_posting"),
    path("desk/postings/<int:pk>/approve/", desk.approve, name="desk_approve"),
    path("desk/postings/<int:pk>/send-back/", desk.send_back, name="desk_send_back"),
    path("desk/postings/<int:pk>/hold/", desk.hold, name="desk_hold"),
    path("desk/postings/<int:pk>/release/", desk.release, name="desk_release"),
    path("desk/postings/<int:pk>/recheck/", desk.recheck, name="desk_recheck"),
]
