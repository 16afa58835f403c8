"""What is said of a code: official descriptors, reference sections, modifiers."""

from django.db import models
from django.db.models import Q

from accounts.reader import Tier
from codes.models.code import Code, Heading
from codes.models.release import Release
from codes.sections import SECTION_CHOICES, SECTION_KINDS, SectionKind
from codes.systems import System


class Descriptor(models.Model):
    """The official wording of a code in one release. A licensed one is shown by the rules of its license alone."""

    class Kind(models.TextChoices):
        SHORT = "short", "Short"
        LONG = "long", "Long"

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="descriptors")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    licensed = models.BooleanField(default=False, help_text="Not public domain: kept from every public surface.")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "kind"], name="descriptor_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.code_id}"


class Section(models.Model):
    """One block of text on a code or a heading, kept as written and as rendered."""

    class State(models.TextChoices):
        OFFICIAL = "official", "Official text"
        UNREVIEWED = "unreviewed", "Unreviewed: no certified coder has checked this text yet"
        REVIEWED = "reviewed", "Reviewed by a certified coder"

    code = models.ForeignKey(Code, on_delete=models.CASCADE, null=True, blank=True, related_name="sections")
    heading = models.ForeignKey(Heading, on_delete=models.CASCADE, null=True, blank=True, related_name="sections")
    kind = models.CharField(max_length=30, choices=SECTION_CHOICES)
    text = models.TextField(help_text="Markdown, or one line per note of a code set.")
    html = models.TextField(help_text="Rendered and cleaned when stored.")
    author = models.CharField(max_length=80, blank=True)
    written = models.DateField(null=True, blank=True)
    reviewer = models.CharField(max_length=80, blank=True)
    reviewed = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "kind"], name="section_once_per_code"),
            models.UniqueConstraint(fields=["heading", "kind"], name="section_once_per_heading"),
            models.CheckConstraint(
                condition=Q(code=None, heading__isnull=False) | Q(code__isnull=False, heading=None),
                name="section_on_code_or_heading",
            ),
            models.CheckConstraint(
                condition=~Q(state="reviewed") | (~Q(reviewer="") & Q(reviewed__isnull=False)),
                name="section_review_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.code_id or self.heading_id}"

    @property
    def about(self) -> SectionKind:
        """Heading, lock and teaser of its kind."""
        return SECTION_KINDS[self.kind]

    @property
    def tier(self) -> Tier:
        """The tier that opens it."""
        return self.about.tier


class Modifier(models.Model):
    """A two-character modifier, in our own words."""

    system = models.CharField(max_length=10, choices=[(System.CPT, "CPT®"), (System.HCPCS, "HCPCS Level II")])
    code = models.CharField(max_length=2, unique=True)
    title = models.CharField(max_length=80)
    text = models.TextField()
    ncci = models.BooleanField("NCCI-associated", default=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["system", "code"]

    def __str__(self) -> str:
        return self.code
