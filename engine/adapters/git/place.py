"""A folder whose files are read without following any link, wherever on the way one stands."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from engine.adapters.git.refusals import GitForeignLink, GitMissing, GitTooLarge

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
MOST_NAMES = 10_000  # in one folder


class Place:
    """Paths are relative with `/`, and made by us: no name of theirs is `..`. Not for several threads."""

    def __init__(self, root: Path) -> None:
        try:
            self._root = os.open(root, _FOLDER)
        except OSError as error:
            raise GitMissing(f"the folder cannot be opened: {error.strerror}") from None

    def close(self) -> None:
        """Nothing is read any more."""
        os.close(self._root)

    def kind(self, path: str) -> str | None:
        """folder, file, link or other; None when there is nothing."""
        folder, _, name = path.rpartition("/")
        at = self._folder(folder)
        if at is None:
            return None
        try:
            mode = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
        except FileNotFoundError:
            return None
        finally:
            os.close(at)
        kinds = {stat.S_IFDIR: "folder", stat.S_IFREG: "file", stat.S_IFLNK: "link"}
        return kinds.get(stat.S_IFMT(mode), "other")

    def open(self, path: str) -> int | None:
        """A descriptor of a file, which the caller closes; None when there is none. Raises GitForeignLink for what is
        no file of its own."""
        folder, _, name = path.rpartition("/")
        at = self._folder(folder)
        if at is None:
            return None
        try:
            found = _opened(name, _FILE, at, path)
        finally:
            os.close(at)
        if found is not None and not stat.S_ISREG(os.fstat(found).st_mode):
            os.close(found)
            raise GitForeignLink(f"{path[:200]} is no file", path=path[:512])
        return found

    def read(self, path: str, most: int) -> bytes | None:
        """The content; None when there is no such file. Raises GitForeignLink, GitTooLarge beyond `most` bytes."""
        found = self.open(path)
        if found is None:
            return None
        with os.fdopen(found, "rb") as file:
            content = file.read(most + 1)
        if len(content) > most:
            raise GitTooLarge(f"{path[:200]} has more than {most} bytes", path=path[:512])
        return content

    def names(self, path: str) -> list[str]:
        """What stands in a folder, sorted; nothing when there is no such folder. Raises GitForeignLink, GitTooLarge."""
        at = self._folder(path)
        if at is None:
            return []
        try:
            found: list[str] = []
            with os.scandir(at) as entries:
                for entry in entries:
                    found.append(entry.name)
                    if len(found) > MOST_NAMES:
                        raise GitTooLarge(f"{path[:200]} holds more than {MOST_NAMES} names", path=path[:512])
            return sorted(found)
        finally:
            os.close(at)

    def _folder(self, path: str) -> int | None:
        at = os.dup(self._root)
        for name in path.split("/") if path else ():
            try:
                below = _opened(name, _FOLDER | os.O_NOFOLLOW, at, path)
            finally:
                os.close(at)
            if below is None:
                return None
            at = below
        return at


def _opened(name: str, flags: int, at: int, path: str) -> int | None:
    try:
        return os.open(name, flags, dir_fd=at)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.ENXIO):
            if stat.S_ISREG(os.stat(name, dir_fd=at, follow_symlinks=False).st_mode):
                return None  # a file where a folder would be
            raise GitForeignLink(f"{path[:200]} is a link, or no file", path=path[:512]) from None
        if error.errno in (errno.ENOENT, errno.ENAMETOOLONG):
            return None
        raise GitMissing(f"{path[:200]} cannot be read: {error.strerror}", path=path[:512]) from None
