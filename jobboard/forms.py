"""How forms look on every page."""

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Renders fields with label, help, error and control in our own markup (templates/forms/field.html)."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
