"""What the trade calls one thing by several names. A search for one of them finds the others too.

An abbreviation with two meanings finds what either is called in full, and neither finds it: who writes "physical
therapy"
"""

import re
from collections import Counter
from functools import cache, reduce
from operator import or_

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery, SearchQueryField
from django.db.models import BooleanField, F, Func, Q
from django.db.models.expressions import Combinable

from jobboard.postings.words import HIM

# Each line is one thing. Written as people write it; case, hyphens and slashes do not count. What stands in two lines
# has two meanings.
ALIKE = [
    ("HCC", "risk adjustment", "hierarchical condition category"),
    ("RAF", "risk adjustment factor"),
    ("IR", "interventional radiology"),
    ("E/M", "E&M", "evaluation and management"),
    ("ED", "ER", "emergency department", "emergency room", "emergency medicine"),
    ("pro-fee", "profee", "professional fee", "physician billing"),
    ("DRG", "diagnosis related group"),
    ("CDI", "clinical documentation improvement", "clinical documentation integrity"),
    ("HIM", "health information management"),
    ("EHR", "EMR", "electronic health record", "electronic medical record"),
    ("CAC", "computer assisted coding"),
    ("AR", "A/R", "accounts receivable"),
    ("RCM", "revenue cycle"),
    ("WFH", "work from home", "work at home", "telecommute", "remote"),
    ("PRN", "per diem"),
    ("FT", "full time"),
    ("PT", "part time"),
    ("PT", "physical therapy"),
    ("OT", "occupational therapy"),
    ("OT", "overtime"),
    ("ST", "speech therapy"),
    ("W-2", "W2"),
    ("1099", "independent contractor"),
    ("ASC", "ambulatory surgery center", "surgery center"),
    ("SDS", "same day surgery"),
    ("SNF", "skilled nursing"),
    ("FQHC", "federally qualified health center"),
    ("RHC", "rural health clinic"),
    ("VA", "veterans affairs"),
    ("DME", "durable medical equipment"),
    ("OB-GYN", "OB/GYN", "OBGYN", "obstetrics and gynecology"),
    ("GI", "gastroenterology"),
    ("ENT", "otolaryngology", "ear nose and throat"),
    ("ortho", "orthopedics", "orthopaedics", "orthopedic surgery"),
    ("derm", "dermatology"),
    ("cardio", "cardiology"),
    ("EP", "electrophysiology"),
    ("neuro", "neurosurgery"),
    ("neuro", "neurology"),
    ("peds", "pediatrics", "paediatrics"),
    ("onc", "oncology"),
    ("rad onc", "radiation oncology"),
    ("heme onc", "hematology and oncology"),
    ("anesthesia", "anaesthesia", "anesthesiology"),
    ("ICU", "critical care", "intensive care"),
    ("BH", "behavioral health", "behavioural health", "mental health"),
    ("SUD", "substance use"),
    ("path", "pathology"),
    ("CV", "cardiovascular"),
    ("CVT", "cardiothoracic", "cardiovascular and thoracic"),
    ("OP", "outpatient"),
    ("IP", "inpatient"),
    ("apprentice", "CPC-A", "entry level", "new coder"),
    ("Cerner", "Oracle Health"),
    ("3M", "Solventum"),
    ("Allscripts", "Veradigm"),
    ("Kareo", "Tebra"),
    ("CPSI", "TruBridge"),
    ("denials", "appeals", "denial management"),
    ("QA", "quality assurance"),
    ("work queue", "WQ"),
    ("trainer", "educator", "instructor"),
    ("cancer registrar", "tumor registrar", "oncology data specialist"),
]
# States, places, a career's path, a résumé, a catheterization: what else some of them mean.
_OTHERWISE = {"AR", "CV", "FT", "RHC", "ST", "VA", "path"}
_LINES = Counter(name for names in ALIKE for name in names)
_AMBIGUOUS = {name for name, lines in _LINES.items() if lines > 1} | _OTHERWISE


def _stands_for(name: str) -> tuple[str, ...]:
    """Itself, and what else the lines with it say that means nothing else."""
    others = (other for names in ALIKE if name in names for other in names)
    return tuple(dict.fromkeys(other for other in others if other == name or other not in _AMBIGUOUS))


_ALIKE = {name: _stands_for(name) for name in _LINES}
_HIM = re.compile(r"\bhim\b", re.IGNORECASE)  # a word that PostgreSQL's English drops; see words.keywords
_UNWANTED = re.compile(r'(?<!\S)-("[^"]*"?|\S+)')  # what a minus sign takes out


def rewritten(text: str) -> Combinable:
    """SQL for a search for these words, as people write searches, in which names stand for their synonyms too."""
    text = _HIM.sub(f'"{HIM}"', text)
    query: Combinable = SearchQuery(text, config="english", search_type="websearch")
    written = _plain(text)
    forms = ("websearch", "phrase") if '"' in text else ("websearch",)  # between quotes, words are a phrase
    for name, names in _ALIKE.items():
        for form in forms if _PLAIN[name] in written else ():
            one = SearchQuery(name, config="english", search_type=form)
            query = Func(query, one, _any(names), function="ts_rewrite", output_field=SearchQueryField())
    return query


def matching(text: str) -> Q:
    """Postings that have these words, or synonyms of theirs."""
    has = Func(
        F("search"), rewritten(text), template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField()
    )
    return Q(has)


def also(text: str) -> list[str]:
    """The other names by which a search for these words looks, such as ["risk adjustment"] for "HCC coder"."""
    written = _plain(_UNWANTED.sub(" ", text))
    named = (names for name, names in _ALIKE.items() if _PLAIN[name] in written)
    return list(dict.fromkeys(name for names in named for name in names if _PLAIN[name] not in written))


@cache
def _any(names: tuple[str, ...]) -> CombinedSearchQuery | SearchQuery:
    """Any of several names, those of several words as a phrase."""
    return reduce(or_, (SearchQuery(name, config="english", search_type="phrase") for name in names))


def _plain(text: str) -> str:
    """Words between single spaces, to be found among others."""
    return f" {' '.join(re.sub(r'[^a-z0-9]+', ' ', text.casefold()).split())} "


_PLAIN = {name: _plain(name) for name in _ALIKE}
