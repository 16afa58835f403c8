"""Wording of known frauds on people who look for remote work.

The script (FTC, "Job scams"): an interview by chat, a check for the home office that bounces after a part of it was
passed on to a "vendor", fees before the first day, bank details before an offer. Much of it has honest uses, so each is
a question to staff, with the words it was asked by.
"""

import re

from jobboard.moderation.looks import Noticed
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
_FEE = re.compile(
    r"\b(?:(?:application|registration|training|processing|enrollment|onboarding|starter|background[\s-]check|"
    r"placement)\s+(?:fee|cost|charge|deposit)s?|refundable\s+(?:fee|deposit)|"
    r"(?:pay|cover)\s+(?:for\s+)?(?:your|the)\s+(?:own\s+)?(?:training|background\s+check|certification\s+course)|"
    r"fee\s+of\s+\$\s?\d+)",
    re.IGNORECASE,
)
_NO_FEE = re.compile(r"\b(?:no|never|without|not\s+\w+\s+(?:a|any))\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_IDENTITY = re.compile(
    r"\b(?:social\s+security\s+(?:number|card)|ssn|bank\s+(?:account|login|details|name)|(?:name\s+of\s+)?your\s+bank|"
    r"routing\s+number|account\s+number|date\s+of\s+birth|(?:copy|photo|picture)\s+of\s+your\s+"
    r"(?:id|driver'?s?\s+licen[sc]e|passport)|credit\s+(?:score|report)|id\.me)\b",
    re.IGNORECASE,
)


def chat(text: str) -> Noticed | None:
    """An interview or a contact by a chat app."""
    return _noticed(text, _CHAT, Signal.Kind.CHAT, "It names a chat app: frauds interview by text, away from here.")


def check(text: str) -> Noticed | None:
    """Checks to deposit, and ways of paying that cannot be called back."""
    sentence = "It speaks of checks or of money that cannot be called back: the fake check is the classic fraud."
    return _noticed(text, _CHECK, Signal.Kind.CHECK, sentence)


def equipment(text: str) -> Noticed | None:
    """Equipment to be bought, or a vendor to be paid."""
    sentence = "It speaks of equipment to be bought or of a vendor: frauds have people pay for a home office first."
    return _noticed(text, _EQUIPMENT, Signal.Kind.EQUIPMENT, sentence)


def fee(text: str) -> Noticed | None:
    """A fee that the coder pays; not a text that says there is none."""
    return _noticed(text, _FEE, Signal.Kind.FEE, "It seems to ask coders for a fee or a deposit.", unless=_NO_FEE)


def identity(text: str) -> Noticed | None:
    """Bank or identity details, which nobody needs before an offer."""
    sentence = "It asks for bank or identity details, which nobody needs before an offer."
    return _noticed(text, _IDENTITY, Signal.Kind.IDENTITY, sentence)


def _noticed(
    text: str, words: re.Pattern[str], kind: Signal.Kind, sentence: str, unless: re.Pattern[str] | None = None
) -> Noticed | None:
    found = [
        " ".join(match.group().split())
        for match in words.finditer(text)
        if unless is None or not unless.search(text[max(0, match.start() - 40) : match.start()])
    ]
    return Noticed(kind, sentence, found) if found else None
