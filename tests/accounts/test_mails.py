"""Every mail that django-allauth sends is ours: a subject, plain text and HTML, and the same facts in both."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.conf import settings
from django.core import mail
from django.utils import timezone

from tests.accounts.conftest import request_of

pytestmark = pytest.mark.django_db

THEIRS = Path(allauth.__file__).parent / "templates"
SWITCHED_OFF = {"login_code", "password_reset_code"}  # we sign in and reset by link, not by code
FACTS = {
    "link": "http://testserver/me/address/KEY/",
    "old": "old@example.com",
    "activate_url": "http://testserver/accounts/confirm-email/KEY/",
    "password_reset_url": "http://testserver/accounts/password/reset/key/KEY/",
    "signup_url": "http://testserver/accounts/signup/",
    "from_email": "old@example.com",
    "to_email": "new@example.com",
    "deleted_email": "gone@example.com",
    "provider": "Google",
    "ip": "203.0.113.7",
    "user_agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36",
}
MAILS = sorted(
    str(path.relative_to(THEIRS)).removesuffix("_subject.txt")
    for path in THEIRS.rglob("email/*_subject.txt")
    if path.name.removesuffix("_subject.txt") not in SWITCHED_OFF
)


@pytest.mark.parametrize("name", ["account/email/address_change", *MAILS])
def test_each_mail(ann, name):
    ann.name = "Ann <O'Brien> & Co"
    request = request_of(user=ann)

    with context.request_context(request):
        get_adapter().send_mail(name, ann.email, FACTS | {"user": ann, "timestamp": timezone.now()})

    (message,) = mail.outbox
    (html,) = [part for part, kind in message.alternatives if kind == "text/html"]
    assert len(message.subject) < 60
    assert settings.SITE_NAME in message.body
    for part in (message.body, str(html)):
        assert "{{" not in part
        assert "current_site" not in part
    links = re.findall(r"http://\S+", message.body)
    assert links, "every mail says what one can do"
    assert set(links) <= set(re.findall(r'http://[^"<\s]+', str(html))), "both parts lead to the same places"
    assert "&amp;" not in message.body
    assert "&#" not in message.body


def test_a_notice_says_where_the_change_came_from(ann):
    with context.request_context(request_of(user=ann)):
        get_adapter().send_mail("account/email/password_changed", ann.email, FACTS | {"timestamp": timezone.now()})

    (message,) = mail.outbox
    assert "From the address 203.0.113.7, by Chrome on Windows, on " in message.body
    assert f"{settings.SITE_URL}/accounts/password/reset/" in message.body
