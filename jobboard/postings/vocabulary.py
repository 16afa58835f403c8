"""The words of a posting: roles, settings, work types, pay units. Stored values never change; labels may."""

from django.db import models

ROLE_CHOICES = [
    ("coder", "Medical coder"),
    ("senior-coder", "Senior or lead coder"),
    ("auditor", "Coding auditor"),
    ("cdi", "CDI specialist"),
    ("educator", "Coding educator"),
    ("biller", "Biller or AR specialist"),
    ("denials", "Denials and appeals"),
    ("charge-capture", "Charge capture"),
    ("edits", "Edit and work-queue resolution"),
    ("risk-adjustment", "HCC / risk adjustment coder"),
    ("compliance", "Compliance"),
    ("manager", "Coding manager"),
    ("him-director", "HIM director"),
    ("consultant", "Consultant"),
    ("instructor", "Instructor"),
    ("abstractor", "Abstractor or registrar"),
    ("annotator", "Data annotator for coding software"),
]

SETTING_CHOICES = [
    ("pro-fee", "Professional fee"),
    ("facility-outpatient", "Facility outpatient (ED, observation, same-day surgery, clinic)"),
    ("facility-inpatient", "Facility inpatient (DRG)"),
    ("asc", "Ambulatory surgery center"),
    ("payer", "Payer or risk adjustment"),
    ("home-health", "Home health"),
    ("hospice", "Hospice"),
    ("snf", "Skilled nursing"),
    ("rehab", "Rehabilitation"),
    ("fqhc", "FQHC or rural health clinic"),
    ("behavioral", "Behavioral health"),
    ("dental", "Dental"),
    ("dme", "DME supplier"),
    ("lab", "Laboratory or pathology"),
    ("anesthesia", "Anesthesia group"),
    ("radiology", "Radiology or interventional radiology"),
    ("telehealth", "Telehealth"),
    ("rcm", "Revenue cycle vendor"),
    ("consulting", "Consulting"),
    ("government", "Government or VA"),
    ("education", "Education"),
]

BENEFIT_CHOICES = [
    ("health", "Health insurance"),
    ("dental-vision", "Dental and vision"),
    ("retirement", "401(k) or 403(b)"),
    ("retirement-match", "Retirement match"),
    ("pto", "Paid time off"),
    ("sick", "Paid sick leave"),
    ("parental", "Parental leave"),
    ("ceu", "CEUs paid"),
    ("dues", "Credential dues paid"),
    ("books", "Code books or encoder provided"),
    ("equipment", "Computer and monitors provided"),
    ("tuition", "Tuition help"),
    ("bonus", "Production bonus"),
]


class State(models.TextChoices):
    """Where a posting stands, derived from its dates."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for review"
    SENT_BACK = "sent-back", "Sent back"
    LIVE = "live", "Live"
    PAUSED = "paused", "Paused"
    HELD = "held", "On hold"
    EXPIRED = "expired", "Expired"
    CLOSED = "closed", "Closed"


class EmploymentType(models.TextChoices):
    """How a coder is engaged."""

    FULL_TIME = "full-time", "Full time (W-2)"
    PART_TIME = "part-time", "Part time (W-2)"
    PER_DIEM = "per-diem", "Per diem / PRN"
    CONTRACT = "contract", "Contract (1099)"
    TEMPORARY = "temporary", "Temporary"
    TEMP_TO_HIRE = "temp-to-hire", "Temp to hire"
    INTERNSHIP = "internship", "Internship or externship"


PART_OF_A_YEAR = (  # kinds of employment whose hours nobody can take for those of a full year
    EmploymentType.PART_TIME,
    EmploymentType.PER_DIEM,
    EmploymentType.CONTRACT,
    EmploymentType.TEMPORARY,
    EmploymentType.INTERNSHIP,
)


class Workplace(models.TextChoices):
    """Where the work is done."""

    REMOTE = "remote", "Remote"
    HYBRID = "hybrid", "Hybrid"
    ON_SITE = "on-site", "On site"


class PayUnit(models.TextChoices):
    """What one amount of pay buys. Charts, encounters and pages need an expected count per hour to be compared."""

    HOUR = "hour", "per hour"
    DAY = "day", "per day"
    YEAR = "year", "per year"
    CHART = "chart", "per chart"
    ENCOUNTER = "encounter", "per encounter"
    PAGE = "page", "per page"
    PROJECT = "project", "per project"


class Apprentice(models.TextChoices):
    """What a posting says to coders with an apprentice credential (CPC-A, COC-A)."""

    WELCOME = "welcome", "Apprentices welcome"
    WITH_EXPERIENCE = "with-experience", "Apprentices with experience considered"
    NO = "no", "Full credential required"
    UNSTATED = "unstated", "Not stated"


class Schedule(models.TextChoices):
    """When the work is done."""

    FIXED = "fixed", "Fixed hours"
    FLEXIBLE = "flexible", "Flexible hours"
    CORE = "core", "Flexible around core hours"
    WEEKEND = "weekend", "Weekends"
    OVERNIGHT = "overnight", "Overnight"
    BACKLOG = "backlog", "Backlog project"
    TRAVEL = "travel", "Travel and go-lives"


class PaidAs(models.TextChoices):
    """Which tax form a coder gets; full time and part time are W-2 by their name, contract is 1099."""

    W2 = "w2", "W-2 employee"
    CONTRACTOR = "1099", "1099 contractor"


class Equipment(models.TextChoices):
    """Who brings the computer."""

    SUPPLIED = "supplied", "Supplied by the employer"
    ALLOWANCE = "allowance", "Own, with an allowance"
    OWN = "own", "Coders use their own"


class SecondMonitor(models.TextChoices):
    """Two screens are how most coders work; some employers require them and supply none."""

    SUPPLIED = "supplied", "Supplied"
    OWN = "own", "Required, coders bring their own"
    OPTIONAL = "optional", "Not required"


class WorkStays(models.TextChoices):
    """Whether the same charts are also coded outside the United States."""

    US_ONLY = "us-only", "In the US only"
    OFFSHORE_TOO = "offshore-too", "Teams outside the US share it"


class SoftwareCodes(models.TextChoices):
    """What part AI-assisted coding has in the work."""

    NONE = "none", "None: coders assign every code"
    SUGGESTS = "suggests", "Suggests codes, coders decide"
    CHECKED = "checked", "Assigns codes, coders check them"
    TRAINED = "trained", "Learns from the codes coders assign"


NOTHING_UNPAID = "nothing"
UNPAID_CHOICES = [
    (NOTHING_UNPAID, "Nothing: all working time is paid"),
    ("queries", "Provider queries"),
    ("rework", "Corrections after review"),
    ("training", "Training and onboarding"),
    ("meetings", "Meetings"),
    ("downtime", "System downtime and empty queues"),
    ("tests", "Coding tests before hire"),
]


class ApplyBy(models.TextChoices):
    """How to apply."""

    SITE = "site", "On this site"
    URL = "url", "On the employer's site"
    EMAIL = "email", "By e-mail"


class Outcome(models.TextChoices):
    """Why a posting was closed."""

    FILLED_HERE = "filled-here", "Filled through this site"
    FILLED_ELSEWHERE = "filled-elsewhere", "Filled another way"
    CANCELLED = "cancelled", "No longer hiring"
    NO_ANSWER = "no-answer", "No answer to “still hiring?”"
    RENEWED = "renewed", "Renewed as a new posting"


# What a team may say came of a posting; the last two come of themselves: by silence, and as its renewal goes live.
OUTCOME_CHOICES = [each for each in Outcome.choices if each[0] not in {Outcome.NO_ANSWER, Outcome.RENEWED}]


# Hours in a working year, the usual full-time figure; used to compare pay, and always shown as an estimate.
HOURS_PER_YEAR = 2080
HOURS_PER_DAY = 8
