"""The code systems: how each writes its codes, and what may be shown of it."""

import re
from dataclasses import dataclass

from django.db import models


class System(models.TextChoices):
    """A code system; the value is its name in addresses and in the database."""

    CPT = "cpt", "CPT®"
    HCPCS = "hcpcs", "HCPCS Level II"
    ICD10CM = "icd-10-cm", "ICD-10-CM"

    @property
    def rules(self) -> "SystemRules":
        """How this system writes codes, and whose they are."""
        return RULES[self]

    def normalize(self, written: str) -> str | None:
        """The one form of a code in this system, from any case, dotted or not; None if it cannot be one.

        >>> System.ICD10CM.normalize("m5450")
        'M54.50'
        """
        bare = re.sub(r"[\s.]", "", written).upper()
        return self.dotted(bare) if self.rules.pattern.fullmatch(bare) else None

    def dotted(self, bare: str) -> str:
        """A code, or the start of one, with the dot that this system writes after the third character."""
        return f"{bare[:3]}.{bare[3:]}" if self is System.ICD10CM and len(bare) > 3 else bare


@dataclass(frozen=True)
class SystemRules:
    """Facts of a code system that do not change with a release."""

    owner: str
    pattern: re.Pattern[str]  # of a code without its dot, in upper case
    public_domain: bool  # whether the official descriptors may be shown to everyone
    titles_official: bool  # whether the titles in lists are the code set's own wording, in full
    about: str  # one sentence for the browse page
    rights: str = ""  # what every page with its codes must say; `year` is for the notice to fill in

    def notice(self, edition: int) -> str:
        """What a page with codes of an edition must say. An edition carries the copyright of the year before."""
        return self.rights.format(year=edition - 1)


RULES = {
    System.CPT: SystemRules(
        owner="American Medical Association",
        pattern=re.compile(r"[0-9]{4}[0-9A-Z]"),
        public_domain=False,
        titles_official=False,
        about="Procedures and services as reported by physicians and other clinicians.",
        rights=(
            "CPT copyright {year} American Medical Association. All rights reserved. "
            "CPT is a registered trademark of the American Medical Association."
        ),
    ),
    System.HCPCS: SystemRules(
        owner="Centers for Medicare & Medicaid Services",
        pattern=re.compile(r"[A-CE-V][0-9]{4}"),  # D codes belong to the American Dental Association and are left out
        public_domain=True,
        titles_official=False,
        about="Drugs, supplies, equipment, transport and services that CPT does not cover.",
    ),
    System.ICD10CM: SystemRules(
        owner="National Center for Health Statistics",
        pattern=re.compile(r"[A-Z][0-9A][0-9A-Z][0-9A-Z]{0,4}"),  # a letter in second place: category QA0, since 2026
        public_domain=True,
        titles_official=True,
        about="Diagnoses, injuries and other reasons for care in the United States.",
    ),
}

# Our own names for the letter groups of HCPCS Level II.
HCPCS_GROUPS = {
    "A": "Transport, supplies and radiopharmaceuticals (A codes)",
    "B": "Enteral and parenteral nutrition (B codes)",
    "C": "Hospital outpatient devices and services (C codes)",
    "E": "Durable medical equipment (E codes)",
    "G": "Procedures and professional services (G codes)",
    "H": "Behavioral health and substance use services (H codes)",
    "J": "Drugs administered other than orally (J codes)",
    "K": "Equipment coded for DME contractors (K codes)",
    "L": "Orthotics and prosthetics (L codes)",
    "M": "Medical services and quality reporting (M codes)",
    "P": "Pathology, laboratory and blood products (P codes)",
    "Q": "Temporary and miscellaneous services (Q codes)",
    "R": "Portable diagnostic radiology (R codes)",
    "S": "Private payer services (S codes)",
    "T": "Medicaid services (T codes)",
    "U": "Laboratory tests for new infections (U codes)",
    "V": "Vision, hearing and speech services (V codes)",
}
