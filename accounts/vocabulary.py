"""The words of the trade that a profile and a posting share: credentials, specialties, software, states.

Each list is a Django `choices` list of (stored value, label). Stored values never change; labels may.
Source of the credentials: the issuing bodies' public lists of certifications.
"""

from typing import NamedTuple


class CredentialKind(NamedTuple):
    """A certification: the body that issues it, its full name, and whether it is an apprentice status."""

    body: str
    name: str
    apprentice: bool = False

    @property
    def verified_at(self) -> str:
        """The body's page on which anybody verifies a credential; empty where we know of none."""
        return VERIFICATION_PAGES.get(self.body, "")

    @property
    def site(self) -> str:
        """The site of the body, where it verifies what it issued; an empty string where we are not certain of it."""
        return BODY_SITES.get(self.body, "")


CREDENTIALS: dict[str, CredentialKind] = {
    "CPC": CredentialKind("AAPC", "Certified Professional Coder"),
    "CPC-A": CredentialKind("AAPC", "Certified Professional Coder - Apprentice", apprentice=True),
    "COC": CredentialKind("AAPC", "Certified Outpatient Coder"),
    "COC-A": CredentialKind("AAPC", "Certified Outpatient Coder - Apprentice", apprentice=True),
    "CIC": CredentialKind("AAPC", "Certified Inpatient Coder"),
    "CRC": CredentialKind("AAPC", "Certified Risk Adjustment Coder"),
    "CPB": CredentialKind("AAPC", "Certified Professional Biller"),
    "CPMA": CredentialKind("AAPC", "Certified Professional Medical Auditor"),
    "CDEO": CredentialKind("AAPC", "Certified Documentation Expert Outpatient"),
    "CPCO": CredentialKind("AAPC", "Certified Professional Compliance Officer"),
    "CPPM": CredentialKind("AAPC", "Certified Physician Practice Manager"),
    "CPC-P": CredentialKind("AAPC", "Certified Professional Coder - Payer (retired)"),
    "CPC-I": CredentialKind("AAPC", "Certified Professional Coder - Instructor"),
    "CASCC": CredentialKind("AAPC", "Ambulatory surgery center specialty"),
    "CANPC": CredentialKind("AAPC", "Anesthesia and pain management specialty"),
    "CCC": CredentialKind("AAPC", "Cardiology specialty"),
    "CCPC": CredentialKind("AAPC", "Chiropractic specialty"),
    "CCVTC": CredentialKind("AAPC", "Cardiovascular and thoracic surgery specialty"),
    "CEDC": CredentialKind("AAPC", "Emergency department specialty"),
    "CEMC": CredentialKind("AAPC", "Evaluation and management specialty"),
    "CENTC": CredentialKind("AAPC", "Ear, nose and throat specialty"),
    "CFPC": CredentialKind("AAPC", "Family practice specialty"),
    "CGIC": CredentialKind("AAPC", "Gastroenterology specialty"),
    "CGSC": CredentialKind("AAPC", "General surgery specialty"),
    "CHONC": CredentialKind("AAPC", "Hematology and oncology specialty"),
    "CIMC": CredentialKind("AAPC", "Internal medicine specialty"),
    "CIRCC": CredentialKind("AAPC", "Interventional radiology and cardiovascular specialty"),
    "COBGC": CredentialKind("AAPC", "Obstetrics and gynecology specialty"),
    "COPC": CredentialKind("AAPC", "Ophthalmology specialty"),
    "COSC": CredentialKind("AAPC", "Orthopedic surgery specialty"),
    "CPCD": CredentialKind("AAPC", "Dermatology specialty"),
    "CPEDC": CredentialKind("AAPC", "Pediatrics specialty"),
    "CPRC": CredentialKind("AAPC", "Plastic and reconstructive surgery specialty"),
    "CRHC": CredentialKind("AAPC", "Rheumatology specialty"),
    "CSFAC": CredentialKind("AAPC", "Surgical foot and ankle specialty"),
    "CUC": CredentialKind("AAPC", "Urology specialty"),
    "RHIA": CredentialKind("AHIMA", "Registered Health Information Administrator"),
    "RHIT": CredentialKind("AHIMA", "Registered Health Information Technician"),
    "CCS": CredentialKind("AHIMA", "Certified Coding Specialist"),
    "CCS-P": CredentialKind("AHIMA", "Certified Coding Specialist - Physician-based"),
    "CCA": CredentialKind("AHIMA", "Certified Coding Associate"),
    "CDIP": CredentialKind("AHIMA", "Certified Documentation Integrity Practitioner"),
    "CHDA": CredentialKind("AHIMA", "Certified Health Data Analyst"),
    "CHPS": CredentialKind("AHIMA", "Certified in Healthcare Privacy and Security"),
    "CHTS": CredentialKind("AHIMA", "Certified Healthcare Technology Specialist (retired)"),
    "CPHI": CredentialKind("AHIMA", "Certified Professional in Health Informatics (retired)"),
    "CCDS": CredentialKind("ACDIS", "Certified Clinical Documentation Specialist"),
    "CCDS-O": CredentialKind("ACDIS", "Certified Clinical Documentation Specialist - Outpatient"),
    "CBCS": CredentialKind("NHA", "Certified Billing and Coding Specialist"),
    "CEHRS": CredentialKind("NHA", "Certified Electronic Health Records Specialist"),
    "NCICS": CredentialKind("NCCT", "National Certified Insurance and Coding Specialist"),
    "CMRS": CredentialKind("AMBA", "Certified Medical Reimbursement Specialist"),
    "CMC": CredentialKind("PMI", "Certified Medical Coder"),
    "CMIS": CredentialKind("PMI", "Certified Medical Insurance Specialist"),
    "CMOM": CredentialKind("PMI", "Certified Medical Office Manager"),
    "CMCO": CredentialKind("PMI", "Certified Medical Compliance Officer"),
    "CHC": CredentialKind("CCB", "Certified in Healthcare Compliance"),
    "CRCR": CredentialKind("HFMA", "Certified Revenue Cycle Representative"),
    "CHFP": CredentialKind("HFMA", "Certified Healthcare Financial Professional"),
    "CSBI": CredentialKind("HFMA", "Certified Specialist Business Intelligence"),
    "CSPR": CredentialKind("HFMA", "Certified Specialist Payment and Reimbursement"),
    "CMBS": CredentialKind("MAB", "Certified Medical Billing Specialist"),
    "QMC": CredentialKind("QPro", "Qualified Medical Coder"),
    "RCC": CredentialKind("RCCB", "Radiology Certified Coder"),
    "RCCIR": CredentialKind("RCCB", "Radiology Certified Interventional Coder"),
    "ROCC": CredentialKind("ROCC", "Radiation Oncology Certified Coder"),
    "HCS-D": CredentialKind("BMSC", "Homecare Coding Specialist - Diagnosis"),
    "HCS-H": CredentialKind("BMSC", "Hospice Coding Specialist"),
}

# Where the two large bodies let anybody verify a credential by name and member number. Taken on 2026-11-25 from what
# several public sources name; the pages themselves could not be opened then.
VERIFICATION_PAGES = {
    "AAPC": "https://www.aapc.com/certification/credential-verification.aspx",
    "AHIMA": "https://my.ahima.org/credential-verification",
}

# The bodies' own sites, for those whose page is not known: an employer asks there. A body whose site is not certain has
# none here.
BODY_SITES = {
    "AAPC": "https://www.aapc.com/",
    "AHIMA": "https://www.ahima.org/",
    "ACDIS": "https://acdis.org/",
    "NHA": "https://www.nhanow.com/",
    "NCCT": "https://www.ncctinc.com/",
    "PMI": "https://www.pmimd.com/",
    "CCB": "https://www.compliancecertification.org/",
    "HFMA": "https://www.hfma.org/",
    "RCCB": "https://www.rccb.org/",
}

CREDENTIAL_CHOICES = [(abbreviation, f"{abbreviation} ({kind.body})") for abbreviation, kind in CREDENTIALS.items()]

SPECIALTY_CHOICES = [
    ("em", "Evaluation and management"),
    ("family", "Family and internal medicine"),
    ("pediatrics", "Pediatrics"),
    ("cardiology", "Cardiology and electrophysiology"),
    ("gi", "Gastroenterology"),
    ("orthopedics", "Orthopedics"),
    ("spine", "Spine and neurosurgery"),
    ("general-surgery", "General surgery"),
    ("obgyn", "Obstetrics and gynecology"),
    ("urology", "Urology"),
    ("ent", "Ear, nose and throat"),
    ("ophthalmology", "Ophthalmology"),
    ("dermatology", "Dermatology"),
    ("oncology", "Oncology and infusion"),
    ("radiation-oncology", "Radiation oncology"),
    ("radiology", "Radiology"),
    ("interventional-radiology", "Interventional radiology"),
    ("pathology", "Pathology and laboratory"),
    ("anesthesia", "Anesthesia"),
    ("pain", "Pain management"),
    ("emergency", "Emergency medicine"),
    ("critical-care", "Critical care"),
    ("nephrology", "Nephrology"),
    ("pulmonary", "Pulmonary medicine"),
    ("plastics", "Plastic surgery"),
    ("podiatry", "Podiatry"),
    ("vascular", "Vascular surgery"),
    ("transplant", "Transplant"),
    ("trauma", "Trauma"),
    ("behavioral", "Behavioral health"),
    ("therapy", "Physical, occupational and speech therapy"),
    ("wound-care", "Wound care"),
    ("sleep", "Sleep medicine"),
    ("hcc", "Risk adjustment (HCC)"),
    ("inpatient-drg", "Inpatient DRG"),
]

SOFTWARE_CHOICES = [
    ("epic", "Epic"),
    ("oracle-health", "Oracle Health (Cerner)"),
    ("meditech", "Meditech"),
    ("athenahealth", "athenahealth"),
    ("eclinicalworks", "eClinicalWorks"),
    ("nextgen", "NextGen"),
    ("veradigm", "Veradigm (Allscripts)"),
    ("greenway", "Greenway"),
    ("advancedmd", "AdvancedMD"),
    ("tebra", "Tebra (Kareo)"),
    ("centricity", "Centricity"),
    ("modmed", "ModMed"),
    ("drchrono", "DrChrono"),
    ("practice-fusion", "Practice Fusion"),
    ("trubridge", "TruBridge (CPSI)"),
    ("pointclickcare", "PointClickCare"),
    ("matrixcare", "MatrixCare"),
    ("wellsky", "WellSky"),
    ("solventum-360", "Solventum 360 Encompass (3M)"),
    ("solventum-crs", "Solventum Coding and Reimbursement (3M)"),
    ("optum-encoderpro", "Optum EncoderPro"),
    ("optum-cac", "Optum Enterprise CAC"),
    ("trucode", "TruCode"),
    ("dolbey", "Dolbey Fusion CAC"),
    ("codify", "AAPC Codify"),
    ("find-a-code", "Find-A-Code"),
    ("finthrive", "FinThrive Knowledge Source"),
    ("vitalware", "Vitalware"),
    ("craneware", "Craneware"),
    ("mdaudit", "MDaudit"),
    ("episource", "Episource"),
    ("inovalon", "Inovalon"),
    ("cotiviti", "Cotiviti"),
    ("reveleer", "Reveleer"),
    ("optum-cdi-3d", "Optum CDI 3D"),
    ("nuance", "Nuance coding and CDI"),
    ("apixio", "Apixio"),
    ("fathom", "Fathom"),
    ("codametrix", "CodaMetrix"),
    ("nym", "Nym"),
]

STATE_CHOICES = [
    ("AL", "Alabama"), ("AK", "Alaska"), ("AZ", "Arizona"), ("AR", "Arkansas"), ("CA", "California"),
    ("CO", "Colorado"), ("CT", "Connecticut"), ("DE", "Delaware"), ("DC", "District of Columbia"),
    ("FL", "Florida"), ("GA", "Georgia"), ("HI", "Hawaii"), ("ID", "Idaho"), ("IL", "Illinois"),
    ("IN", "Indiana"), ("IA", "Iowa"), ("KS", "Kansas"), ("KY", "Kentucky"), ("LA", "Louisiana"),
    ("ME", "Maine"), ("MD", "Maryland"), ("MA", "Massachusetts"), ("MI", "Michigan"), ("MN", "Minnesota"),
    ("MS", "Mississippi"), ("MO", "Missouri"), ("MT", "Montana"), ("NE", "Nebraska"), ("NV", "Nevada"),
    ("NH", "New Hampshire"), ("NJ", "New Jersey"), ("NM", "New Mexico"), ("NY", "New York"),
    ("NC", "North Carolina"), ("ND", "North Dakota"), ("OH", "Ohio"), ("OK", "Oklahoma"), ("OR", "Oregon"),
    ("PA", "Pennsylvania"), ("PR", "Puerto Rico"), ("RI", "Rhode Island"), ("SC", "South Carolina"),
    ("SD", "South Dakota"), ("TN", "Tennessee"), ("TX", "Texas"), ("UT", "Utah"), ("VT", "Vermont"),
    ("VA", "Virginia"), ("WA", "Washington"), ("WV", "West Virginia"), ("WI", "Wisconsin"), ("WY", "Wyoming"),
]  # fmt: skip
