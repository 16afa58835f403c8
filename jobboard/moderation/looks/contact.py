"""Where a posting leads: to the employer's own domain, or elsewhere."""

import re
from datetime import datetime

from jobboard.employers.domains import domain_of_mail, domain_of_site, is_free_mail, related, within
from jobboard.moderation.looks import Noticed
from jobboard.moderation.models import Signal
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import ApplyBy

_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")

# Where employers keep the forms of their own sites: an address there says neither yes nor no.
_KEEPERS = """
    adp.com applicantpro.com applicantstack.com applytojob.com ashbyhq.com avature.net bamboohr.com breezy.hr
    brassring.com bullhornreach.com clearcompany.com comeet.com cornerstoneondemand.com dayforcehcm.com eightfold.ai
    freshteam.com governmentjobs.com greenhouse.io healthcaresource.com hirebridge.com icims.com isolvedhire.com
    jazz.co jobvite.com lever.co myworkdayjobs.com myworkdaysite.com oraclecloud.com paycomonline.net paylocity.com
    phenompeople.com pinpointhq.com recruitee.com rippling.com selectminds.com silkroad.com smartrecruiters.com
    successfactors.com symplicity.com taleo.net teamtailor.com ultipro.com usajobs.gov workable.com workforcenow.com
    zohorecruit.com
"""
KEEPERS = frozenset(_KEEPERS.split())


def free_mail(text: str) -> Noticed | None:
    """A mailbox that anybody gets, to apply to or in the text."""
    free = [address for address in _addresses(text) if is_free_mail(domain_of_mail(address))]
    if not free:
        return None
    sentence = "It gives an address at a provider where anybody gets a mailbox, not at the employer's own domain."
    return Noticed(Signal.Kind.FREE_MAIL, sentence, free)


def domain(posting: Posting, _at: datetime) -> Noticed | None:
    """Applications that go to a domain which is not the employer's."""
    where, domain = _applied_at(posting)
    own = posting.employer.domain
    if not domain or is_free_mail(domain) or any(within(domain, keeper) for keeper in KEEPERS):
        return None
    if not own:
        sentence = f"Coders apply at {domain}, and the employer names no website to compare it with."
        return Noticed(Signal.Kind.DOMAIN, sentence, [where])
    if related(domain, own):
        return None
    sentence = f"Coders apply at {domain}, and the employer's website is at {own}."
    return Noticed(Signal.Kind.DOMAIN, sentence, [where])


def _applied_at(posting: Posting) -> tuple[str, str]:
    """The address that coders apply at, and its domain; two empty strings where they apply here."""
    match posting.apply_by:
        case ApplyBy.URL:
            return posting.apply_url, domain_of_site(posting.apply_url)
        case ApplyBy.EMAIL:
            return posting.apply_email, domain_of_mail(posting.apply_email)
    return "", ""


def _addresses(text: str) -> list[str]:
    return [match.group().rstrip(".-") for match in _ADDRESS.finditer(text)]
