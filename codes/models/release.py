"""Where each row of the reference came from."""

from django.db import models


class Release(models.Model):
    """One file of one dataset, as loaded: the provenance that a page names under each block."""

    dataset = models.SlugField(max_length=40, help_text="What it holds, such as icd-10-cm, hcpcs, own-texts.")
    version = models.CharField(max_length=40, help_text="As its owner names it, such as FY2026 April.")
    title = models.CharField(max_length=120, help_text="As shown to readers.")
    owner = models.CharField(max_length=120)
    effective = models.DateField()
    file_name = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    rows = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0, help_text="Lines that were left out, and why is in the log.")
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["dataset", "-effective"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "checksum"], name="release_loaded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"
