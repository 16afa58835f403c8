"""Addresses of the mail desk."""

from django.urls import path

from jobboard.outbox import views

urlpatterns = [
    path("desk/mail/", views.desk, name="mail_desk"),
    path("desk/mail/<uuid:pk>/", views.message, name="mail_message"),
    path("desk/mail/<uuid:pk>/html/", views.html, name="mail_html"),
    path("desk/mail/<uuid:pk>/answer/", views.answer, name="mail_answer"),
    path("desk/mail/<uuid:pk>/retry/", views.retry, name="mail_retry"),
]
