"""What commits, trees and tags say."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import NamedTuple

from engine.adapters.git.refusals import GitDamaged, GitName
from engine.model.git import GitCommit

ID = re.compile(r"[0-9a-f]{40}")
_PERSON = re.compile(r"(.*?)\s*<[^<>]*>\s*(-?\d{1,15})?(?:\s+[+-]\d{4})?")
LONGEST_AUTHOR, LONGEST_MESSAGE = 200, 4_000  # characters; what is longer is cut
_FORBIDDEN = frozenset({"", ".", "..", ".git", "git~1"})


class Entry(NamedTuple):
    """What stands in a folder."""

    name: str
    kind: str  # folder | file | link | module
    id: str


_KINDS = {"40000": "folder", "040000": "folder", "100644": "file", "100755": "file", "100664": "file",
          "120000": "link", "160000": "module"}  # fmt: skip


def commit_of(id_: str, content: bytes) -> GitCommit:
    """Raises GitDamaged."""
    head, _, message = content.decode("utf-8", "replace").partition("\n\n")
    lines = head.split("\n")
    tree = _field(lines[0], "tree")
    parents = tuple(_field(line, "parent") for line in lines[1:] if line.startswith("parent "))
    told = {name: rest for name, _, rest in (line.partition(" ") for line in reversed(lines))}
    author = _PERSON.fullmatch(told.get("author", ""))
    committer = _PERSON.fullmatch(told.get("committer", ""))
    seconds = committer[2] if committer else None
    return GitCommit(
        id_, tree, parents, _said(author[1] if author else "", LONGEST_AUTHOR), _moment(seconds),
        _said(message, LONGEST_MESSAGE).strip(),
    )  # fmt: skip


def entries_of(content: bytes) -> list[Entry]:
    """Raises GitDamaged, GitName."""
    found: dict[str, Entry] = {}
    at = 0
    while at < len(content):
        end = content.find(b"\0", at)
        mode, _, raw = content[at:end].partition(b" ")
        id_ = content[end + 1 : end + 21].hex()
        kind = _KINDS.get(mode.decode("ascii", "replace"))
        if end < 0 or len(id_) != 40 or kind is None:
            raise GitDamaged("a folder is not sound")
        name = _name(raw)
        if name in found:
            raise GitName(f"{name[:100]} stands twice in one folder", path=name[:512])
        found[name] = Entry(name, kind, id_)
        at = end + 21
    return list(found.values())


def tagged(content: bytes) -> str:
    """The id of what a tag names. Raises GitDamaged."""
    return _field(content.decode("utf-8", "replace").partition("\n")[0], "object")


def _name(raw: bytes) -> str:
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        raise GitName("a name is not UTF-8") from None
    if name.lower() in _FORBIDDEN or any(sign in name for sign in "/\\"):
        raise GitName(f"{name[:100]!r} is no name of a file", path=name[:512])
    return name


def _field(line: str, name: str) -> str:
    said, _, id_ = line.partition(" ")
    if said != name or not ID.fullmatch(id_):
        raise GitDamaged(f"there is no {name} where one should be")
    return id_


def _said(text: str, most: int) -> str:
    """Without what is no sign and what turns the direction of the others."""
    return "".join(sign for sign in text if sign in "\n\t" or not _harms(sign))[:most]


def _harms(sign: str) -> bool:
    turns = "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"
    return turns or unicodedata.category(sign) in ("Cc", "Cs")


def _moment(seconds: str | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
