"""What this app shows on pages of lower ones."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from jobboard.employers.models import Employer


def applicants_link(_request: HttpRequest, employer: Employer) -> str:
    """The way from an employer's postings to the board of all who applied."""
    address = f"{reverse('hiring_all_applicants')}?employer={employer.slug}"
    return format_html('<li><a href="{}">Applicants</a></li>', address)


def mail_templates_link(_request: HttpRequest, employer: Employer) -> str:
    """The way to the texts that answer applicants."""
    return format_html('<li><a href="{}">Mail templates</a></li>', reverse("mail_templates", args=[employer.pk]))
