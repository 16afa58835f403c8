"""A posting as schema.org JobPosting, for search engines. It says what the page says and nothing else.

Rules: Google's structured data documentation for job postings. Dates are those that the page names. Fully remote work
is TELECOMMUTE with `applicantLocationRequirements`; there is no unit for pay per chart, so such pay is given as the
hourly estimate that the page shows, or left out.
"""

import json
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from jobboard.postings.models.last_day import LAST_DAY_ZONE
from jobboard.postings.models.pay import CENT, COUNTED_UNITS
from jobboard.postings.vocabulary import ApplyBy, EmploymentType, PayUnit, Workplace
from jobboard.postings.words import labels, posted

EMPLOYMENT_TYPES = {
    EmploymentType.FULL_TIME: "FULL_TIME",
    EmploymentType.PART_TIME: "PART_TIME",
    EmploymentType.PER_DIEM: "PER_DIEM",
    EmploymentType.CONTRACT: "CONTRACTOR",
    EmploymentType.TEMPORARY: "TEMPORARY",
    EmploymentType.TEMP_TO_HIRE: "TEMPORARY",
    EmploymentType.INTERNSHIP: "INTERN",
}
PAY_UNITS = {PayUnit.HOUR: "HOUR", PayUnit.DAY: "DAY", PayUnit.YEAR: "YEAR"}
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}  # nothing in it can end the script


def job_posting(posting: Posting) -> dict[str, object]:
    """The facts of a live posting in the words of schema.org. Keys without a value are left out."""
    since = posted(posting)
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title,
        "description": posting.description_html,
        "identifier": {"@type": "PropertyValue", "name": posting.employer.name, "value": str(posting.pk)},
        "url": f"{settings.SITE_URL}{posting.get_absolute_url()}",
        "datePosted": since and since.isoformat(timespec="seconds"),
        "validThrough": _last_second(posting),
        "employmentType": EMPLOYMENT_TYPES.get(EmploymentType(posting.employment_type)),
        "hiringOrganization": _organization(posting.employer),
        **_place(posting),
        "baseSalary": _salary(posting),
        "experienceRequirements": _experience(posting),
        "jobBenefits": ", ".join(labels(posting, "benefits")),
        "directApply": posting.apply_by == ApplyBy.SITE,
    }
    return {name: value for name, value in facts.items() if value not in (None, "")}


def block(facts: dict[str, object]) -> SafeString:
    """JSON that can stand inside a script element of HTML, whatever the texts in it hold."""
    return mark_safe(json.dumps(facts).translate(_ESCAPES))


def _last_second(posting: Posting) -> str | None:
    """The end of the last day that the page names, written so that its date is that day."""
    if posting.expires_at is None:
        return None
    return (posting.expires_at - timedelta(seconds=1)).astimezone(LAST_DAY_ZONE).isoformat(timespec="seconds")


def _organization(employer: Employer) -> dict[str, str]:
    facts = {"@type": "Organization", "name": employer.name}
    return facts | {"sameAs": employer.website} if employer.website else facts


def _place(posting: Posting) -> dict[str, object]:
    """Where a candidate may live for remote work, or where other work is done."""
    if posting.workplace != Workplace.REMOTE:
        address = {
            "@type": "PostalAddress",
            "addressLocality": posting.city,
            "addressRegion": posting.state,
            "addressCountry": "US",
        }
        return {"jobLocation": {"@type": "Place", "address": address}}
    states = [{"@type": "State", "name": f"{name}, USA"} for name in labels(posting, "remote_states")]
    country = {"@type": "Country", "name": "USA"}
    return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": states or country}


def _salary(posting: Posting) -> dict[str, object] | None:
    """Pay in a unit that JobPosting has; by the chart, the estimated hour that the page shows with its arithmetic."""
    unit = PAY_UNITS.get(PayUnit(posting.pay_unit)) if posting.pay_unit else None
    lowest, highest = posting.pay_min, posting.pay_max
    if posting.pay_unit in COUNTED_UNITS and posting.units_per_hour:
        unit = "HOUR"
        lowest, highest = (amount and amount * posting.units_per_hour for amount in (lowest, highest))
    if unit is None or (lowest, highest) == (None, None):
        return None
    amounts = {"value": lowest} if lowest == highest else {"minValue": lowest, "maxValue": highest}
    value = {name: _number(amount) for name, amount in amounts.items() if amount is not None}
    quantity = {"@type": "QuantitativeValue", **value, "unitText": unit}
    return {"@type": "MonetaryAmount", "currency": posting.pay_currency, "value": quantity}


def _number(amount: Decimal) -> float:
    return float(amount.quantize(CENT, ROUND_HALF_UP))


def _experience(posting: Posting) -> dict[str, object] | None:
    if not posting.years_min:
        return None
    return {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": posting.years_min * 12}
