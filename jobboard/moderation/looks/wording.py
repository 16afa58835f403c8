"""Wording of known frauds on people who look for remote work.

The script (FTC, "Job scams"): an interview by chat, a check for the home office that bounces after a part of it was
passed on to a "vendor", fees before the first day (`fees`), bank details before an offer. Much of it has honest uses,
so each is a question to staff, with the words it was asked by.
"""

import re

from jobboard.moderation.looks import Noticed
from jobboard.moderation.looks.quoting import quoted
from jobboard.moderation.models import Signal

_CHAT = re.compile(
    r"\b(?:telegram|whats\s?app|we\s?chat|google\s+(?:hangouts?|chat)|viber|kik\s+messenger|line\s+app|wire\s+app|"
    r"signal\s+(?:app|messenger|chat)|(?:on|via|by|through|over)\s+signal|discord|skype\s+(?:chat|id)|"
    r"t\.me/\w+|wa\.me/\w+|text\s+(?:the\s+)?(?:hiring\s+)?(?:me|us|manager)\b)",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"\b(?:che(?:que|ck)s?\s+(?:for|to\s+(?:buy|purchase|cover|deposit))\b|"
    r"(?:deposit|mail|send|e-?mail|issue|cash)\s+(?:you\s+)?(?:a|the|your|our)\s+che(?:que|ck)|"
    r"(?:cashier'?s|certified|company|paper)\s+che(?:que|ck)|mobile\s+deposit|cheques?|money\s+orders?|wire\s+transfer|"
    r"western\s+union|moneygram|zelle|cash\s?app|venmo|gift\s+cards?|bitcoin|crypto\s?currency|you\s+deposit\s+it)",
    re.IGNORECASE,
)
_EQUIPMENT = re.compile(
    r"\b(?:(?:certified|approved|our|equipment|preferred)\s+(?:\w+\s+)?vendors?|"
    r"(?:buy|purchase|pay\s+for|order)\s+(?:your|the|this|all|any)?\s*(?:own\s+)?(?:\w+\s+){0,2}"
    r"(?:equipment|laptop|computer|software|encoder|starter\s+kit|home\s+office)|"
    r"reimburse[ds]?\s+(?:you\s+)?for\s+(?:the\s+|your\s+)?(?:equipment|laptop|computer|software))",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"\b(?:social\s+security\s+(?:number|card)|ssn|bank\s+(?:account|login|details|name)|(?:name\s+of\s+)?your\s+bank|"
    r"routing\s+number|account\s+number|date\s+of\s+birth|(?:copy|photo|picture)\s+of\s+your\s+"
    r"(?:id|driver'?s?\s+licen[sc]e|passport)|credit\s+(?:score|report)|id\.me)\b",
    re.IGNORECASE,
)
_RECORDS = r"(?:charts?|encounters?|PHI|(?:medical|patient|health)\s+(?:records?|files?|data|notes?))"
_OWN = r"your\s+(?:own|personal|private)\s+(?:e-?mail|mail\w*|inbox|gmail|drive|phone)"
_DRIVE = r"(?:a\s+|our\s+)?(?:shared\s+)?(?:google\s+drive|dropbox|wetransfer)"
_CHARTS = re.compile(
    rf"\b(?:{_RECORDS}\b[^.!?]{{0,50}}?\b(?:to|in|into|via|through|by|on|at)\s+(?:{_OWN}|{_DRIVE})|"
    rf"{_RECORDS}\s+(?:will\s+)?(?:be\s+|are\s+)?(?:e-?mailed\s+to|(?:come|arrive|sent|delivered|shared)\s+(?:by|via)\s+e-?mail)|"
    rf"(?:receive|get)\s+(?:the\s+|your\s+)?(?:patient\s+)?{_RECORDS}\s+(?:by|via)\s+e-?mail|"
    rf"(?:we|they)\s+e-?mail\s+you\s+(?:\w+\s+){{0,2}}{_RECORDS})",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:no|not|never|nor|without|neither)\b", re.IGNORECASE)


def chat(text: str) -> Noticed | None:
    """An interview or a contact by a chat app."""
    return quoted(text, _CHAT, Signal.Kind.CHAT, "It names a chat app: frauds interview by text, away from here.")


def check(text: str) -> Noticed | None:
    """Checks to deposit, and ways of paying that cannot be called back."""
    sentence = "It speaks of checks or of money that cannot be called back: the fake check is the classic fraud."
    return quoted(text, _CHECK, Signal.Kind.CHECK, sentence)


def equipment(text: str) -> Noticed | None:
    """Equipment to be bought, or a vendor to be paid."""
    sentence = "It speaks of equipment to be bought or of a vendor: frauds have people pay for a home office first."
    return quoted(text, _EQUIPMENT, Signal.Kind.EQUIPMENT, sentence)


def identity(text: str) -> Noticed | None:
    """Bank or identity details, which nobody needs before an offer."""
    sentence = "It asks for bank or identity details, which nobody needs before an offer."
    return quoted(text, _IDENTITY, Signal.Kind.IDENTITY, sentence)


def charts(text: str) -> Noticed | None:
    """Patients' records in mailboxes or drives of the coders' own; not a text that says they never go there."""
    sentence = "It seems to send patients' records to coders' own mailboxes or drives, where nothing guards them."
    return quoted(text, _CHARTS, Signal.Kind.CHARTS, sentence, unless=_kept_in)


def _kept_in(before: str, words: str, _after: str) -> bool:
    return bool(_NOT.search(before + words))
