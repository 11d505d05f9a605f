"""The Git source of a service: a folder that its administrator named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from engine.adapters.git.objects import Objects
from engine.adapters.git.records import Entry, commit_of, entries_of
from engine.adapters.git.references import references_of
from engine.adapters.git.refusals import GitLinkInside, GitTooLarge
from engine.model.git import MOST_COMMITS, GitCommit, GitReference

MOST_ENTRIES = 1_000  # files and folders in one folder that is taken
LARGEST_FILE = 2 << 20  # bytes
LARGEST_FOLDER = 32 << 20  # bytes of its files together
DEEPEST = 10  # folders within each other


class GitFolder:
    """As GitSource: the repository in a folder, with a work tree or without; what is not committed is not seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> closing[Reading]:
        """As GitSource.open."""
        return closing(Reading(Objects(self.folder)))


class Reading:
    """As GitReading."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    def close(self) -> None:
        """Nothing is read any more."""
        self._objects.close()

    def references(self) -> list[GitReference]:
        """As GitReading.references."""
        return references_of(self._objects)

    def history(self, commit_id: str) -> Iterator[GitCommit]:
        """As GitReading.history; it ends where a shallow repository does."""
        for _ in range(MOST_COMMITS):
            commit = commit_of(commit_id, self._objects.record(commit_id, "commit"))
            yield commit
            if not commit.parents or not self._objects.has(commit.parents[0]):
                return
            commit_id = commit.parents[0]

    def folders(self, commit: GitCommit, path: str) -> Mapping[str, str]:
        """As GitReading.folders."""
        return {entry.name: entry.id for entry in self._entries(commit, path) if entry.kind == "folder"}

    def files(self, commit: GitCommit, path: str) -> list[tuple[str, bytes]]:
        """As GitReading.files. Raises GitLinkInside, GitTooLarge, GitName, GitDamaged."""
        found: list[tuple[str, bytes]] = []
        waiting = [(path, entry, 1) for entry in self._entries(commit, path)]
        seen = size = 0
        while waiting:
            within, entry, depth = waiting.pop()
            below, seen = f"{within}/{entry.name}", seen + 1
            if seen > MOST_ENTRIES or depth > DEEPEST:
                raise GitTooLarge(f"{path} holds more than {MOST_ENTRIES} names, or too deep ones", path=path)
            if entry.kind == "folder":
                waiting += [(below, each, depth + 1) for each in self._tree(entry.id)]
            elif entry.kind == "file":
                content = self._objects.blob(entry.id, LARGEST_FILE)
                found.append((below, content))
                size += len(content)
                if size > LARGEST_FOLDER:
                    raise GitTooLarge(f"the files of {path} have more than {LARGEST_FOLDER >> 20} MiB", path=path)
            else:
                raise GitLinkInside(f"{below} is a {entry.kind}", path=below)
        return sorted(found)

    def _entries(self, commit: GitCommit, path: str) -> list[Entry]:
        """What stands in a folder; nothing when there is none. Raises GitLinkInside when it is a link, or in one."""
        entries = self._tree(commit.tree)
        for name in path.split("/"):
            entry = next((each for each in entries if each.name == name), None)
            if entry is not None and entry.kind in ("link", "module"):
                raise GitLinkInside(f"{name} is a {entry.kind}", path=path)
            if entry is None or entry.kind != "folder":
                return []
            entries = self._tree(entry.id)
        return entries

    def _tree(self, id_: str) -> list[Entry]:
        return entries_of(self._objects.record(id_, "tree"))
