"""What htmx is told where it asked for a part and gets another page: sign in again, or a refusal."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_part_of_a_page_leads_to_sign_in_and_back_to_the_page(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/hiring/applicants/?sort=stars"}
    response = client.post("/hiring/applications/1/state/", headers=headers)
    assert response["HX-Redirect"] == "/accounts/login/?next=%2Fhiring%2Fapplicants%2F%3Fsort%3Dstars"
    assert b"<form" not in response.content


def test_a_page_of_another_site_is_no_way_back(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/x"}
    response = client.post("/hiring/applications/1/state/", headers=headers)
    assert "evil" not in response["HX-Redirect"]
    assert response["HX-Redirect"].startswith("/accounts/login/?next=/hiring/")


def test_without_htmx_it_is_a_redirect(client):
    response = client.post("/hiring/applications/1/state/")
    assert response.status_code == 302
    assert "HX-Redirect" not in response


def test_other_redirects_stay_as_they_are(client):
    response = client.get("/hiring", headers={"HX-Request": "true"})
    assert response.status_code == 301


def test_a_page_that_refuses_takes_the_place_of_the_whole_page(client):
    response = client.get("/jobs/999999-gone/", headers={"HX-Request": "true", "HX-Target": "results"})
    assert response.status_code == 404
    assert (response["HX-Retarget"], response["HX-Reswap"], response["HX-Reselect"]) == ("body", "innerHTML", "unset")


def test_a_part_with_a_complaint_stays_a_part(client):
    headers = {"HX-Request": "true", "HX-Target": "results"}
    response = client.get("/jobs/?pay=much", headers=headers)
    assert response.status_code == 400
    assert "HX-Retarget" not in response
