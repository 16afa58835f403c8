"""What this app shows on pages of lower ones."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from jobboard.employers.models import Employer


def applicants_link(_request: HttpRequest, employer: Employer) -> str:
    """The way from an employer's postings to the board of all who applied, and to the texts that answer them."""
    return format_html(
        '<a href="{}?employer={}">Applicants</a> <a href="{}">Mail templates</a>',
        reverse("hiring_all_applicants"),
        employer.slug,
        reverse("mail_templates", args=[employer.pk]),
    )
