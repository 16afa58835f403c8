"""One address for each code, however it is written; what is not a code is a helpful 404."""

import pytest
from django.test import Client

from accounts.models import CodeView


@pytest.mark.parametrize(
    ("asked", "one_form"),
    [
        ("/codes/cpt/99990", "/codes/cpt/99990/"),
        ("/codes/CPT/99990/", "/codes/cpt/99990/"),
        ("/codes/hcpcs/J9998/", "/codes/hcpcs/j9998/"),
        ("/codes/HCPCS/J9998", "/codes/hcpcs/j9998/"),
        ("/codes/icd-10-cm/A00.0/", "/codes/icd-10-cm/a00.0/"),
        ("/codes/icd-10-cm/a000/", "/codes/icd-10-cm/a00.0/"),
        ("/codes/ICD-10-CM/A000", "/codes/icd-10-cm/a00.0/"),
        ("/codes/icd-10-cm/a100xxa/", "/codes/icd-10-cm/a10.0xxa/"),
        ("/codes/icd-10-cm/a.0.0.0/", "/codes/icd-10-cm/a00.0/"),
        ("/codes/icd-10-cm/%20A00.0/", "/codes/icd-10-cm/a00.0/"),
    ],
)
def test_every_way_of_writing_leads_to_one_address_in_one_step(
    client: Client, reference: None, asked: str, one_form: str
) -> None:
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, one_form)
    assert client.get(one_form).status_code == 200


@pytest.mark.parametrize("path", ["/codes/cpt/99990/", "/codes/hcpcs/j9998/", "/codes/icd-10-cm/a00.0/"])
def test_the_one_form_is_not_redirected(client: Client, reference: None, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/codes/CPT/", "/codes/cpt/"),
        ("/codes/icd-10-cm/chapters/A00-A09/", "/codes/icd-10-cm/chapters/a00-a09/"),
        ("/codes/ICD-10-CM/chapters/1/", "/codes/icd-10-cm/chapters/1/"),
    ],
)
def test_browse_addresses_have_one_form_too(client: Client, reference: None, path: str, where: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (301, where)


@pytest.mark.parametrize(
    "path",
    [
        "/codes/snomed/",
        "/codes/snomed/12345/",
        "/codes/snomed/changes.atom",
        "/codes/snomed/12345/changes.atom",
        "/codes/cpt/00000/changes.atom",
        "/codes/icd-10-cm/chapters/none/",
        "/codes/snomed/chapters/1/",
    ],
)
def test_what_does_not_exist_is_404(client: Client, reference: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_unknown_code_offers_search_and_what_is_near(client: Client, reference: None) -> None:
    response = client.get("/codes/icd-10-cm/a00.5/")
    assert response.status_code == 404
    assert "There is no ICD-10-CM code “A00.5” here" in response.text
    assert 'value="A00.5"' in response.text
    for near in ("/codes/icd-10-cm/a00.0/", "/codes/icd-10-cm/a00.9/", "/codes/icd-10-cm/a10/"):
        assert f'href="{near}"' in response.text
    assert not CodeView.objects.exists()


def test_a_code_of_another_system_is_offered(client: Client, reference: None) -> None:
    response = client.get("/codes/cpt/j9998/")
    assert response.status_code == 404
    assert "It is a code of another system" in response.text
    assert 'href="/codes/hcpcs/j9998/"' in response.text


@pytest.mark.parametrize(
    "written",
    [
        "x" * 10_000,
        "%F0%9F%92%A9",
        "..",
        "%3Cscript%3E",
        "99990%27%20OR%201=1",
        "٢٠٦٧٠",
        "-1",
        "a" * 300,
        "%25",
        "%E2%80%8B",
    ],
)
def test_nonsense_is_404_and_escaped(client: Client, reference: None, written: str) -> None:
    response = client.get(f"/codes/cpt/{written}/")
    assert response.status_code == 404
    assert "<script>" not in response.text


def test_nul_in_an_address_is_400(client: Client, reference: None) -> None:
    assert client.get("/codes/cpt/99%00990/").status_code == 400


def test_a_path_in_a_path_is_404(client: Client, reference: None) -> None:
    assert client.get("/codes/cpt/99990/more/").status_code == 404
