"""Whose domain an address is at, as far as it can be told without asking anybody."""

from urllib.parse import urlsplit

# Where anybody gets a mailbox: an address there says nothing about who hires.
_MAIL_FOR_ALL = """
126.com 163.com aim.com aol.com att.net bellsouth.net comcast.net cox.net duck.com earthlink.net email.com
fastmail.com fastmail.fm gmail.com gmx.com gmx.de gmx.net gmx.us googlemail.com hey.com hotmail.co.uk hotmail.com
hushmail.com icloud.com inbox.com juno.com lavabit.com live.com mac.com mail.com mail.ru mailbox.org mailfence.com
me.com msn.com netzero.net optonline.net outlook.com outlook.de pm.me posteo.de proton.me protonmail.ch
protonmail.com qq.com rediffmail.com rocketmail.com runbox.com sbcglobal.net startmail.com tuta.com tutanota.com
verizon.net web.de yahoo.ca yahoo.co.in yahoo.co.uk yahoo.com yahoo.in yandex.com yandex.ru ymail.com zoho.com
zohomail.com
"""
FREE_MAIL = frozenset(_MAIL_FOR_ALL.split())


def domain_of_site(url: str) -> str:
    """The domain of a web address without its "www.", such as "harbor.example"; an empty string where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    return _plain(host).removeprefix("www.")


def domain_of_mail(address: str) -> str:
    """The domain of an e-mail address, such as "harbor.example"; an empty string where there is none."""
    return _plain(address.rpartition("@")[2]) if "@" in address else ""


def is_free_mail(domain: str) -> bool:
    """Whether anybody gets a mailbox at a domain."""
    return domain in FREE_MAIL


def within(domain: str, of: str) -> bool:
    """Whether a domain is another one or under it. Never the other way: "co.uk" is not of "harbor.co.uk"."""
    return bool(domain and of) and (domain == of or domain.endswith(f".{of}"))


def related(one: str, other: str) -> bool:
    """Whether one of two domains is the other one or under it."""
    return within(one, other) or within(other, one)


def _plain(host: str) -> str:
    """Lower case, in the letters that the domain name system knows, without the dot of the root."""
    host = host.strip().lower().rstrip(".")
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host
