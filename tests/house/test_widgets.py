"""Our boxes and selects are Django's own, only faster."""

import pytest
from django import forms
from django.test.html import parse_html

from jobboard.forms import Checkboxes, Dropdown

CHOICES = [("a", "First"), ("b", 'Sec"ond <b>'), (3, "Third")]


@pytest.mark.parametrize("value", [[], ["a"], ["b", "3"], None])
@pytest.mark.parametrize("attrs", [{"id": "id_x"}, {"id": "id_x", "aria-invalid": "true", "class": "wide"}])
def test_the_boxes_are_the_same(value: list[str] | None, attrs: dict[str, str]) -> None:
    ours = Checkboxes(choices=CHOICES).render("x", value, attrs)
    theirs = forms.CheckboxSelectMultiple(choices=CHOICES).render("x", value, attrs)
    # Django repeats the class on the outer box; nothing else differs.
    assert parse_html(ours) == parse_html(theirs.replace('<div id="id_x" class="wide">', '<div id="id_x">'))


@pytest.mark.parametrize("value", ["", "a", "b", "3", None, "x"])
def test_the_select_is_the_same(value: str | None) -> None:
    choices = [("", "Any"), *CHOICES]
    attrs = {"id": "id_x", "aria-invalid": "true"}
    ours = Dropdown(choices=choices).render("x", value, attrs)
    assert parse_html(ours) == parse_html(forms.Select(choices=choices).render("x", value, attrs))
