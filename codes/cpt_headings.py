"""Where a code of CPT stands: the sections and subsections by their published ranges of numbers, in our own words.

Our own texts name finer headings below some of these; a code without a text stands under what its number says.
"""

from bisect import bisect_right

_EM, _SURGERY, _RADIOLOGY, _LABORATORY, _MEDICINE = (
    "Evaluation and Management",
    "Surgery",
    "Radiology",
    "Pathology and Laboratory",
    "Medicine",
)

_STARTS: list[tuple[str, tuple[str, ...]]] = [  # the first number of each range; a range goes on to the next
    ("00000", ("Anesthesia",)),
    ("10000", (_SURGERY, "General")),
    ("10030", (_SURGERY, "Integumentary System")),
    ("20000", (_SURGERY, "Musculoskeletal System")),
    ("30000", (_SURGERY, "Respiratory System")),
    ("33000", (_SURGERY, "Cardiovascular System")),
    ("38000", (_SURGERY, "Blood and Lymphatic Systems")),
    ("39000", (_SURGERY, "Mediastinum and Diaphragm")),
    ("40000", (_SURGERY, "Digestive System")),
    ("50000", (_SURGERY, "Urinary System")),
    ("54000", (_SURGERY, "Male Genital System")),
    ("55920", (_SURGERY, "Reproductive System")),
    ("56405", (_SURGERY, "Female Genital System")),
    ("59000", (_SURGERY, "Maternity Care and Delivery")),
    ("60000", (_SURGERY, "Endocrine System")),
    ("61000", (_SURGERY, "Nervous System")),
    ("65000", (_SURGERY, "Eye and Ocular Adnexa")),
    ("69000", (_SURGERY, "Auditory System")),
    ("69990", (_SURGERY, "Operating Microscope")),
    ("70000", (_RADIOLOGY, "Diagnostic Radiology")),
    ("76506", (_RADIOLOGY, "Diagnostic Ultrasound")),
    ("77001", (_RADIOLOGY, "Imaging Guidance")),
    ("77046", (_RADIOLOGY, "Breast Mammography")),
    ("77071", (_RADIOLOGY, "Bone and Joint Studies")),
    ("77261", (_RADIOLOGY, "Radiation Oncology")),
    ("78000", (_RADIOLOGY, "Nuclear Medicine")),
    ("80000", (_LABORATORY, "Organ or Disease-Oriented Panels")),
    ("80100", (_LABORATORY, "Drug Tests and Drug Levels")),
    ("80400", (_LABORATORY, "Stimulation and Suppression Tests")),
    ("80500", (_LABORATORY, "Consultations")),
    ("81000", (_LABORATORY, "Urinalysis")),
    ("81105", (_LABORATORY, "Molecular Pathology")),
    ("81410", (_LABORATORY, "Genomic Sequencing")),
    ("81490", (_LABORATORY, "Multianalyte Assays")),
    ("82000", (_LABORATORY, "Chemistry")),
    ("85000", (_LABORATORY, "Hematology and Coagulation")),
    ("86000", (_LABORATORY, "Immunology")),
    ("86850", (_LABORATORY, "Transfusion Medicine")),
    ("87003", (_LABORATORY, "Microbiology")),
    ("88000", (_LABORATORY, "Anatomic Pathology")),
    ("88104", (_LABORATORY, "Cytopathology")),
    ("88230", (_LABORATORY, "Cytogenetics")),
    ("88300", (_LABORATORY, "Surgical Pathology")),
    ("88720", (_LABORATORY, "Other Laboratory Procedures")),
    ("89250", (_LABORATORY, "Reproductive Medicine")),
    ("90281", (_MEDICINE, "Immune Globulins")),
    ("90460", (_MEDICINE, "Immunization Administration")),
    ("90476", (_MEDICINE, "Vaccines and Toxoids")),
    ("90480", (_MEDICINE, "Immunization Administration")),
    ("90481", (_MEDICINE, "Vaccines and Toxoids")),
    ("90785", (_MEDICINE, "Psychiatry")),
    ("90901", (_MEDICINE, "Biofeedback")),
    ("90935", (_MEDICINE, "Dialysis")),
    ("91000", (_MEDICINE, "Gastroenterology")),
    ("91300", (_MEDICINE, "Vaccines and Toxoids")),
    ("92002", (_MEDICINE, "Ophthalmology")),
    ("92500", (_MEDICINE, "Ear, Nose and Throat")),
    ("92920", (_MEDICINE, "Cardiovascular")),
    ("93880", (_MEDICINE, "Vascular Studies")),
    ("94002", (_MEDICINE, "Pulmonary")),
    ("95004", (_MEDICINE, "Allergy and Immunology")),
    ("95249", (_MEDICINE, "Endocrinology")),
    ("95700", (_MEDICINE, "Neurology")),
    ("96040", (_MEDICINE, "Other Services")),
    ("96105", (_MEDICINE, "Behavioral and Cognitive Services")),
    ("96360", (_MEDICINE, "Injections and Infusions")),
    ("96567", (_MEDICINE, "Photodynamic Therapy and Dermatology")),
    ("97000", (_MEDICINE, "Physical Medicine and Rehabilitation")),
    ("97802", (_MEDICINE, "Other Services")),
    ("98000", (_EM, "Telemedicine Visits")),
    ("98925", (_MEDICINE, "Other Services")),
    ("99200", (_EM, "Office Visits")),
    ("99217", (_EM, "Hospital Care")),
    ("99241", (_EM, "Consultations")),
    ("99281", (_EM, "Emergency Department Services")),
    ("99289", (_EM, "Critical Care")),
    ("99293", (_EM, "Other Services")),
    ("99301", (_EM, "Nursing Facility Care")),
    ("99319", (_EM, "Home and Residence Visits")),
    ("99351", (_EM, "Other Services")),
    ("99500", (_MEDICINE, "Other Services")),
]
_NUMBERS = [start for start, _ in _STARTS]
_BY_LETTER = {
    "A": (_MEDICINE, "Immunization Administration"),
    "F": ("Category II: Performance Measurement",),
    "M": (_LABORATORY, "Multianalyte Assays"),
    "T": ("Category III: Emerging Services",),
    "U": (_LABORATORY, "Proprietary Laboratory Analyses"),
}
_ELSEWHERE = ("Other Codes",)


def path_of(code: str) -> tuple[str, ...]:
    """The headings that a code of CPT stands under by its number, top first.

    >>> path_of("27447")
    ('Surgery', 'Musculoskeletal System')
    """
    if code.isdigit():
        return _STARTS[bisect_right(_NUMBERS, code) - 1][1]
    return _BY_LETTER.get(code[-1], _ELSEWHERE)
