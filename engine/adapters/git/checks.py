"""Whether a repository is one that is read: it starts nothing, leads nowhere else, and is kept in a known format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from engine.adapters.git.place import Place
from engine.adapters.git.refusals import GitDamaged, GitForeignLink, GitFormat, GitHooks, GitMissing

_LARGEST_SETTINGS = 256 << 10  # bytes
_SECTION = re.compile(r"\[\s*([\w.-]+)[^\]]*\]")
_STARTS = frozenset({  # settings that name a program which Git would start
    "hookspath", "fsmonitor", "sshcommand", "gitproxy", "textconv", "driver", "clean", "smudge", "process",
})  # fmt: skip
_ELSEWHERE = ("objects/info/alternates", "objects/info/http-alternates", "commondir", "gitdir")


def open_repository(folder: Path) -> Place:
    """The repository of a folder, or in the `.git` of a work tree. The caller closes it. Raises GitRefused."""
    place = Place(folder)
    try:
        inside = place.kind(".git")
    finally:
        place.close()
    if inside not in (None, "folder"):
        raise GitForeignLink("its .git is no folder: the repository is kept elsewhere", path=".git")
    found = Place(folder if inside is None else folder / ".git")
    try:
        _check(found)
    except BaseException:
        found.close()
        raise
    return found


def _check(place: Place) -> None:
    if place.kind("HEAD") is None or place.kind("objects") is None:
        raise GitMissing("there is no Git repository in the folder")
    for path in ("HEAD", "objects", "refs", "hooks", "config", "packed-refs"):
        if place.kind(path) == "link":
            raise GitForeignLink(f"{path} is a link", path=path)
    for path in _ELSEWHERE:
        if place.kind(path) is not None:
            raise GitForeignLink(f"{path} names another folder", path=path)
    hooks = [name for name in place.names("hooks") if not name.endswith(".sample")]
    if hooks:
        raise GitHooks(f"it has the hook {hooks[0][:100]}", path=f"hooks/{hooks[0]}"[:512])
    if place.kind("reftable") is not None:
        raise GitFormat("its references are kept in reftables")
    for name in ("config", "config.worktree"):
        _check_settings(name, place.read(name, _LARGEST_SETTINGS) or b"")


def _check_settings(name: str, content: bytes) -> None:
    """Read only to refuse: none of the settings is obeyed."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise GitDamaged(f"{name} is not UTF-8", path=name) from None
    for section, key, value in _settings(text):
        if section in ("include", "includeif") or key == "worktree":
            raise GitForeignLink(f"{name} has the setting {section}.{key}", path=name)
        if section == "filter" or key in _STARTS:
            raise GitHooks(f"{name} has the setting {section}.{key}", path=name)
        if (key == "objectformat" and value != "sha1") or (key == "refstorage" and value != "files"):
            raise GitFormat(f"{name} has the setting {key} = {value[:20]}", path=name)


def _settings(text: str) -> Iterator[tuple[str, str, str]]:
    """Section, key and value of each line, the first two in small letters; a section by itself too."""
    section = ""
    for line in text.splitlines():
        rest = line.strip()
        if found := _SECTION.match(rest):
            section, rest = found[1].lower().partition(".")[0], rest[found.end() :].strip()
            yield section, "", ""
        if rest and rest[0] not in "#;":
            key, _, value = rest.partition("=")
            yield section, key.strip().lower(), value.strip().lower()
