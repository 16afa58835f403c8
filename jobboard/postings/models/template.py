"""A posting kept as a template: its content without its days, under a name, for the whole team."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings import along
from jobboard.postings.models.posting import Posting


class NameTaken(Exception):
    """The team has a template of this name already."""


class TooManyTemplates(Exception):
    """The team keeps as many templates as one may."""


class TemplateQuerySet(models.QuerySet["Template"]):
    """Templates by who may use them."""

    def for_team(self, user: User) -> Self:
        """Those of the employers whose team this person is on."""
        return self.filter(employer__members__user=user)


class Template(models.Model):
    """What a new posting may start from."""

    MOST = 50  # one employer's

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="templates")
    name = models.CharField(max_length=80)
    content = models.JSONField(encoder=DjangoJSONEncoder, help_text="See Posting.content(); amounts are strings.")
    along = models.JSONField(default=dict, blank=True, help_text="What higher apps keep beside it; see along.of().")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[TemplateQuerySet] = TemplateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "name"],
                name="template_named_once",
                violation_error_message="You have a template of this name.",
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""), name="template_named", violation_error_message="Give it a name."
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, posting: Posting, name: str, at: datetime, by: User) -> "Template":
        """Store a posting's content under a name, with what goes along. Raises NameTaken or TooManyTemplates."""
        template = cls(employer=posting.employer, name=name, content=posting.content(), created_by=by, created_at=at)
        template.along = along.of(posting)
        with transaction.atomic():
            Employer.objects.select_for_update().get(pk=posting.employer_id)  # against parallel ones past the limit
            if cls.objects.filter(employer=posting.employer_id).count() >= cls.MOST:
                raise TooManyTemplates
            template._store()
        return template

    def rename(self, name: str) -> None:
        """Give it another name. Raises NameTaken."""
        self.name = name
        self._store("name")

    def start(self, at: datetime, by: User) -> Posting:
        """A new draft with its content. What the product no longer knows is left out."""
        posting = Posting(employer=self.employer, **self._known())
        with transaction.atomic():
            posting.save_draft(at, by)
            along.give(posting, self.along)
            Template.objects.filter(pk=self.pk).update(used_at=at)
        return posting

    @property
    def title(self) -> str:
        """The title of the posting it was made from."""
        return str(self.content.get("title", ""))

    def _known(self) -> dict[str, Any]:
        columns = {column.name: column for column in Posting._meta.concrete_fields if column.name in Posting.CONTENT}
        return {name: columns[name].to_python(value) for name, value in self.content.items() if name in columns}

    def _store(self, *columns: str) -> None:
        try:
            with transaction.atomic():
                self.save(update_fields=columns or None)
        except IntegrityError as error:
            if "template_named_once" not in str(error):
                raise
            raise NameTaken from None
