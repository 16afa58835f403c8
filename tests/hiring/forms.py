"""What a person types into the posting form."""

COMPLETE = {
    "title": "Orthopedic coder",
    "description": "Code **operative notes** for twelve surgeons.",
    "roles": ["coder"],
    "specialties": ["orthopedics", "spine"],
    "setting": "pro-fee",
    "credentials_required": ["CPC", "COSC"],
    "apprentice": "no",
    "years_min": "2",
    "code_families": "CPT 27, ICD-10-CM M54",
    "software": ["epic"],
    "employment_type": "full-time",
    "schedule": "core",
    "workplace": "remote",
    "remote_states": ["TX", "FL"],
    "city": "",
    "state": "",
    "pay_min": "$2.50",
    "pay_max": "3",
    "pay_unit": "chart",
    "units_per_hour": "12",
    "accuracy_percent": "95",
    "benefits": ["health", "ceu"],
    "apply_by": "site",
    "apply_url": "",
    "apply_email": "",
    "closes_on": "",
}


def typed(**changes: object) -> dict[str, object]:
    """A complete form with some fields typed differently."""
    return COMPLETE | changes


def bare(**fields: object) -> dict[str, object]:
    """A form of which only the title, and what is given, is filled in."""
    return {"title": "Coder", "apprentice": "unstated", "apply_by": "site"} | fields
