"""What this app shows on the pages of others."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from jobboard.employers.models import Employer, Member


def on_the_hiring_page(request: HttpRequest, employer: Employer) -> str:
    """The ways to the import and to the keys, for those who may use them."""
    me = Member.objects.filter(employer=employer, user=request.user.pk).first()
    return render_to_string("imports/_links.html", {"me": me}) if me and me.may_write else ""
