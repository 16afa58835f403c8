"""The mail desk: staff read it always, everybody on a demonstration that sends nothing outside, nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jobboard.outbox.models import OutgoingMail
from tests.outbox.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings, mail_dir):
    settings.DEMO_MODE, settings.PRODUCTION = True, False


@pytest.fixture
def closed(settings, mail_dir):
    settings.DEMO_MODE = False


@pytest.fixture
def sent(stored):
    mail = stored("Confirm your address")
    OutgoingMail.objects.deliver_next(NOON)
    mail.refresh_from_db()
    return mail


@pytest.fixture
def pages(sent):
    return [reverse("mail_desk"), reverse("mail_message", args=[sent.pk]), reverse("mail_html", args=[sent.pk])]


@pytest.mark.usefixtures("demonstration")
def test_on_a_demonstration_everybody_reads_it(client, pages):
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]


@pytest.mark.usefixtures("closed")
def test_elsewhere_only_staff_read_it(client, pages, staff, coder):
    for page in pages:
        assert client.get(page)["Location"].startswith(reverse("account_login"))
    client.force_login(coder)
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]
    client.force_login(staff)
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]


@pytest.mark.parametrize("change", [{"PRODUCTION": True}, {"MAIL_TO_FILES": False}])
def test_demo_mode_does_not_open_it_in_production_or_with_a_mail_provider(
    client, settings, demonstration, pages, change
):
    for name, value in change.items():
        setattr(settings, name, value)
    assert client.get(pages[0]).status_code == 302


@pytest.mark.usefixtures("demonstration")
def test_the_list_shows_the_newest_first_and_finds_by_subject_and_address(client, stored):
    stored("Your application", at=NOON - timedelta(days=1))
    stored("New jobs for you")
    page = client.get(reverse("mail_desk")).text
    assert page.index("New jobs for you") < page.index("Your application")
    assert "nora@coders.example" in page
    found = client.get(reverse("mail_desk"), {"q": "APPLICATION"}).text
    assert "Your application" in found
    assert "New jobs for you" not in found
    assert "New jobs for you" in client.get(reverse("mail_desk"), {"q": "nora@"}).text
    assert "No message like that" in client.get(reverse("mail_desk"), {"q": "<script>"}).text


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("query", ["page=999999999999999999999", "page=x", "state=nonsense", "q=" + "x" * 10_000])
def test_nonsense_in_the_address_shows_a_page(client, stored, query):
    stored()
    assert client.get(f"{reverse('mail_desk')}?{query}").status_code == 200


@pytest.mark.usefixtures("demonstration")
def test_one_page_asks_few_questions_of_the_database(client, stored, django_assert_max_num_queries):
    for number in range(60):
        stored(f"Message {number}")
    with django_assert_max_num_queries(3):
        page = client.get(reverse("mail_desk")).text
    assert "Page 1 of 2" in page


@pytest.mark.usefixtures("closed")
def test_staff_see_what_waits_and_what_was_given_up(client, staff, stored):
    stored("Waits")
    mail = stored("Cannot be sent")
    OutgoingMail.objects.filter(pk=mail.pk).update(given_up_at=NOON, tries=9, error="SMTPException: no such mailbox")
    client.force_login(staff)
    page = client.get(reverse("mail_desk")).text
    assert "Waiting: 1" in page
    assert "Given up: 1" in page
    given_up = client.get(reverse("mail_desk"), {"state": "given-up"}).text
    assert "Cannot be sent" in given_up
    assert "Waits" not in given_up
    assert "no such mailbox" in client.get(reverse("mail_message", args=[mail.pk])).text


@pytest.mark.usefixtures("demonstration")
def test_one_message_shows_its_headers_and_its_text(client, stored):
    mail = stored(headers={"List-Unsubscribe": "<https://codeharbor.example/alerts/unsubscribe/abc/>"})
    for state in ("waiting", "sent"):
        page = client.get(reverse("mail_message", args=[mail.pk])).text
        assert "List-Unsubscribe" in page, state
        assert "&lt;https://codeharbor.example/alerts/unsubscribe/abc/&gt;" in page, state
        assert "It was received." in page, state
        OutgoingMail.objects.deliver_next(NOON)


@pytest.mark.usefixtures("demonstration")
def test_the_html_can_run_nothing_and_load_nothing(client, sent):
    response = client.get(reverse("mail_html", args=[sent.pk]))
    assert "<p>It was received.</p>" in response.text
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.usefixtures("closed")
def test_mail_for_a_provider_is_shown_to_nobody(client, settings, staff, stored):
    mail = stored()
    settings.MAIL_TO_FILES = False
    client.force_login(staff)
    page = client.get(reverse("mail_message", args=[mail.pk])).text
    assert "is not kept here" in page
    assert "It was received." not in page
    assert client.get(reverse("mail_html", args=[mail.pk])).status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_a_message_whose_file_is_gone_says_so(client, sent, mail_dir):
    (mail_dir / f"{sent.pk}.eml").unlink()
    assert "is not kept here" in client.get(reverse("mail_message", args=[sent.pk])).text


@pytest.mark.usefixtures("demonstration")
def test_an_unknown_message_is_not_found(client):
    for name in ("mail_message", "mail_html"):
        assert client.get(reverse(name, args=["3f2504e0-4f89-41d3-9a0c-0305e82c3301"])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_staff_start_a_given_up_message_again(client, staff, stored, queued, demonstration):
    mail = stored()
    OutgoingMail.objects.filter(pk=mail.pk).update(given_up_at=NOON, tries=9)
    address = reverse("mail_retry", args=[mail.pk])
    assert client.post(address).status_code == 403  # the demonstration is for reading
    client.force_login(staff)
    assert client.get(address).status_code == 405
    assert "tried again" in client.post(address, follow=True).text
    assert queued == [mail.pk]
    assert "was not given up" in client.post(address, follow=True).text
    assert OutgoingMail.objects.waiting().get() == mail
