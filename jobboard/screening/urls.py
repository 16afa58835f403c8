"""The pages on which a team says what it asks of candidates."""

from django.urls import path

from jobboard.screening import views

urlpatterns = [
    path("hiring/postings/<int:pk>/questions/", views.questions, name="questions"),
    path("hiring/postings/<int:pk>/questions/copy/", views.copy, name="questions_copy"),
    path("hiring/postings/<int:pk>/questions/<int:question_pk>/", views.question, name="question"),
    path("hiring/postings/<int:pk>/questions/<int:question_pk>/remove/", views.remove, name="question_remove"),
    path("hiring/postings/<int:pk>/questions/<int:question_pk>/earlier/", views.earlier, name="question_earlier"),
    path("hiring/postings/<int:pk>/exercise/", views.exercise, name="exercise"),
    path("hiring/postings/<int:pk>/exercise/remove/", views.exercise_remove, name="exercise_remove"),
]
