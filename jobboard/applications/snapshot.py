"""What is kept of a profile and a posting when somebody applies: their words at that moment, not references."""

from typing import Any

from accounts.models import Profile, User
from accounts.vocabulary import SOFTWARE_CHOICES, SPECIALTY_CHOICES
from jobboard.postings.models import Posting
from jobboard.postings.words import credentials, labels, listing, open_to


def of_profile(user: User) -> dict[str, Any]:
    """A person's profile in words: headline, place, years, credentials, work, specialties, software; {} if untold."""
    profile = Profile.objects.prefetch_related("credentials", "experience").filter(user=user).first()
    if profile is None:
        return {}
    return {
        "headline": profile.headline,
        "place": profile.place,
        "years": profile.years,
        "credentials": [
            {
                "abbreviation": held.abbreviation,
                "name": held.kind.name,
                "body": held.kind.body,
                "member_number": held.member_number,
                "earned": held.earned and held.earned.isoformat(),
                "expires": held.expires and held.expires.isoformat(),
            }
            for held in profile.credentials.all()
        ],
        "experience": [
            {
                "title": held.title,
                "employer": held.employer,
                "from": f"{held.started:%Y-%m}",
                "to": held.ended and f"{held.ended:%Y-%m}",
                "remote": held.remote,
                "coded": held.coded,
            }
            for held in profile.experience.all()
        ],
        "specialties": _words(profile.specialties, SPECIALTY_CHOICES),
        "software": _words(profile.software, SOFTWARE_CHOICES),
    }


def _words(values: list[str], choices: list[tuple[str, str]]) -> list[str]:
    known = dict(choices)
    return [known.get(value, value) for value in values]


def of_posting(posting: Posting) -> list[list[str]]:
    """A posting's facts as pairs of name and words, in the order of its page; without those it does not state."""
    facts = {
        "Where": f"{posting.get_workplace_display()}, {open_to(posting)}",
        "Employment": posting.get_employment_type_display(),
        "Paid as": posting.get_paid_as_display(),
        "Pay": posting.pay_text,
        "Credentials": credentials(posting),
        "Apprentices (CPC-A)": posting.get_apprentice_display(),
        "Specialties": listing(labels(posting, "specialties"), "and"),
        "Software": listing(labels(posting, "software"), "and"),
        "Accuracy": f"{posting.accuracy_percent}%" if posting.accuracy_percent else "",
        "Audited": f"{posting.audit_percent}% of the work" if posting.audit_percent is not None else "",
        "Unpaid": listing(labels(posting, "unpaid"), "and"),
        "Computer": posting.get_equipment_display(),
        "Second monitor": posting.get_second_monitor_display(),
        "AI-assisted coding": posting.get_software_codes_display(),
        "Charts are coded": posting.get_work_stays_display(),
        "Planned start": f"{posting.starts_on:%B %-d, %Y}" if posting.starts_on else "",
    }
    return [[name, words] for name, words in facts.items() if words]
