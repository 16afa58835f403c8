"""How forms look on every page."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class HouseRenderer(TemplatesSetting):
    """Renders fields with label, help, error and control in our own markup (templates/forms/field.html)."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class Checkboxes(forms.CheckboxSelectMultiple):
    """Django's boxes, in Django's markup, written in one go.

    The search form holds over a hundred; Django renders two templates for each, which costs more than the search.
    """

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 - the signature of a widget
    ) -> SafeString:
        """The boxes as HTML; choices are pairs of value and label, without groups."""
        attributes = self.build_attrs(self.attrs, attrs)
        own_id = attributes.pop("id", "")
        chosen = set(self.format_value(value))
        shared = flatatt(attributes)
        boxes = format_html_join(
            "",
            '<div><label for="{}"><input type="checkbox" name="{}" value="{}" id="{}"{}{}>\n {}</label></div>',
            (
                (f"{own_id}_{number}", name, key, f"{own_id}_{number}", shared, CHECKED[str(key) in chosen], label)
                for number, (key, label) in enumerate(self.choices)
            ),
        )
        return format_html('<div id="{}">{}</div>', own_id, boxes)


class Dropdown(forms.Select):
    """Django's select, in Django's markup, written in one go, for the same reason.

    Where nothing that it offers is chosen, it shows `usual`; a browser would take the first.
    """

    def __init__(self, *args: Any, usual: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 - the signature of a widget
    ) -> SafeString:
        """The select as HTML; choices are pairs of value and label, without groups."""
        chosen = set(self.format_value(value))
        if self.usual and chosen.isdisjoint(str(key) for key, _ in self.choices):
            chosen = {self.usual}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED[str(key) in chosen], label) for key, label in self.choices),
        )
        attributes = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", attributes, options)


CHECKED = {True: SafeString(" checked"), False: SafeString("")}
SELECTED = {True: SafeString(" selected"), False: SafeString("")}
