"""The texts a team writes to candidates from: who keeps them, how they look as a mail, and two who change one."""

import pytest
from django.core import mail
from django.urls import reverse

from jobboard.applications.models import MailTemplate
from tests.applications.conftest import NOON

pytestmark = pytest.mark.django_db

FIELDS = {"name": "Second talk", "state": "interview", "subject": "Talk, {name}?", "text": "{employer} likes you."}


@pytest.fixture
def template(harbor, olga):
    kept = MailTemplate(employer=harbor, **FIELDS)
    kept.keep(NOON, olga)
    return kept


def listed(employer):
    return reverse("mail_templates", args=[employer.pk])


def new(employer):
    return reverse("mail_template_new", args=[employer.pk])


def address(template):
    return reverse("mail_template", args=[template.pk])


def remove(template):
    return reverse("mail_template_remove", args=[template.pk])


def test_a_recruiter_writes_one_and_it_begins_the_mail_for_its_step(as_, rex, harbor, application):
    page = as_(rex).post(new(harbor), FIELDS, follow=True)
    assert "The template “Second talk” is kept." in page.text
    assert "by Rex Hale" in page.text
    move = reverse("hiring_application_state", args=[application.pk])
    form = as_(rex).post(move, {"state": "interview", "seen": "new", "tell": "on"}).context["form"]
    assert form["text"].value() == "Harbor Health likes you."


def test_looking_shows_the_mail_as_an_applicant_gets_it_and_keeps_nothing(as_, rex, harbor, application, ben, send):
    send(ben)
    page = as_(rex).post(new(harbor), FIELDS | {"look": "1", "reader": application.pk}).text
    assert "Talk, Nora Vance?" in page
    assert "Harbor Health likes you." in page
    assert "is now &quot;Interview&quot;" in page
    assert "nora@coders.example" in page
    assert "Second talk" in page  # what was typed is still there
    assert not MailTemplate.objects.exists()


def test_what_is_shown_is_what_is_sent(as_, rex, harbor, template, application):
    data = {"name": "x", "state": "interview", "subject": "Hi {name}", "text": "See {posting}.", "look": "1"}
    shown = as_(rex).post(address(template), data).context["mail"]
    mail.outbox.clear()
    move = reverse("hiring_application_state", args=[application.pk])
    words = {"subject": "Hi Nora Vance", "text": "See Spine surgery coder."}
    as_(rex).post(move, {"state": "interview", "seen": "new", "tell": "on", "sure": "on", **words})
    assert (mail.outbox[0].subject, mail.outbox[0].body) == tuple(shown)


def test_before_anybody_applied_an_invented_reader_is_shown(as_, rex, harbor):
    page = as_(rex).post(new(harbor), FIELDS | {"look": "1"}).text
    assert "Talk, Robin Reyes?" in page
    assert "this candidate is invented" in page


def test_an_applicant_of_another_employer_is_nobody_s_reader(as_, rita, application):
    (place,) = rita.employer_roles.all()
    page = as_(rita).post(new(place.employer), FIELDS | {"look": "1", "reader": application.pk}).text
    assert "Nora" not in page
    assert "nora@coders.example" not in page


def test_htmx_gets_the_mail_alone(as_, rex, harbor):
    headers = {"HX-Request": "true", "HX-Target": "shown"}
    page = as_(rex).post(new(harbor), FIELDS | {"look": "1"}, headers=headers).text
    assert "Talk, Robin Reyes?" in page
    assert "<form" not in page


def test_our_text_for_a_step_is_where_a_team_may_start(as_, rex, harbor):
    assert f"{new(harbor)}?state=declined" in as_(rex).get(listed(harbor)).text
    page = as_(rex).get(f"{new(harbor)}?state=declined")
    assert "going on with other candidates" in " ".join(page.context["form"]["text"].value().split())


@pytest.mark.parametrize("state", ["king", "new", "%00"])
def test_an_unknown_step_in_the_address_starts_from_nothing(as_, rex, harbor, state):
    page = as_(rex).get(f"{new(harbor)}?state={state}")
    assert page.status_code in (200, 400)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": "Dear {nmae}"}, "“{nmae}” is no placeholder"),
        ({"subject": "Hi {"}, "“{” is no placeholder"),
        ({"name": ""}, "This field is required"),
        ({"state": "king"}, "Select a valid choice"),
        ({"text": "x" * 5_001}, "at most 5000 characters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_, rex, harbor, wrong, words):
    page = as_(rex).post(new(harbor), FIELDS | wrong)
    assert page.status_code == 422
    assert words in page.text
    assert page.context["form"]["text"].value() == (FIELDS | wrong)["text"]
    assert not MailTemplate.objects.exists()


def test_one_name_and_one_step_is_one_template(as_, rex, harbor, template):
    page = as_(rex).post(new(harbor), FIELDS)
    assert page.status_code == 422
    assert "There is a template of this name" in page.text
    assert "Another template begins the mail for this step" in page.text


def test_a_team_keeps_a_bounded_number(as_, rex, harbor):
    many = [MailTemplate(employer=harbor, name=f"t{n}", subject="s", text="t") for n in range(MailTemplate.MOST)]
    MailTemplate.objects.bulk_create(many)
    page = as_(rex).post(new(harbor), FIELDS)
    assert page.status_code == 422
    assert "keeps 50 templates" in page.text


def test_changing_one(as_, rex, template):
    seen = as_(rex).get(address(template)).context["form"]["seen"].value()
    as_(rex).post(address(template), FIELDS | {"text": "New words.", "seen": seen})
    template.refresh_from_db()
    assert (template.text, template.edited_by) == ("New words.", rex)


def test_who_comes_second_overwrites_nothing_unseen(as_, rex, olga, template):
    as_(olga).post(address(template), FIELDS | {"text": "Olga's words.", "seen": 1})
    page = as_(rex).post(address(template), FIELDS | {"text": "Rex's words.", "seen": 1})
    assert page.status_code == 409
    assert "A colleague changed this template" in page.text
    assert "Rex&#x27;s words." in page.text
    template.refresh_from_db()
    assert template.text == "Olga's words."
    as_(rex).post(address(template), FIELDS | {"text": "Rex's words.", "seen": page.context["form"]["seen"].value()})
    template.refresh_from_db()
    assert template.text == "Rex's words."


def test_removing_one_takes_a_post(as_, rex, template):
    assert as_(rex).get(remove(template)).status_code == 405
    as_(rex).post(remove(template))
    assert not MailTemplate.objects.exists()
    assert as_(rex).post(remove(template)).status_code == 404


def test_a_viewer_reads_and_changes_nothing(as_, vic, harbor, template):
    page = as_(vic).get(listed(harbor)).text
    assert "Second talk" in page
    assert address(template) not in page
    assert new(harbor) not in page
    for path in (new(harbor), address(template)):
        assert as_(vic).get(path).status_code == 403
        assert as_(vic).post(path, FIELDS).status_code == 403
    assert as_(vic).post(remove(template)).status_code == 403
    assert MailTemplate.objects.count() == 1


def test_others_do_not_even_learn_of_it(client, as_, rita, nora, harbor, template):
    assert client.get(listed(harbor))["Location"].startswith(reverse("account_login"))
    for stranger in (rita, nora):
        for path in (listed(harbor), new(harbor), address(template)):
            assert as_(stranger).get(path).status_code == 404
        assert as_(stranger).post(remove(template)).status_code == 404
    assert MailTemplate.objects.count() == 1


def test_a_suspended_employer_changes_none(as_, olga, harbor, template):
    harbor.suspend(NOON)
    assert as_(olga).post(address(template), FIELDS).status_code == 403
