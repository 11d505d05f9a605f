"""Where the proof of the histories is kept: the signing key and the folder of exported checkpoints."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.runtime import Runtime
from engine.commands.note_access import NoteAccess
from engine.commands.retained import DEFAULT_PERIOD
from engine.history.export import export_history
from engine.history.rows import Rows
from engine.history.signing import Signer, open_signer
from engine.jobs.archives import Archives
from engine.jobs.checkpoints import PUBLIC_KEY, Checkpoints
from engine.jobs.retention import Retention
from engine.jobs.stamps import Stamps
from engine.model.actor import SYSTEM

if TYPE_CHECKING:
    from engine.adapters.timestamps import TimeStampAuthority

TSA_CERTIFICATES = "KRABUAN_TSA_CERTIFICATES"


@dataclass(frozen=True, slots=True)
class Proof:
    """`folder` is best a place that the machine of the database cannot change afterwards."""

    key: Path
    folder: Path
    period: str = DEFAULT_PERIOD  # how long cases of processes that do not say are kept
    authority: TimeStampAuthority | None = None

    def checkpoints(self, runtime: Runtime) -> Checkpoints:
        """Makes and exports them. Raises OSError when the key is no good."""
        return Checkpoints(runtime.bus, open_signer(self.key), self.folder, stamped=self.authority is not None)

    def signer(self) -> Signer:
        """The key of the service. Raises OSError when it is no good."""
        return open_signer(self.key)

    def stamps(self, runtime: Runtime) -> Stamps | None:
        """Has them stamped with the time; None where no authority is named."""
        return None if self.authority is None else Stamps(runtime.database, self.folder, self.authority)

    def archives(self, runtime: Runtime, folder: Path) -> Archives:
        """Moves histories to files in a folder, and back. Raises OSError when the key is no good."""
        return Archives(runtime.bus, open_signer(self.key), self.checkpoints(runtime), folder)

    def retention(self, runtime: Runtime) -> Retention:
        """Deletes for good what was kept long enough. Raises OSError when the key is no good."""
        return Retention(runtime.bus, open_signer(self.key), self.checkpoints(runtime), self.period)


def proof_of(data: Path, environment: Mapping[str, str] = os.environ) -> Proof:
    """In the folder of the data, unless KRABUAN_SIGNING_KEY names a file and KRABUAN_CHECKPOINTS a folder;
    KRABUAN_RETENTION is the period of processes that name none; KRABUAN_TSA_URL and KRABUAN_TSA_CERTIFICATES (a PEM
    file) name an authority for time stamps. Raises OSError when only one of these two is given, or it is no good."""
    key = environment.get("KRABUAN_SIGNING_KEY") or data / "signing-key.pem"
    folder = environment.get("KRABUAN_CHECKPOINTS") or data / "checkpoints"
    url, certificates = environment.get("KRABUAN_TSA_URL"), environment.get(TSA_CERTIFICATES)
    if bool(url) != bool(certificates):
        raise OSError(f"KRABUAN_TSA_URL and {TSA_CERTIFICATES} are given together, or neither")
    authority = _authority(url, Path(certificates)) if url and certificates else None
    return Proof(Path(key), Path(folder), environment.get("KRABUAN_RETENTION") or DEFAULT_PERIOD, authority)


def _authority(url: str, certificates: Path) -> TimeStampAuthority:
    # what reads time stamps is loaded where an authority is named
    from engine.adapters.timestamps import TimeStampAuthority

    return TimeStampAuthority(url, certificates)


def export(runtime: Runtime, proof: Proof, folder: Path, personal: bool = True) -> dict[str, int]:
    """Note in the audit log that all is exported, cover what there is by a checkpoint, then write everything to
    `folder`, or everything but personal data. How many rows of what."""
    what = "everything" if personal else "everything without personal data"
    about = f"{what}, to a folder {folder.name}, by the account {_account()} of the machine"
    runtime.bus.run(NoteAccess("history-exported", ("histories",), about), SYSTEM)
    proof.checkpoints(runtime).make()
    with runtime.database.read() as db:
        return export_history(db, proof.folder, folder, personal)


def note_backup(runtime: Runtime, about: str) -> None:
    """Note in the audit log that a backup was made, `about` saying of what and where to."""
    told = f"{about}, by the account {_account()} of the machine"
    runtime.bus.run(NoteAccess("backup-made", ("backup",), told), SYSTEM)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a number without a name, as in containers
        return str(os.getuid())


def has_checkpoints(folder: Path) -> bool:
    """Whether there is something in the folder to verify a database against."""
    return (folder / PUBLIC_KEY).is_file()


def verify_database(
    runtime: Runtime, checkpoints: Path, keys: list[Path] | None, authorities: list[Path], archives: Path | None = None
) -> int:
    """Verify the database itself against exported checkpoints and print what is found; the exit status."""
    # what verifies is loaded by who verifies: a service does without
    from krabuan_verify.__main__ import report

    with runtime.database.read() as db:
        return report(Rows(db), checkpoints, keys or [checkpoints / PUBLIC_KEY], authorities, archives)
