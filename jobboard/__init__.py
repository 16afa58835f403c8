"""The Django project, and the CareerCenter."""

from jobboard.celery import app as celery_app

__all__ = ["celery_app"]
