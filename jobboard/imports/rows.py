"""The form of a posting that comes from a file or over the API: the one that people fill in, and two columns more."""

from collections.abc import Mapping
from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from jobboard.postings.forms import PostingForm
from jobboard.postings.models import Posting
from jobboard.postings.models.posting import REFERENCE
from jobboard.postings.vocabulary import OUTCOME_CHOICES


class RowForm(PostingForm):
    """A posting by its employer's reference. Every rule is that of the form and of the model."""

    reference = forms.CharField(
        max_length=60,
        validators=[REFERENCE],
        label="Your reference",
        help_text="What your own system calls the posting, such as a requisition number. The same reference is the "
        "same posting, for good: use another one to hire again.",
    )
    outcome = forms.ChoiceField(
        choices=[("", ""), *OUTCOME_CHOICES],
        required=False,
        label="Closed, with what outcome",
        help_text="Closes the posting. Leave it empty for a posting that stays open.",
    )
    field_order = ("reference",)

    class Meta(PostingForm.Meta):
        fields = ("reference", *PostingForm.Meta.fields)

    def read(self, values: Mapping[str, Any]) -> bool:
        """Take values for some fields; the others stay as they are. Returns whether all is well."""
        self.data = {name: self[name].value() for name in self.fields if name != "outcome"} | dict(values)
        self.is_bound = True
        return self.is_valid()

    def validate_constraints(self) -> None:
        """One query where all of them hold, instead of one for each; only a row that breaks one asks which.

        The one on the reference is left out: rows are matched by it.
        """
        if self.instance.submitted_at:
            self.refuse(self.instance.missing(self.at))
        try:
            _all_checks().validate(Posting, self.instance)
        except ValidationError:
            super().validate_constraints()


def _all_checks() -> CheckConstraint:
    checks = [each for each in Posting._meta.constraints if isinstance(each, CheckConstraint)]
    return CheckConstraint(condition=reduce(and_, (check.condition for check in checks)), name="every_check")
