"""Addresses of push channels, as apprise writes them, and which host each speaks to.

Only services are known here whose host can be told from the address: their own, or the one that it names. With the
host, what an address may speak to is known before anything is sent.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from engine.model.hosts import LONGEST_URL, NoAddress, destination

FIXED = {
    "line": "https://api.line.me/",  # the messaging API of LINE: line://token/user
    "tgram": "https://api.telegram.org/",
    "discord": "https://discord.com/",
}
NAMED = ("ntfy", "gotify", "mmost")  # with s at the end by https
_SERVICES = frozenset({*FIXED, *NAMED, *(f"{name}s" for name in NAMED)})
PLACE = "{to}"  # where a person stands in an address of the office's own
_RECIPIENT = re.compile(r"[A-Za-z0-9_-]{1,128}")
_VISIBLE = re.compile(r"[\x21-\x7e]+")


def addressed(template: str, recipient: str) -> str:
    """The address of a person through an account of the office's: `template` has {to} in that place. Raises NoAddress.
    """
    if not _RECIPIENT.fullmatch(recipient):
        raise NoAddress("who it is for has letters, digits, _ and - only")
    if template.count(PLACE) != 1 or PLACE not in template.partition("://")[2].partition("/")[2]:
        raise NoAddress(f"the address has {PLACE} once, after its first /")
    return template.replace(PLACE, recipient)


def service_of(address: str) -> str:
    """The service's name in the address: its scheme. Raises NoAddress for one that is not known here."""
    scheme, mark, _ = address.partition("://")
    scheme = scheme.lower()
    if not mark or scheme not in _SERVICES:
        raise NoAddress(f"only {', '.join(sorted(_SERVICES))} are known")
    return scheme


def target_of(address: str) -> str:
    """The URL of the host that a message to this address goes to. Raises NoAddress.

    An address has no query: there apprise takes options, such as not to check certificates.
    """
    scheme = service_of(address)
    if len(address) > LONGEST_URL or not _VISIBLE.fullmatch(address) or "?" in address or "#" in address:
        raise NoAddress("the address has a character, or options, that are not taken")
    try:
        parts = urlsplit(address)
    except ValueError:
        raise NoAddress("this is no address") from None
    if not parts.netloc:
        raise NoAddress("the address has no host and no key")
    if scheme in FIXED:
        return FIXED[scheme]
    if not parts.path.strip("/"):
        if scheme.startswith("ntfy"):
            return "https://ntfy.sh/"  # a topic of the public server
        raise NoAddress("the address has no key after its host")
    secure = scheme.endswith("s")
    url = f"{'https' if secure else 'http'}://{parts.netloc.rpartition('@')[2]}/"
    destination(url)
    return url
