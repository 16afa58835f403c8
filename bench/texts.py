"""What generated postings and employers say: sentences of our own, put together at random."""

from random import Random

OPENINGS = [
    "You will code {specialty} charts for {employer}, a group of {number} providers.",
    "Our {specialty} work queue needs one more pair of eyes, and a person who reads the whole note.",
    "{employer} is adding a coder for {specialty} after a year of growth.",
    "This position codes and abstracts {specialty} encounters from documentation to claim.",
    "Join a team of {number} coders who work {specialty} and answer to a lead who still codes.",
    "We are looking for a careful coder who knows {specialty} and asks when the note does not say.",
]
DUTIES = [
    "Assign diagnosis and procedure codes from the signed note, with modifiers where the record supports them.",
    "Query physicians in writing when laterality, specificity or medical necessity is not documented.",
    "Resolve edits from the scrubber the day they appear.",
    "Work denials for bundling, medical necessity and timely filing, and write the appeal.",
    "Keep {accuracy} percent accuracy in a monthly audit of {few} encounters.",
    "Code operative reports for arthroscopy, fracture care and joint replacement.",
    "Code infusion and injection visits with start and stop times, wastage and drug units.",
    "Review charts for hierarchical condition categories and support each with evidence from the encounter.",
    "Abstract emergency department levels, critical care time and procedures.",
    "Code endoscopy with biopsy, polyp removal and screening rules.",
    "Check place of service, rendering and supervising provider before release.",
    "Assign DRGs and severity from the discharge summary, and settle mismatches with documentation staff.",
    "Code imaging with and without contrast, and interventional procedures by vessel.",
    "Keep up with quarterly updates of HCPCS and the yearly guidelines.",
    "Meet with providers twice a month about what their documentation leaves out.",
    "Take part in a peer review, and give one, every week.",
    "Post charges, reconcile the schedule against the charge log, and report what is missing.",
    "Follow the compliance plan, and say so when something in a chart does not look right.",
]
OFFERS = [
    "We pay the dues of one credential, and CEUs through the year.",
    "Training lasts {few} weeks, is paid at the full rate, and ends when you and the lead agree that it does.",
    "Queries, meetings and training are paid time.",
    "You get a laptop, two monitors and a headset; you bring a quiet room and a wired connection.",
    "Productivity is {few} charts an hour after the first ninety days.",
    "The assessment is {few} short cases and takes under an hour.",
    "Expect a recruiter call, a test, and one conversation with the manager.",
    "There is no weekend work unless you ask for it.",
    "Overtime is offered before it is required.",
    "Health insurance begins on the first day of the month after you start.",
]
_THINGS = """
    arthroplasty bronchoscopy cataract catheterization colonoscopy craniotomy debridement dialysis echocardiogram
    electrophysiology endoscopy epidural excision fistula fluoroscopy fracture glaucoma hernia hysterectomy implant
    infusion laminectomy laparoscopy ligation lithotripsy mammography mastectomy nephrectomy oncology pacemaker
    pathology prenatal prostatectomy radiotherapy resection rhinoplasty sepsis spirometry stent telehealth
    thoracentesis thyroid tonsillectomy transplant trauma ultrasound ureteroscopy vaccination ventilator wound
"""
_FIRST = """
    Alder Amber Aspen Bayview Beacon Birch Bluff Briar Cascade Cedar Clearwater Copper Coral Cypress Dogwood
    Eastgate Elm Evergreen Fairmont Foxglove Glen Granite Harbor Hawthorn Heron Hickory Highland Hollis Juniper
    Keystone Kingfisher Lakeshore Larch Laurel Linden Magnolia Maple Marlow Meadow Mesa Northfield Oakridge Orchard
    Osprey Palmetto Pinecrest Plover Prairie Quarry Redwood Ridge Riverbend Rosewood Sable Saguaro Sequoia Silver
    Spruce Sterling Summit Sycamore Tamarack Thistle Timber Valley Vista Walnut Westbrook Willow Winter Wren Yarrow
"""
THINGS, FIRST = _THINGS.split(), _FIRST.split()
SECOND = {
    "Health": 20, "Medical Group": 18, "Physicians": 14, "Hospital": 12, "Health System": 10, "Clinic": 10,
    "Coding Services": 8, "Revenue Partners": 8, "Staffing": 7, "Surgery Center": 6, "Health Plan": 4, "Audits": 3,
}  # fmt: skip


def description(random: Random, employer: str, specialty: str) -> str:
    """A posting's text in Markdown, 100 to 250 words."""
    few = {"few": random.randint(3, 12), "accuracy": random.choice([95, 95, 96, 97])}
    opening = random.choice(OPENINGS).format(employer=employer, specialty=specialty, number=random.randint(8, 400))
    duties = [f"- {sentence.format(**few)}" for sentence in random.sample(DUTIES, random.randint(3, 8))]
    offers = [sentence.format(**few) for sentence in random.sample(OFFERS, random.randint(2, 5))]
    seen = ", ".join(random.sample(THINGS, 5))
    parts = [
        opening,
        "## The work",
        "\n".join(duties),
        f"You will often see {seen}.",
        "## What we offer",
        " ".join(offers),
    ]
    return "\n\n".join(parts)


def employer_name(random: Random) -> str:
    """A name that sounds like an employer and is none that we know."""
    (second,) = random.choices([*SECOND], [*SECOND.values()])
    return f"{random.choice(FIRST)} {random.choice(FIRST)} {second}"
