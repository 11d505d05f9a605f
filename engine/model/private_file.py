"""A file that holds a secret and that its owner alone can read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def read_private(file: Path, make: Callable[[], bytes]) -> bytes:
    """The content of `file`; made there with mode 0600, from what `make` answers, when there is no such file.

    Of several processes that make it at once, all read what the first made. Raises OSError when it cannot be made or
    read, PermissionError when others can read it.
    """
    if not file.exists():
        _write(file, make())
    if file.stat().st_mode & 0o077:
        raise PermissionError(f"{file}: the key can be read by others (chmod 600)")
    return file.read_bytes()


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = file.with_name(f".{file.name}.{os.getpid()}")
    with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(made, file)  # never in the place of a key that another process has made meanwhile
    except FileExistsError:
        pass
    finally:
        made.unlink()
