"""Where the service may send something: what an address says, which hosts are allowed, which numbers no name may mean.

The kinds of IP addresses are those of the IANA special-purpose registries (RFC 6890), as Python's ipaddress knows them;
what it lacks is named here.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import idna

LONGEST_URL = 2000  # characters
PORTS = {"https": 443, "http": 80}
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_VISIBLE = re.compile(r"[\x21-\x7e]+")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address behind a translator
_TUNNELS = (ipaddress.IPv6Network("2002::/16"), ipaddress.IPv6Network("2001::/32"))  # 6to4 and Teredo hold one, too
_THIS_NETWORK = ipaddress.ip_network("0.0.0.0/8")
# where clouds tell a machine its secrets: in no case, not even where an administrator allowed private addresses
_METADATA = frozenset(
    ipaddress.ip_address(a)
    for a in ("169.254.169.254", "169.254.170.2", "168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254")
)
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NoAddress(ValueError):
    """The text is no address that anything can be sent to; the message says why, in English."""


@dataclass(frozen=True, slots=True)
class Destination:
    """What a URL says. `host` is lower case and ASCII (IDNA), an IPv6 address without brackets; `path` begins with `/`
    and has the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Without the path."""
        return f"{self.scheme}://{self.authority}/"

    @property
    def authority(self) -> str:
        """As the header Host has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class AllowedHost:
    """An entry of the list. `pattern` is a host, or `*.` and a domain: every name below it, not the domain itself.
    With `private`, its name may mean an address of the office's own network, or of this machine."""

    pattern: str
    port: int = 443
    scheme: str = "https"
    private: bool = False

    def covers(self, where: Destination) -> bool:
        """Whether the entry allows it."""
        if (self.scheme, self.port) != (where.scheme, where.port):
            return False
        if self.pattern.startswith("*."):
            return where.host.endswith(self.pattern[1:]) and not _is_number(where.host)
        return where.host == self.pattern


def destination(url: str) -> Destination:
    """The parts of an http(s) URL. Raises NoAddress for another scheme, a name with a password, a fragment, characters
    that no URL has, and what is too long."""
    if len(url) > LONGEST_URL:
        raise NoAddress(f"the address is longer than {LONGEST_URL} characters")
    if "\\" in url or any(c.isspace() or ord(c) < 33 or ord(c) == 127 for c in url):
        raise NoAddress("the address has a character that no address has")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NoAddress("this is no address") from None
    if parts.scheme not in PORTS:
        raise NoAddress("the address begins with https:// or http://")
    if "@" in parts.netloc:
        raise NoAddress("the address holds a name or a password")
    if parts.fragment or "#" in url:
        raise NoAddress("the address has a fragment")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not _VISIBLE.fullmatch(path):
        raise NoAddress("the path has characters that must be written as %XX")
    if port == 0:
        raise NoAddress("there is no port 0")
    return Destination(parts.scheme, host_of(parts.hostname or ""), port or PORTS[parts.scheme], path)


def host_of(text: str) -> str:
    """A host's name in ASCII and lower case, or its number in its one usual form. Raises NoAddress."""
    text = text.strip("[]") if text.startswith("[") else text.removesuffix(".")
    if _is_number(text):
        if "%" in text:
            raise NoAddress("the number of the host has a zone")
        return str(ipaddress.ip_address(text))
    try:
        name = idna.encode(text.lower(), uts46=True).decode() if not text.isascii() else text.lower()
    except idna.IDNAError:
        raise NoAddress("this is no name of a host") from None
    labels = name.split(".")
    # a name that ends in a number is read as one by some resolvers: 0x7f.1, 2130706433
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)) or re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):
        raise NoAddress("this is no name of a host")
    return name


def pattern_of(text: str) -> str:
    """The pattern of an entry as it is kept: a host, or `*.` and a domain of two parts at least. Raises NoAddress."""
    if not text.startswith("*."):
        return host_of(text)
    domain = host_of(text.removeprefix("*."))
    if _is_number(domain) or "." not in domain:
        raise NoAddress("after *. there is a domain of two parts at least")
    return f"*.{domain}"


def why_refused(number: str, private: bool) -> str | None:
    """Why nothing is sent to an IP address, in a few English words; None when it may be. With `private`, those of
    local networks and of this machine are no reason."""
    address: Address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return "an IPv4 address written as IPv6"
        if any(address in network for network in _TUNNELS):
            return "a tunnel"
        if address in _TRANSLATED:
            return why_refused(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)), private=False)
    if address in _METADATA:
        return "the address where a cloud tells its secrets"
    if address.is_multicast or address.is_link_local or address in _THIS_NETWORK:
        return "no address of one host"
    if address.is_loopback:
        return None if private else "this machine itself"
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return None if private else "a private network"
    if address.is_reserved or address.is_unspecified:
        return "a reserved address"
    if not address.is_global:
        return None if private else "a private network"
    return None


def _is_number(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
