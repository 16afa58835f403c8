"""What the indicators of HCPCS Level II mean, in our own words.

Source of the values: CMS record layout "HCPCS Contractor Record", public domain: its code lists of fields 9, 10, 14,
16, 17 and 30, and its tables BETOS_TB and CMS_TYPE_SRVC_TB. A value that the layout does not list has no meaning here
and is shown as it stands.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Indicator(NamedTuple):
    """One value of one field."""

    name: str  # of the field
    value: str
    meaning: str  # empty where the layout does not list the value


NAMES = {
    "coverage": "Medicare coverage",
    "pricing": "Pricing",
    "multiple_pricing": "Multiple pricing",
    "betos": "BETOS category",
    "types_of_service": "Type of service",
    "lab_certifications": "Laboratory certification",
    "asc_group": "Ambulatory surgical center",
    "action": "Change in this release",
}

COVERAGE = {
    "C": "The contractor decides",
    "D": "Special coverage instructions apply",
    "I": "Not payable by Medicare",
    "M": "Not covered by Medicare",
    "S": "Not covered by Medicare, by statute",
}

PRICING = {
    "00": "Not priced separately under Part B: not covered, bundled, or for Part A alone",
    "11": "Physician fee schedule: national relative value units",
    "12": "Physician fee schedule: national anesthesia base units",
    "13": "Physician fee schedule: the contractor sets the price",
    "21": "Clinical laboratory fee schedule: up to the national limit",
    "22": "Clinical laboratory fee schedule: the contractor sets the price",
    "31": "Equipment that is serviced often, between floor and ceiling",
    "32": "Inexpensive or routinely bought equipment, between floor and ceiling",
    "33": "Oxygen and oxygen equipment, between floor and ceiling",
    "34": "Supplies for durable medical equipment, between floor and ceiling",
    "35": "Surgical dressings, between floor and ceiling",
    "36": "Capped rental of equipment, between floor and ceiling",
    "37": "Ostomy, tracheostomy and urological supplies, between floor and ceiling",
    "38": "Orthotics, prosthetics and vision services, between floor and ceiling",
    "39": "Parenteral and enteral nutrition",
    "45": "Customized equipment",
    "46": "Equipment and supplies: the contractor sets the price",
    "51": "Drugs",
    "52": "Reasonable charge",
    "53": "Set by statute",
    "54": "Vaccinations",
    "55": "Splints and casts",
    "56": "Lens implanted in a physician's office",
    "57": "Other: the contractor sets the price",
    "99": "No value established",
}

PAID_ELSEWHERE = {
    "the clinical laboratory fee schedule": {"21", "22"},
    "the fee schedule of equipment, prosthetics, orthotics and supplies (DMEPOS)": {
        f"{each}" for each in range(31, 39)
    },
    "the prices of drugs under Part B": {"51"},
}  # what pays, where the methods of pricing leave no doubt
_NOT_COVERED = ("I", "M", "S")

MULTIPLE_PRICING = {
    "9": "Does not apply: not priced separately, or no value established",
    "A": "Does not apply: one method of pricing",
    "B": "Professional component by relative values; technical component and global service by the contractor",
    "C": "Physician's interpretation by the physician fee schedule, the test by the laboratory fee schedule",
    "D": "By who performs it: physician or clinical psychologist (until 1997)",
    "E": "By who performs it: physician, clinical psychologist or clinical social worker (until 1997)",
    "F": "By who performs it, the physician's share set by the contractor (until 1997)",
    "G": "Reasonable charge when billed with blood products, else the laboratory fee schedule",
}

LAB_CERTIFICATIONS = {
    "010": "Histocompatibility testing",
    "100": "Microbiology",
    "110": "Bacteriology",
    "115": "Mycobacteriology",
    "120": "Mycology",
    "130": "Parasitology",
    "140": "Virology",
    "150": "Other microbiology",
    "200": "Diagnostic immunology",
    "210": "Syphilis serology",
    "220": "General immunology",
    "300": "Chemistry",
    "310": "Routine chemistry",
    "320": "Urinalysis",
    "330": "Endocrinology",
    "340": "Toxicology",
    "350": "Other chemistry",
    "400": "Hematology",
    "500": "Immunohematology",
    "510": "ABO group and Rh type",
    "520": "Antibody detection, transfusion",
    "530": "Antibody detection, other than transfusion",
    "540": "Antibody identification",
    "550": "Compatibility testing",
    "560": "Other immunohematology",
    "600": "Pathology",
    "610": "Histopathology",
    "620": "Oral pathology",
    "630": "Cytology",
    "800": "Radiobioassay",
    "900": "Clinical cytogenetics",
}

ASC_GROUP = {"YY": "Approved to be performed there"}

ACTION = {
    "A": "Added",
    "B": "Administrative data and long description changed",
    "C": "Long description changed",
    "D": "Discontinued",
    "F": "Administrative data changed",
    "N": "No change",
    "P": "Payment changed",
    "R": "Brought back after it was discontinued",
    "S": "Short description changed",
    "T": "Other change, such as its BETOS category or type of service",
}

BETOS = {
    "M1A": "Office visit, new patient",
    "M1B": "Office visit, established patient",
    "M2A": "Hospital visit, initial",
    "M2B": "Hospital visit, subsequent",
    "M2C": "Critical care visit",
    "M3": "Emergency room visit",
    "M4A": "Home visit",
    "M4B": "Nursing home visit",
    "M5A": "Specialist, pathology",
    "M5B": "Specialist, psychiatry",
    "M5C": "Specialist, ophthalmology",
    "M5D": "Specialist, other",
    "M6": "Consultation",
    "P0": "Anesthesia",
    "P1A": "Major procedure, breast",
    "P1B": "Major procedure, colectomy",
    "P1C": "Major procedure, gallbladder removal",
    "P1D": "Major procedure, transurethral prostate resection",
    "P1E": "Major procedure, hysterectomy",
    "P1F": "Major procedure, exploration, decompression or disc excision",
    "P1G": "Major procedure, other",
    "P2A": "Major cardiovascular procedure, coronary bypass",
    "P2B": "Major cardiovascular procedure, aneurysm repair",
    "P2C": "Major cardiovascular procedure, thromboendarterectomy",
    "P2D": "Major cardiovascular procedure, coronary angioplasty",
    "P2E": "Major cardiovascular procedure, pacemaker insertion",
    "P2F": "Major cardiovascular procedure, other",
    "P3A": "Major orthopedic procedure, hip fracture repair",
    "P3B": "Major orthopedic procedure, hip replacement",
    "P3C": "Major orthopedic procedure, knee replacement",
    "P3D": "Major orthopedic procedure, other",
    "P4A": "Eye procedure, corneal transplant",
    "P4B": "Eye procedure, cataract removal or lens insertion",
    "P4C": "Eye procedure, retinal detachment",
    "P4D": "Eye procedure, retinal lesions",
    "P4E": "Eye procedure, other",
    "P5A": "Ambulatory procedure, skin",
    "P5B": "Ambulatory procedure, musculoskeletal",
    "P5C": "Ambulatory procedure, inguinal hernia",
    "P5D": "Ambulatory procedure, lithotripsy",
    "P5E": "Ambulatory procedure, other",
    "P6A": "Minor procedure, skin",
    "P6B": "Minor procedure, musculoskeletal",
    "P6C": "Minor procedure, other, on the Medicare fee schedule",
    "P6D": "Minor procedure, other, not on the Medicare fee schedule",
    "P7A": "Oncology, radiation therapy",
    "P7B": "Oncology, other",
    "P8A": "Endoscopy, arthroscopy",
    "P8B": "Endoscopy, upper gastrointestinal",
    "P8C": "Endoscopy, sigmoidoscopy",
    "P8D": "Endoscopy, colonoscopy",
    "P8E": "Endoscopy, cystoscopy",
    "P8F": "Endoscopy, bronchoscopy",
    "P8G": "Endoscopy, laparoscopic gallbladder removal",
    "P8H": "Endoscopy, laryngoscopy",
    "P8I": "Endoscopy, other",
    "P9A": "Dialysis, on the Medicare fee schedule",
    "P9B": "Dialysis, not on the Medicare fee schedule",
    "I1A": "Standard imaging, chest",
    "I1B": "Standard imaging, musculoskeletal",
    "I1C": "Standard imaging, breast",
    "I1D": "Standard imaging, gastrointestinal with contrast",
    "I1E": "Standard imaging, nuclear medicine",
    "I1F": "Standard imaging, other",
    "I2A": "Advanced imaging, CT of brain, head or neck",
    "I2B": "Advanced imaging, CT, other",
    "I2C": "Advanced imaging, MRI of brain, head or neck",
    "I2D": "Advanced imaging, MRI, other",
    "I3A": "Ultrasound, eye",
    "I3B": "Ultrasound, abdomen or pelvis",
    "I3C": "Ultrasound, heart",
    "I3D": "Ultrasound, carotid arteries",
    "I3E": "Ultrasound, prostate, transrectal",
    "I3F": "Ultrasound, other",
    "I4A": "Imaging with a procedure, heart and cardiac catheterization",
    "I4B": "Imaging with a procedure, other",
    "T1A": "Laboratory, routine venipuncture",
    "T1B": "Laboratory, automated profiles",
    "T1C": "Laboratory, urinalysis",
    "T1D": "Laboratory, blood counts",
    "T1E": "Laboratory, glucose",
    "T1F": "Laboratory, bacterial cultures",
    "T1G": "Laboratory, other, on the Medicare fee schedule",
    "T1H": "Laboratory, other, not on the Medicare fee schedule",
    "T2A": "Other tests, electrocardiogram",
    "T2B": "Other tests, cardiovascular stress test",
    "T2C": "Other tests, electrocardiographic monitoring",
    "T2D": "Other tests, other",
    "D1A": "Medical and surgical supplies",
    "D1B": "Hospital beds",
    "D1C": "Oxygen and supplies",
    "D1D": "Wheelchairs",
    "D1E": "Other durable medical equipment",
    "D1F": "Prosthetics and orthotics",
    "D1G": "Drugs given through durable medical equipment",
    "O1A": "Ambulance",
    "O1B": "Chiropractic",
    "O1C": "Enteral and parenteral nutrition",
    "O1D": "Chemotherapy",
    "O1E": "Other drugs",
    "O1F": "Hearing and speech services",
    "O1G": "Immunizations",
    "Y1": "Other, on the Medicare fee schedule",
    "Y2": "Other, not on the Medicare fee schedule",
    "Z1": "Local codes",
    "Z2": "Undefined codes",
}

TYPES_OF_SERVICE = {
    "0": "Whole blood",
    "1": "Medical care",
    "2": "Surgery",
    "3": "Consultation",
    "4": "Diagnostic radiology",
    "5": "Diagnostic laboratory",
    "6": "Therapeutic radiology",
    "7": "Anesthesia",
    "8": "Assistant at surgery",
    "9": "Other medical items or services",
    "A": "Used durable medical equipment",
    "B": "High-risk screening mammography (obsolete)",
    "C": "Low-risk screening mammography (obsolete)",
    "D": "Ambulance",
    "E": "Enteral and parenteral nutrients and supplies",
    "F": "Ambulatory surgical center, use of the facility",
    "G": "Immunosuppressive drugs",
    "H": "Hospice (discontinued)",
    "I": "Purchase of equipment in installments (discontinued)",
    "J": "Diabetic shoes",
    "K": "Hearing items and services",
    "L": "Supplies for end-stage renal disease",
    "M": "Monthly capitation payment for dialysis",
    "N": "Kidney donor",
    "P": "Lump-sum purchase of equipment, prosthetics or orthotics",
    "Q": "Vision items or services",
    "R": "Rental of equipment",
    "S": "Surgical dressings or other supplies",
    "T": "Outpatient mental health limitation",
    "U": "Occupational therapy",
    "V": "Pneumococcal or flu vaccine",
    "W": "Physical therapy",
    "Y": "Second opinion on elective surgery",
}

_MEANINGS = {
    "coverage": COVERAGE,
    "pricing": PRICING,
    "multiple_pricing": MULTIPLE_PRICING,
    "betos": BETOS,
    "types_of_service": TYPES_OF_SERVICE,
    "lab_certifications": LAB_CERTIFICATIONS,
    "asc_group": ASC_GROUP,
    "action": ACTION,
}


def paid_elsewhere(coverage: str, pricing: Iterable[str]) -> str:
    """What pays for a covered item, as its pricing indicators name it; empty where they leave doubt."""
    methods = {method for method in pricing if method}
    if not methods or coverage in _NOT_COVERED:
        return ""
    return next((said for said, named in PAID_ELSEWHERE.items() if methods <= named), "")


def meanings(field: str, values: Iterable[str]) -> list[Indicator]:
    """The values that a field states, each with the field's name and its meaning."""
    return [Indicator(NAMES[field], value, _MEANINGS[field].get(value, "")) for value in values if value]
