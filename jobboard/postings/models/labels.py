"""The words of a stored choice, at the price of looking in a dictionary."""

from functools import cache

from django.db import models


@cache
def _labels(field: models.Field) -> dict[object, str]:
    return {value: str(label) for value, label in field.flatchoices}


class Labelled(models.Model):
    """A model whose `get_..._display` are quick: Django writes the dictionary of choices anew for every call."""

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: models.Field) -> str:  # noqa: N802 - Django's name for what it calls
        value = getattr(self, field.attname)
        return _labels(field).get(value, value)
