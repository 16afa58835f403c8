"""Reasons to begin with; staff change them on the desk."""

from django.db import migrations
from django.utils import timezone

REASONS = [
    (
        "send-back",
        "Say what it pays",
        "Please state the pay, or the range you would pay, and whether it is by the hour, the year or the chart. Several "
        "states require it in a posting, and coders skip postings without it.",
    ),
    (
        "send-back",
        "Per-chart pay without a pace",
        "Please say how many charts an hour you expect. Without it nobody can tell what the work pays.",
    ),
    (
        "send-back",
        "Say more about the work",
        "Please describe the work: which records are coded, who reviews them, how quality is measured, and what the first "
        "weeks look like.",
    ),
    (
        "send-back",
        "Two jobs in one posting",
        "This posting describes more than one job. Please write one posting for each, so that coders find the one they "
        "look for.",
    ),
    (
        "send-back",
        "Open already",
        "You have a posting open for the same job in the same place. Please close one of the two, or say how they differ.",
    ),
    (
        "send-back",
        "Contact at your own domain",
        "Coders should be able to see who they write to. Please use an address at your company's own domain, or take "
        "applications on this site.",
    ),
    (
        "send-back",
        "Remove what may discriminate",
        "Please remove wording about age, sex, origin, health or family. Name what the work needs instead.",
    ),
    (
        "hold",
        "Money or equipment is asked for",
        "The posting speaks of money, a check or equipment that a coder would pay for. We do not show such postings. "
        "Please answer this mail and explain how it is meant.",
    ),
    (
        "hold",
        "We have questions",
        "Readers reported this posting, and we have questions about it before it is shown again. Please answer this mail.",
    ),
    (
        "hold",
        "Who you are",
        "We could not find out who is behind this posting. Please verify your domain on your employer page, or tell us "
        "where we can reach you by phone.",
    ),
    (
        "suspend",
        "Fraud",
        "Postings of yours ask coders for money or for bank and identity details before an offer.",
    ),
    (
        "suspend",
        "Another company's name",
        "Your page uses the name of a company that told us it does not know you.",
    ),
]


def add(apps, schema_editor):
    Reason = apps.get_model("moderation", "Reason")
    at = timezone.now()
    for use, title, text in REASONS:
        Reason.objects.get_or_create(use=use, title=title, defaults={"text": text, "edited_at": at})


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_moderation")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
