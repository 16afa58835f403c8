"""The search form of the code reference."""

from django import forms

from codes.search import LONGEST_QUERY
from codes.systems import System


class CodeSearchForm(forms.Form):
    """A code or words, in all systems or one."""

    q = forms.CharField(label="Code or words", max_length=LONGEST_QUERY, required=False)
    system = forms.ChoiceField(label="Code system", choices=[("", "All systems"), *System.choices], required=False)
