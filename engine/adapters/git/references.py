"""The branches and tags of a repository, and at which of them it stands."""

from __future__ import annotations

from collections.abc import Iterator

from engine.adapters.git.objects import Objects
from engine.adapters.git.records import ID, tagged
from engine.adapters.git.refusals import GitDamaged, GitFormat, GitTooLarge
from engine.model.git import LONGEST_REFERENCE, GitReference

MOST_REFERENCES = 1_000
_LARGEST_PACKED = 4 << 20  # bytes
_LARGEST = 1_024
_DEEPEST = 10  # names within each other
_MOST_TAGS = 5  # that name each other
_KINDS = (("refs/heads/", "BRANCH"), ("refs/tags/", "TAG"))


def references_of(objects: Objects) -> list[GitReference]:
    """Branches, then tags, each by name; what names no commit is left out. Raises GitRefused."""
    named = dict(_packed(objects))
    for beginning, _ in _KINDS:
        named.update(_loose(objects, beginning.rstrip("/"), 0))
        if len(named) > MOST_REFERENCES:
            raise GitTooLarge(f"it has more than {MOST_REFERENCES} branches and tags")
    head = _text(objects, "HEAD")
    stands_at = head.removeprefix("ref: ").strip() if head.startswith("ref: ") else None
    found = []
    for beginning, kind in _KINDS:
        for name in sorted(n for n in named if n.startswith(beginning)):
            short, commit_id = name.removeprefix(beginning), _commit(objects, named[name])
            if commit_id is not None and 0 < len(short) <= LONGEST_REFERENCE and short.isprintable():
                found.append(GitReference(short, kind, commit_id, name == stands_at))
    return found


def _packed(objects: Objects) -> Iterator[tuple[str, str]]:
    content = objects.place.read("packed-refs", _LARGEST_PACKED) or b""
    for line in content.decode("utf-8", "replace").splitlines():
        if line and line[0] not in "#^":
            id_, _, name = line.partition(" ")
            yield name, _checked(id_, name)


def _loose(objects: Objects, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        raise GitTooLarge("the names of its branches have too many parts")
    for name in objects.place.names(path):
        below = f"{path}/{name}"
        if objects.place.kind(below) == "folder":
            yield from _loose(objects, below, depth + 1)
        elif not name.endswith(".lock") and not (text := _text(objects, below)).startswith("ref: "):
            yield below, _checked(text, below)


def _text(objects: Objects, path: str) -> str:
    return (objects.place.read(path, _LARGEST) or b"").decode("utf-8", "replace").strip()


def _checked(id_: str, name: str) -> str:
    if len(id_) == 64:
        raise GitFormat("its objects are named by SHA-256")
    if not ID.fullmatch(id_):
        raise GitDamaged(f"{name[:100]} names no object", path=name[:512])
    return id_


def _commit(objects: Objects, id_: str) -> str | None:
    """The commit that a reference names, perhaps through tags; None when it names something else."""
    for _ in range(_MOST_TAGS):
        kind, content = objects.any_record(id_)
        if kind != "tag":
            return id_ if kind == "commit" else None
        id_ = tagged(content)
    return None
