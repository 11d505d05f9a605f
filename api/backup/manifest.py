"""What an archive says is in it: the manifest, read as strictly as if an enemy had written it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

Part = Literal["database", "checkpoints", "keys", "files"]
PARTS: tuple[Part, ...] = get_args(Part)
FORMAT = 1
NAME = "manifest.json"
LONGEST = 64 << 20  # bytes of a manifest: a quarter of a million files
DATABASE = "database/krabuan.db"
_STEP = re.compile(r"[^/\\\x00-\x1f\x7f]{1,255}")
_HASH = re.compile(r"[0-9a-f]{64}")


class FaultyArchive(OSError):
    """An archive that is no backup, was damaged or was made by somebody else."""

    def __init__(self, en: str) -> None:
        super().__init__(f"{en}; nothing was changed (แฟ้มสำรองไม่ถูกต้อง ไม่มีอะไรถูกเปลี่ยน)")


@dataclass(frozen=True, slots=True)
class Stored:
    """One file: `name` is its place in the archive, `<part>/<path>`; `size` in bytes; SHA-256 in hexadecimal digits."""

    name: str
    size: int
    sha256: str

    @property
    def part(self) -> str:
        """The part that it belongs to."""
        return self.name.partition("/")[0]

    @property
    def path(self) -> str:
        """Its place within the part."""
        return self.name.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`schema` is the revision of the database in it, None where there is no database; `checkpoint` the newest
    checkpoint that this database knows."""

    release: str
    made_at: str
    schema: str | None
    checkpoint: int
    files: tuple[Stored, ...]

    def parts(self) -> list[Part]:
        """Those of which there is a file, in the order of PARTS."""
        there = {file.part for file in self.files}
        return [part for part in PARTS if part in there]

    def of(self, parts: Iterable[str]) -> list[Stored]:
        """The files of these parts."""
        return [file for file in self.files if file.part in parts]


def written(manifest: Manifest) -> bytes:
    """As it stands in the archive."""
    told = {"format": FORMAT, **asdict(manifest)}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read_manifest(content: bytes) -> Manifest:
    """Raises FaultyArchive for whatever `written` would not have written."""
    try:
        told = json.loads(content)
        if told["format"] != FORMAT:
            raise FaultyArchive(f"format {told['format']!r} is not known to this release")
        files = tuple(_stored(file) for file in told["files"])
        made = Manifest(str(told["release"]), str(told["made_at"]), told["schema"], told["checkpoint"], files)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FaultyArchive("its manifest cannot be read") from error
    if len({file.name for file in files}) != len(files):
        raise FaultyArchive("its manifest names a file twice")
    has_database = any(file.part == "database" for file in files)
    known = isinstance(made.schema, str) and re.fullmatch(r"[0-9]{4}", made.schema)
    if has_database != bool(known) or not isinstance(made.checkpoint, int):
        raise FaultyArchive("its manifest does not say which schema the database has")
    return made


def _stored(told: Any) -> Stored:
    name, size, digest = told["name"], told["size"], told["sha256"]
    if not isinstance(name, str) or not is_place(name):
        raise FaultyArchive(f"it has a file at a place where none belongs: {name!r}")
    if type(size) is not int or size < 0 or not isinstance(digest, str) or not _HASH.fullmatch(digest):
        raise FaultyArchive(f"its manifest does not say what {name!r} holds")
    return Stored(name, size, digest)


def is_place(name: str) -> bool:
    """Whether a backup may hold a file of this name: in a known part, and nowhere outside of it."""
    part, *steps = name.split("/")
    if part not in PARTS or not steps or len(name) > 1000:
        return False
    if not all(_STEP.fullmatch(step) and step not in (".", "..") for step in steps):
        return False
    if part == "database":
        return name == DATABASE
    if part == "keys":
        return name in ("keys/signing-key.pem", "keys/second-factor.key")
    return part == "files" or len(steps) == 1
