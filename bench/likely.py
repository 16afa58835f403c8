"""How often what stands in a posting: weights by value, taken from what boards of the trade show."""

from typing import NamedTuple

from accounts.vocabulary import SPECIALTY_CHOICES, STATE_CHOICES


class Kind(NamedTuple):
    """A kind of job: how often, how it is titled, and what usually comes with it. Pay is dollars an hour."""

    weight: int
    role: str
    titles: tuple[str, ...]
    settings: tuple[str, ...]
    credentials: tuple[str, ...]
    pay: float
    specialties: tuple[str, ...] = ()  # empty: any


KINDS = [
    Kind(30, "coder", ("{} Coder", "Medical Coder, {}", "{} Pro-Fee Coder", "Certified Coder, {}",
         "{} Coding Specialist"),
         ("pro-fee", "pro-fee", "rcm", "facility-outpatient", "asc"), ("CPC", "CCS-P", "COC", "CCA", "RHIT"), 26.5),
    Kind(12, "coder", ("Inpatient Coder", "Inpatient DRG Coder II", "Hospital Inpatient Coder", "Inpatient Coder, {}"),
         ("facility-inpatient",), ("CCS", "CIC", "RHIT", "RHIA"), 32.0,
         ("inpatient-drg", "cardiology", "critical-care", "transplant")),
    Kind(9, "risk-adjustment", ("HCC Risk Adjustment Coder", "Risk Adjustment Coder", "Medicare Advantage HCC Coder"),
         ("payer", "payer", "rcm"), ("CRC", "CPC", "CCS"), 28.5, ("hcc",)),
    Kind(9, "senior-coder", ("Senior {} Coder", "Lead Coder, {}", "{} Coder III"),
         ("pro-fee", "facility-outpatient", "facility-inpatient"), ("CPC", "CCS", "COC"), 31.5),
    Kind(7, "auditor", ("Coding Auditor, {}", "{} Coding Auditor", "Coding Quality Auditor", "Clinical Coding Auditor"),
         ("consulting", "pro-fee", "facility-inpatient"), ("CPMA", "CCS", "CPC", "RHIA"), 37.0),
    Kind(7, "biller", ("Medical Biller and Coder", "{} Biller", "Billing Specialist, {}", "AR Follow-up Specialist"),
         ("pro-fee", "rcm", "fqhc", "dme"), ("CPB", "CPC", "CBCS", "CRCR"), 22.5),
    Kind(5, "denials", ("Coding Denials Specialist", "Denials and Appeals Coder, {}"),
         ("rcm", "facility-outpatient"), ("CPC", "CCS", "CRCR"), 27.0),
    Kind(4, "cdi", ("CDI Specialist", "Clinical Documentation Specialist, {}"),
         ("facility-inpatient",), ("CCDS", "CDIP", "CCS"), 40.0, ("inpatient-drg", "critical-care", "cardiology")),
    Kind(4, "charge-capture", ("Charge Capture Coder", "{} Charge Capture Analyst"),
         ("facility-outpatient", "asc"), ("COC", "CPC"), 27.5),
    Kind(3, "edits", ("Coding Edit Specialist", "Work Queue Edit Coder, {}"), ("rcm", "pro-fee"), ("CPC", "COC"), 26.0),
    Kind(3, "manager", ("Coding Manager, {}", "Manager of Coding Operations"), ("pro-fee", "facility-inpatient"),
         ("RHIA", "CPC", "CCS"), 45.0),
    Kind(2, "educator", ("Coding Educator", "Provider Coding Educator, {}"), ("pro-fee", "education"),
         ("CPC", "CPC-I", "CDEO"), 36.0),
    Kind(2, "compliance", ("Coding Compliance Analyst", "Compliance Auditor, {}"), ("consulting", "payer"),
         ("CPCO", "CHC", "CPMA"), 39.0),
    Kind(1, "him-director", ("HIM Director", "Director of Coding"), ("facility-inpatient",), ("RHIA", "RHIT"), 56.0),
    Kind(1, "abstractor", ("Registry Abstractor", "Quality Abstractor, {}"), ("facility-inpatient", "payer"),
         ("RHIT", "CCS"), 28.0),
    Kind(1, "annotator", ("Data Annotator, Coding Software",), ("rcm",), ("CPC", "CCS", "CRC"), 33.0),
]  # fmt: skip

BEFORE = {"": 70, "Remote ": 18, "PRN ": 4, "Part-time ": 4, "Bilingual ": 2, "Traveling ": 1, "Night ": 1}
AFTER = {"": 78, " (Remote)": 8, " - $2,000 sign-on bonus": 2, ", Multispecialty": 4, " II": 4, " - Day shift": 4}

_COMMON = {
    "em": 14,
    "family": 12,
    "emergency": 10,
    "radiology": 9,
    "orthopedics": 9,
    "cardiology": 8,
    "general-surgery": 6,
}
SPECIALTIES = {value: _COMMON.get(value, 2) for value, _ in SPECIALTY_CHOICES}

WORKPLACES = {"remote": 58, "hybrid": 14, "on-site": 28}
EMPLOYMENT = {
    "full-time": 70, "part-time": 8, "per-diem": 5, "contract": 9, "temporary": 3, "temp-to-hire": 3, "internship": 2,
}  # fmt: skip
SCHEDULES = {"": 35, "flexible": 28, "fixed": 22, "core": 8, "weekend": 3, "overnight": 1, "backlog": 3}
APPRENTICE = {"unstated": 48, "no": 30, "with-experience": 13, "welcome": 9}
YEARS = {None: 18, 0: 5, 1: 17, 2: 25, 3: 20, 5: 12, 7: 2, 10: 1}
ACCURACY = {None: 45, 95: 45, 96: 4, 97: 2, 98: 2, 90: 2}
PAY_UNITS = {"hour": 66, "year": 24, "chart": 5, "encounter": 2, "day": 1, "page": 1, "project": 1}
OUTCOMES = {"filled-here": 35, "filled-elsewhere": 40, "cancelled": 25}
APPLY_BY = {"site": 70, "url": 25, "email": 5}
HOW_MANY_STATES = {0: 45, 1: 12, 3: 8, 6: 12, 12: 12, 25: 8, 45: 3}  # that a remote coder may live in; 0: anywhere
STATES = [state for state, _ in STATE_CHOICES]

DEAR_STATES = {"CA": 1.22, "NY": 1.15, "MA": 1.15, "WA": 1.14, "NJ": 1.10, "CO": 1.06, "AK": 1.12, "HI": 1.08}
CHEAP_STATES = {"MS": 0.86, "AR": 0.88, "WV": 0.89, "AL": 0.90, "LA": 0.91, "OK": 0.91, "KY": 0.92, "PR": 0.78}

FAMILIES = {
    "orthopedics": ("cpt:27", "cpt:29", "cpt:20670", "cpt:25600", "cpt:20610", "icd-10-cm:M", "icd-10-cm:S"),
    "radiology": ("cpt:7", "cpt:71046", "cpt:70450", "cpt:77067"),
    "gi": ("cpt:43", "cpt:45378", "cpt:45380", "cpt:45385", "icd-10-cm:K"),
    "cardiology": ("cpt:93", "cpt:93000", "cpt:93306", "icd-10-cm:I"),
    "oncology": ("hcpcs:J", "hcpcs:J9271", "hcpcs:J9299", "icd-10-cm:C"),
    "dermatology": ("cpt:11", "cpt:17110", "cpt:11102"),
    "em": ("cpt:99", "cpt:99213", "cpt:99214", "cpt:99204"),
    "hcc": ("icd-10-cm:E11", "icd-10-cm:I50", "icd-10-cm:J44", "icd-10-cm:N18"),
    "pain": ("cpt:64483", "cpt:62", "icd-10-cm:M54", "icd-10-cm:G89"),
    "obgyn": ("cpt:59400", "cpt:58", "icd-10-cm:O"),
}
