"""Our own texts: from files to tables, and from one version of the files to the next."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from codes.loaders import own_texts
from codes.loaders.outcome import FileRefused, Order, Outcome
from codes.models import Change, Code, Descriptor, Heading, Modifier, Relation, Release, Section
from codes.sections import SECTION_KINDS
from tests.codes import anweb
from tests.codes.conftest import AT, FIXTURES

LATER = AT + timedelta(days=3)


def code(name: str) -> Code:
    return Code.objects.get(code=name)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def test_facts_and_place(own: Outcome) -> None:
    gulls = code("99990")
    assert (gulls.title, gulls.own_title, gulls.official_title) == ("Gull counting", "Gull counting", "")
    assert (gulls.edition, gulls.introduced, gulls.billable) == (2026, 2020, True)
    assert gulls.flags == ["separate-procedure", "time-based"]
    assert (gulls.places, gulls.modifiers) == (["11", "22"], ["LT", "59"])
    assert [heading.title for heading in Heading.objects.filter(system="cpt").order_by("position")] == [
        "Boats",
        "Harbor services",
        "Birds",
    ]
    assert gulls.heading.parent.title == "Harbor services"
    assert code("J9998").unit == "10 mg"


def test_sections_are_rendered_signed_and_safe(own: Outcome) -> None:
    sections = {section.kind: section for section in code("99990").sections.all()}
    assert set(sections) == {slug for slug, kind in SECTION_KINDS.items() if not kind.official}
    clinician = sections["clinician"]
    assert "<em>counts</em>" in clinician.html
    assert "<script" not in clinician.html
    assert (clinician.author, clinician.written, clinician.state) == (
        "Reference desk",
        date(2026, 11, 1),
        "unreviewed",
    )
    reviewed = code("99991").sections.get()
    assert (reviewed.state, reviewed.reviewer, reviewed.reviewed) == (
        "reviewed",
        "Rita Reviewer, CPC",
        date(2026, 10, 15),
    )


def test_codes_that_a_text_names_are_linked(reference: None) -> None:
    section = code("99990").sections.get(kind="common-language")
    assert '<a href="/codes/cpt/99991/">99991</a>' in section.html
    assert '<a href="/codes/icd-10-cm/a00.0/">A00.0</a>' in code("99990").sections.get(kind="crosswalks").html
    assert "/codes/cpt/99990/" not in section.html  # not to itself


def test_our_words_are_never_an_official_descriptor(own: Outcome) -> None:
    assert not Descriptor.objects.exists()
    assert not Code.objects.exclude(official_title="").exists()


def test_relations_name_their_targets(own: Outcome) -> None:
    rows = Relation.objects.filter(code__code="99990").values_list("kind", "target_system", "target_code")
    assert list(rows) == [
        ("crosswalk", "icd-10-cm", "A00.0"),
        ("crosswalk", "icd-10-cm", "B20"),
        ("related", "cpt", "99991"),
        ("related", "cpt", "99999"),
    ]


def test_a_deleted_code_has_its_dates(own: Outcome) -> None:
    assert code("99980").status(date(2026, 1, 1)) == "deleted"


def test_modifiers(own: Outcome) -> None:
    pier = Modifier.objects.get(code="59")
    assert (pier.system, pier.title, pier.ncci, pier.descriptor) == ("cpt", "On another pier", True, "")


def test_the_same_texts_again_change_nothing(own: Outcome, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        again = own_texts.load(LATER, FIXTURES / "content")
    assert not again.fresh
    assert again.release.loaded_at == AT


def test_a_changed_text_is_told_by_its_heading(own: Outcome, content: Path) -> None:
    edit(content / "cpt/99990.md", "Nine gulls", "Ten gulls")
    edit(content / "cpt/99990.md", "Too many gulls", "Far too many gulls")
    outcome = own_texts.load(LATER, content)
    assert outcome.fresh
    assert list(Change.objects.values_list("code__code", "kind", "note")) == [
        ("99990", "texts", "Medical necessity, Examples")
    ]
    assert (code("99990").changed_at, code("99991").changed_at) == (LATER, AT)
    assert "Ten gulls" in code("99990").sections.get(kind="examples").html
    assert set(Section.objects.values_list("release", flat=True)) == {outcome.release.pk}


def test_a_new_text_is_told_as_added(own: Outcome, content: Path) -> None:
    text = (content / "cpt/99991.md").read_text().replace('"99991"', '"99992"')
    (content / "cpt/99992.md").write_text(text)
    own_texts.load(LATER, content)
    assert list(Change.objects.values_list("code__code", "kind", "note")) == [("99992", "added", "")]


def test_a_code_goes_with_its_text_unless_its_owner_lists_it(own: Outcome, content: Path, tmp_path: Path) -> None:
    from codes.loaders import hcpcs_anweb

    hcpcs_anweb.load(anweb.write(tmp_path), Order(AT))
    (content / "cpt/99980.md").unlink()
    (content / "hcpcs/J9998.md").unlink()
    own_texts.load(LATER, content)
    assert not Code.objects.filter(code="99980").exists()
    assert not Heading.objects.filter(title="Boats").exists()
    kept = code("J9998")
    assert (kept.title, kept.unit, kept.gist, kept.places) == ("Seaweed inj", "", "", [])
    assert not kept.sections.exists()


def test_a_modifier_goes_with_its_text_unless_its_owner_lists_it(own: Outcome, content: Path, tmp_path: Path) -> None:
    from codes.loaders import hcpcs_anweb

    hcpcs_anweb.load(anweb.write(tmp_path), Order(AT))
    (content / "modifiers.toml").unlink()
    own_texts.load(LATER, content)
    assert list(Modifier.objects.values_list("code", "title", "text")) == [("LT", "Port side", "")]


def test_going_back_to_an_older_version_loads_it_again(own: Outcome, content: Path) -> None:
    edit(content / "cpt/99990.md", "Nine gulls", "Ten gulls")
    own_texts.load(LATER, content)
    back = own_texts.load(LATER + timedelta(days=1), FIXTURES / "content")
    assert back.fresh
    assert back.release == own.release
    assert Release.objects.current("own-texts") == own.release
    assert "Nine gulls" in code("99990").sections.get(kind="examples").html


def test_one_bad_file_refuses_all_of_them(own: Outcome, content: Path) -> None:
    edit(content / "cpt/99990.md", "Nine gulls", "Ten gulls")
    edit(content / "cpt/99991.md", 'status = "active"', "status = active")
    with pytest.raises(FileRefused, match=r"cpt/99991.md, line 6: not TOML"):
        own_texts.load(LATER, content)
    assert "Nine gulls" in code("99990").sections.get(kind="examples").html


def test_an_empty_folder_is_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="holds no texts"):
        own_texts.load(AT, tmp_path)


def test_the_texts_of_the_project_can_be_loaded(db: None) -> None:
    outcome = own_texts.load(AT)
    assert outcome.fresh
    cpt = {f"{code}" for code in Code.objects.filter(system="cpt").values_list("code", flat=True)}
    assert len(cpt) >= 30
    assert cpt >= {"20670", "20680", "20700", "20705", "99202", "99205", "99211", "99215"}
    assert Code.objects.filter(system="hcpcs").count() >= 120
    assert Modifier.objects.filter(own_title="").count() == 0
