"""What a coder would pay before earning anything, and work that is not paid.

An honest employer pays for courses, memberships and exams and says how much, so an amount beside a course counts only
where nobody else is said to pay it.
"""

import re

from jobboard.moderation.looks import Noticed
from jobboard.moderation.looks.quoting import quoted
from jobboard.moderation.models import Signal

_THING = (
    r"(?:courses?|certificates?|(?:starter|welcome|onboarding|training)\s+(?:pack|package|materials?|module|program)|"
    r"kits?|background\s+checks?|registration|enrollment|activation)"
)
_AMOUNT = (
    r"(?:(?:US)?\$\s?\d+(?:,\d{3})*(?:\.\d\d)?|\d+\s?(?:USD|dollars))(?!\s?(?:[/\d\u2013-]|an?\b|per\b|each\b|to\s+\$))"
)
_PAY = r"(?:pay\w*|wages?|checks?|invoices?|earnings|salary|weeks?|months?)"
_OUT_OF = (
    r"(?:taken|deducted|withheld|subtracted|comes?|recovered|recouped)\s+(?:back\s+)?(?:out\s+of|from|off)\s+your\s+"
)

_ASKED = re.compile(
    r"\b(?:(?:application|registration|training|processing|enrollment|onboarding|starter|activation|placement|"
    r"background[\s-]check)\s+(?:fee|cost|charge|deposit)s?|refundable\s+(?:fee|deposit)|fee\s+of\s+\$\s?\d+|"
    rf"{_OUT_OF}(?:first|initial|next)\s+(?:\w+\s+)?{_PAY}|"
    rf"{_THING}\b[^.!?]{{0,40}}\b{_OUT_OF}{_PAY}|"
    r"paid\s+by\s+(?:you|the\s+(?:coder|candidate|contractor))\s+(?:up\s?-?front|in\s+advance|at\s+the\s+start|before)|"
    rf"{_THING}\s+at\s+your\s+(?:own\s+)?(?:cost|expense))",
    re.IGNORECASE,
)
_BOUGHT = re.compile(
    r"\b(?:pay|cover|buy|purchase)\s+(?:for\s+|the\s+cost\s+of\s+)?(?:your|the|our|an?)\s+(?:\w+\s+){0,2}"
    rf"(?:training|{_THING})",
    re.IGNORECASE,
)
_PRICED = re.compile(rf"(?:\b{_THING}\b[^.!?$]{{0,40}}{_AMOUNT}|{_AMOUNT}[^.!?$]{{0,25}}\b{_THING}\b)", re.IGNORECASE)
_TRIAL = re.compile(
    r"\b(?:(?:trial|probation\w*|working\s+interview)\b[^.!?;]{0,60}?\b(?:unpaid|(?:not|without)\s+(?:be\s+)?pa(?:id|y))|"
    r"(?:unpaid|free)\s+(?:\w+\s+)?(?:trial|probation\w*|working\s+interview)|"
    r"first\s+(?:\w+\s+)?(?:charts?|encounters?|records?|batch(?:es)?)\s+(?:are|is)\s+(?:unpaid|not\s+paid|free))",
    re.IGNORECASE,
)

_DENIED = re.compile(
    r"\b(?:no|never|without|nor|(?:not|n't)\s+(?:ask|charge|require|use|have|offer)\w*|not\s+\w+\s+(?:a|any))\s+"
    r"(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
# "We ask that you pay for the course" is no promise: whoever is named last before the words pays.
_BY_EMPLOYER = re.compile(
    r"\b(?:we|us|they|company|client|clinic|hospital|practice|employer)\b(?!['\u2019]s)"
    r"(?:(?!\b(?:you|candidates?|coders?|applicants?|contractors?)\b).)*$",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:(?:we|employer|company|client|clinic|hospital|practice)(?:'ll)?\s+(?:\w+\s+){0,2}"
    r"(?:pay|cover|reimburse|give|provide|offer|fund|send|add)s?|"
    r"(?:company|employer|fully)[\s-]paid|reimburs\w+|tuition|stipends?|allowances?|budget|vouchers?|scholarships?|"
    r"bonus\w*|raise|rises?|toward|worth|up\s+to|on\s+us|free|earn\w*|"
    r"paid\s+(?:for\s+)?by\s+(?:us|the\s+(?:company|employer|clinic|hospital|practice)))\b",
    re.IGNORECASE,
)
_USUAL = re.compile(r"\b(?:premiums?|insurance|tax\w*|401|parking|dues|contributions?)\b", re.IGNORECASE)


def fee(text: str) -> Noticed | None:
    """A fee, a course or a kit that the coder pays; not a text that says there is none, or that the employer pays."""
    sentence = "It seems to have coders pay before they earn: a fee, a course or a kit."
    looks = ((_ASKED, _nothing_asked), (_BOUGHT, _by_employer), (_PRICED, _given))
    found = [quoted(text, words, Signal.Kind.FEE, sentence, unless) for words, unless in looks]
    said = [word for noticed in found if noticed for word in noticed.words]
    return Noticed(Signal.Kind.FEE, sentence, said) if said else None


def trial(text: str) -> Noticed | None:
    """Work on trial that nobody pays; a short test before an interview is none."""
    sentence = "It seems to have coders work on trial without pay."
    return quoted(text, _TRIAL, Signal.Kind.TRIAL, sentence, unless=_denied)


def _denied(before: str, _words: str, _after: str) -> bool:
    return bool(_DENIED.search(before))


def _nothing_asked(before: str, words: str, _after: str) -> bool:
    return bool(_DENIED.search(before) or _USUAL.search(before + words))


def _by_employer(before: str, _words: str, _after: str) -> bool:
    return bool(_DENIED.search(before) or _BY_EMPLOYER.search(before))


def _given(before: str, words: str, after: str) -> bool:
    return bool(_DENIED.search(before) or _GIVEN.search(before + words + after))
