"""Places of service (CMS place-of-service code set): short names, and whether the facility rate applies there."""

from typing import NamedTuple


class Place(NamedTuple):
    """One place of service."""

    code: str
    name: str
    facility: bool  # Medicare pays the facility rate of the physician fee schedule there


_FACILITY = {
    "02": "Telehealth, patient not at home",
    "06": "Indian Health Service, provider-based",
    "08": "Tribal 638 facility, provider-based",
    "19": "Off-campus outpatient hospital",
    "21": "Inpatient hospital",
    "22": "On-campus outpatient hospital",
    "23": "Emergency room",
    "24": "Ambulatory surgical center",
    "26": "Military treatment facility",
    "31": "Skilled nursing facility",
    "34": "Hospice",
    "41": "Ambulance, land",
    "42": "Ambulance, air or water",
    "51": "Inpatient psychiatric facility",
    "52": "Psychiatric facility, partial hospitalization",
    "53": "Community mental health center",
    "56": "Psychiatric residential treatment center",
    "61": "Comprehensive inpatient rehabilitation facility",
}
_NONFACILITY = {
    "01": "Pharmacy",
    "03": "School",
    "04": "Homeless shelter",
    "05": "Indian Health Service, free-standing",
    "07": "Tribal 638 facility, free-standing",
    "09": "Prison or correctional facility",
    "10": "Telehealth, patient at home",
    "11": "Office",
    "12": "Home",
    "13": "Assisted living facility",
    "14": "Group home",
    "15": "Mobile unit",
    "16": "Temporary lodging",
    "17": "Walk-in retail health clinic",
    "18": "Place of employment, worksite",
    "20": "Urgent care facility",
    "25": "Birthing center",
    "27": "Outreach site or street",
    "32": "Nursing facility",
    "33": "Custodial care facility",
    "49": "Independent clinic",
    "50": "Federally qualified health center",
    "54": "Intermediate care facility",
    "55": "Residential substance use treatment facility",
    "57": "Non-residential substance use treatment facility",
    "58": "Non-residential opioid treatment facility",
    "60": "Mass immunization center",
    "62": "Comprehensive outpatient rehabilitation facility",
    "65": "End-stage renal disease treatment facility",
    "71": "Public health clinic",
    "72": "Rural health clinic",
    "81": "Independent laboratory",
    "99": "Other place of service",
}

PLACES = {
    code: Place(code, name, facility=names is _FACILITY)
    for names in (_FACILITY, _NONFACILITY)
    for code, name in names.items()
}
