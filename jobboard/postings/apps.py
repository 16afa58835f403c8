from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "jobboard.postings"
    verbose_name = "Postings"
