"""Who deletes the account is in no mail that is kept, sent or waiting."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from accounts.models import User
from jobboard.outbox.models import OutgoingMail
from tests.outbox.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_dir")]


def test_mail_to_and_about_a_person_goes_with_the_account() -> None:
    nora = User.objects.create_user("nora@coders.example", "long enough a word", name="Nora Vance")

    def write(subject: str, to: str) -> OutgoingMail:
        return OutgoingMail.objects.store(EmailMessage(subject, "Read it there.", to=[to]), NOON)

    write("Sent: your application", "Nora@coders.example").hand_over(NOON)
    write("Your answer was not taken in", "Nora Vance <nora@coders.example>")
    write("Nora Vance applied: Spine coder", "rex@harbor.example").hand_over(NOON)
    given_up = write("Nora Vance wrote: Spine coder", "rex@harbor.example")
    OutgoingMail.objects.filter(pk=given_up.pk).update(given_up_at=NOON + timedelta(days=3))
    write("Sent: your application", "eleonora@coders.example").hand_over(NOON)
    write("Nora Vancer applied: Spine coder", "rex@harbor.example")

    nora.delete()

    left = OutgoingMail.objects.order_by("subject").values_list("subject", "recipients")
    assert list(left) == [
        ("Nora Vancer applied: Spine coder", "rex@harbor.example"),
        ("Sent: your application", "eleonora@coders.example"),
    ]
