"""What is said of a code: official descriptors, reference sections, modifiers."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf

from accounts.reader import Tier
from codes.models.code import Code, Heading
from codes.models.dated import Dated
from codes.models.release import Release
from codes.sections import SECTION_CHOICES, SECTION_KINDS, SectionKind
from codes.systems import System


class Worded(Dated):
    """Words that hold for a range of dates. `release` is the last one that stated them.

    Where no older release is loaded, nobody here knows since when they hold, and `valid_from` is empty.
    """

    valid_from = models.DateField(  # type: ignore[assignment]  # may be empty, unlike that of the class above
        null=True, blank=True, help_text="First date of service; empty: not known here."
    )

    class Meta:
        abstract = True


class Descriptor(Worded):
    """The official wording of a code. A licensed one is shown by the rules of its license alone."""

    class Kind(models.TextChoices):
        SHORT = "short", "Short"
        LONG = "long", "Long"

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="descriptors")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    licensed = models.BooleanField(default=False, help_text="Not public domain: kept from every public surface.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "kind", "valid_from"],
                nulls_distinct=False,
                name="descriptor_once_per_kind",
                violation_error_message="This code has such a descriptor already.",
            ),
            Dated.ends_after_it_starts("descriptor_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.code_id}"


class FormerListing(Worded):
    """How releases listed a code before a later one listed it otherwise. How it is listed today stands on the code."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="former_listings")
    title = models.CharField(max_length=300, help_text="The official title.")
    billable = models.BooleanField()
    valid_to = models.DateField(help_text="First date of service it no longer holds for.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_to"], name="former_listing_once"),
            Dated.ends_after_it_starts("former_listing_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} until {self.valid_to}"


class Section(Worded):
    """One block of text on a code or a heading, kept as written and as rendered. Texts of ours have no dates."""

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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "kind", "valid_from"],
                condition=Q(code__isnull=False),
                nulls_distinct=False,
                name="section_once_per_code",
            ),
            models.UniqueConstraint(
                fields=["heading", "kind", "valid_from"],
                condition=Q(heading__isnull=False),
                nulls_distinct=False,
                name="section_once_per_heading",
            ),
            Dated.ends_after_it_starts("section_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(code=None, heading__isnull=False) | Q(code__isnull=False, heading=None),
                name="section_on_code_or_heading",
                violation_error_message="A section belongs to one code or to one heading.",
            ),
            models.CheckConstraint(
                condition=~Q(state="reviewed") | (~Q(reviewer="") & Q(reviewed__isnull=False)),
                name="section_review_is_signed",
                violation_error_message="A reviewed text names its reviewer and the date.",
            ),
            models.CheckConstraint(
                condition=Q(state="official") | (~Q(author="") & Q(written__isnull=False)),
                name="section_of_ours_is_signed",
                violation_error_message="A text of ours names its author and the date it was written.",
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
    """A two-character modifier: our own words on it, and the public-domain wording where a release has one."""

    system = models.CharField(max_length=10, choices=[(System.CPT, "CPT®"), (System.HCPCS, "HCPCS Level II")])
    code = models.CharField(max_length=2)
    own_title = models.CharField(max_length=80, blank=True)
    official_title = models.CharField(max_length=300, blank=True, help_text="Short name in a public-domain release.")
    title = models.GeneratedField(
        expression=Coalesce(NullIf(F("own_title"), Value("")), F("official_title")),
        output_field=models.CharField(max_length=300),
        db_persist=True,
    )
    text = models.TextField(blank=True, help_text="When to use it, in our own words.")
    descriptor = models.TextField(blank=True, help_text="The official wording, of HCPCS Level II alone.")
    ncci = models.BooleanField("NCCI-associated", default=False, help_text="May bypass an edit with indicator 1.")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="First date of service it no longer holds for.")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["system", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="modifier_once"),
            models.CheckConstraint(
                condition=~Q(own_title="") | ~Q(official_title=""),
                name="modifier_has_a_title",
                violation_error_message="A modifier needs a title.",
            ),
            models.CheckConstraint(
                condition=~Q(system=System.CPT) | Q(official_title="", descriptor=""),
                name="cpt_modifier_has_no_official_wording",
                violation_error_message="The official wording of CPT belongs to the AMA and is never kept here.",
            ),
        ]

    def __str__(self) -> str:
        return self.code
