"""Where each part of a backup stands on this machine, and what of the folder of the data is a part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from api.backup.manifest import Stored
from api.proof import proof_of
from api.service import factor_key_of

CHECKPOINT = re.compile(r"(?:checkpoint|certificate)-([0-9]{8,})\.(?:jsonl|tsr)")
KEPT_ASIDE = ".replaced-"  # in the name of what a restore has put aside
DATABASE_FILE = re.compile(r"krabuan\.db(-wal|-shm|-journal)?")


@dataclass(frozen=True, slots=True)
class Place:
    """`database` is None where it is no file. `own` says whether the folder of the checkpoints lies in the folder of
    the data, rather than at a place that was named for it."""

    data: Path
    database: Path | None
    signing_key: Path
    factor_key: Path
    checkpoints: Path

    @property
    def own(self) -> bool:
        """Whether the checkpoints lie in the folder of the data."""
        return self.checkpoints.parent.resolve() == self.data.resolve()

    def target(self, file: Stored) -> Path:
        """Where a file of an archive belongs. A database belongs where this service has its own."""
        if file.part == "database":
            assert self.database is not None
            return self.database
        if file.part == "keys":
            return self.signing_key if file.path == "signing-key.pem" else self.factor_key
        return (self.checkpoints if file.part == "checkpoints" else self.data) / file.path

    def keys(self) -> Iterator[tuple[str, Path]]:
        """(name in the archive, file) of each key that there is."""
        for name, file in (("signing-key.pem", self.signing_key), ("second-factor.key", self.factor_key)):
            if file.is_file():
                yield f"keys/{name}", file

    def proofs(self, newest: Mapping[str, int] | None) -> Iterator[tuple[str, Path]]:
        """The exported checkpoints and certificates up to the `newest` number of each, by kind; all without it."""
        if not self.checkpoints.is_dir():
            return
        for file in sorted(self.checkpoints.iterdir()):
            found = CHECKPOINT.fullmatch(file.name)
            kind = file.name.partition("-")[0]
            early = found and (newest is None or int(found.group(1)) <= newest[kind])
            if early or file.name == "public-key.pem":
                yield f"checkpoints/{file.name}", file

    def files(self) -> Iterator[tuple[str, Path]]:
        """Whatever else lies in the folder of the data, such as identity.yaml and the secrets beside it."""
        if not self.data.is_dir():
            return
        others = {path.resolve() for path in (self.signing_key, self.factor_key, self.database) if path is not None}
        for file in sorted(self.data.rglob("*")):
            within = file.relative_to(self.data)
            ours = DATABASE_FILE.fullmatch(file.name) or file.resolve() in others or self.checkpoints in file.parents
            hidden = any(step.startswith(".") or KEPT_ASIDE in step for step in within.parts)
            if file.is_file() and not ours and not hidden and file.suffix != ".zip":
                yield f"files/{within.as_posix()}", file


def place_of(data: Path, database: Path | None, environment: Mapping[str, str]) -> Place:
    """By options and environment, as the service finds them. Raises OSError for settings that cannot be."""
    proof = proof_of(data, environment)
    return Place(data, database, proof.key, factor_key_of(data, environment), proof.folder)
