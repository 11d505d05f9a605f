"""Make checkpoints of what was written to history, and export them to a folder off the database."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path

from engine.bus import Bus
from engine.commands.record_checkpoint import RecordCheckpoint
from engine.errors import AlreadyExists
from engine.history.certificate import certificate_numbers, covers_absent, exported_certificate
from engine.history.checkpoint import body_of, draft, exported, file_of, grown, lately, latest, numbers
from engine.history.signing import Signer
from engine.jobs.pace import Rest, no_rest
from engine.model.actor import SYSTEM

log = logging.getLogger("krabuan.checkpoints")
PUBLIC_KEY = "public-key.pem"


class Checkpoints:
    """The checkpoints of one database, exported to one folder. Any number of nodes may make them, with one key."""

    def __init__(self, bus: Bus, signer: Signer, folder: Path, *, stamped: bool = False) -> None:
        """`stamped` says whether they are to have time stamps (engine/jobs/stamps.py)."""
        self._bus, self._signer, self._folder, self._stamped = bus, signer, folder, stamped
        self._exported = 0  # up to this number the folder had every file: there are hundreds more each day

    def make(self, *, whole: bool = True, rest: Rest = no_rest) -> int:
        """Cover every event of now, then export. Returns how many checkpoints were made. Unless `whole`, only histories
        with events since an hour before the last checkpoint are looked at. `rest` is called after each event.

        Raises OSError when the folder does not do; what was made is exported next time. None is made under a number
        that the folder has and the database does not know.
        """
        made, after = 0, -1
        with self._bus.database.read() as db:
            since = None if whole else lately(db)
        while True:
            self._check_past()
            with self._bus.database.read() as db:
                heads = grown(db, after, since)
                if not heads:
                    break
                found = draft(db, heads, rest)
                number, previous = latest(db)
            after = heads[-1].case
            for case, event in found.broken:
                log.error("history of %s does not verify from event %s on: it is not signed", case, event)
            if not found.heads:
                continue
            body = body_of(found, number + 1, previous, self._bus.clock.now(), self._stamped)
            covered = tuple((head.case, head.sequence, head.head) for head in found.heads)
            signature = self._signer.sign(body)
            try:
                self._bus.run(RecordCheckpoint(body, signature, covered), SYSTEM)
            except AlreadyExists:  # another node is at it and covers the same
                break
            made += 1
            with suppress(OSError):  # once all is signed, `export` comes upon the same and says it
                self._open_folder()
                self._keep(file_name(number + 1), file_of(body, signature, b"".join(found.manifest)))
        self.export(whole=False, rest=rest)
        return made

    def export(self, *, whole: bool = True, rest: Rest = no_rest) -> int:
        """Write the files that the folder lacks, of checkpoints and of certificates; what is there is never changed.
        Unless `whole`, checkpoints whose files this object has seen are not looked for again as long as the last of
        them is there. How many it lacked. `rest` is called after each event that is read.

        Raises OSError for a checkpoint whose history was changed since, or a folder that belongs to other data.
        """
        self._open_folder()
        with self._bus.database.read() as db:
            seen = not whole and (self._folder / file_name(self._exported)).exists()
            known = numbers(db, self._exported if seen else 0)
            missing = [number for number in known if not (self._folder / file_name(number)).exists()]
            certificates = [n for n in certificate_numbers(db) if not (self._folder / certificate_name(n)).exists()]
        lost = []
        for number in missing:
            with self._bus.database.read() as db:
                content = exported(db, number, rest)
                absent = content is None and covers_absent(db, number)
            if absent:
                said = "checkpoint %s cannot be exported again: what it covers was deleted by retention, or archived"
                log.warning(said, number)
            elif content is None:
                lost.append(number)
            else:
                self._keep(file_name(number), content)
        for number in certificates:
            with self._bus.database.read() as db:
                content = exported_certificate(db, number)
            self._keep(certificate_name(number), content)
        if lost:
            raise OSError(f"checkpoints {lost} cannot be exported: the histories that they cover were changed")
        self._exported = max([self._exported, *known])
        return len(missing)

    def _check_past(self) -> None:
        """A folder holds one past: where the database was restored from an earlier backup, what it goes on to is
        another one than what was signed. Raises OSError."""
        with self._bus.database.read() as db:
            number, _ = latest(db)
        if not (self._folder / file_name(number + 1)).exists():
            return
        with self._bus.database.read() as db:  # another node may have made it meanwhile
            known, _ = latest(db)
        if known == number:
            raise OSError(
                f"{self._folder} has checkpoint {number + 1}, and the database ends at {number}: it was restored from"
                " an earlier backup. Keep that folder as the record of what was lost, and name a new one in"
                " KRABUAN_CHECKPOINTS (ฐานข้อมูลกู้คืนจากข้อมูลสำรองที่เก่ากว่า โปรดเก็บโฟลเดอร์นี้ไว้และตั้งโฟลเดอร์ใหม่)"
            )

    def _open_folder(self) -> None:
        """Make it if it is not there; it holds the checkpoints of this key. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._keep(PUBLIC_KEY, self._signer.public_pem().encode())

    def _keep(self, name: str, content: bytes) -> None:
        """Write a file wholly or not at all; one that is there must hold just this."""
        file, made = self._folder / name, self._folder / f".{name}.{os.getpid()}"
        if not file.exists():
            with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
            os.replace(made, file)
        elif file.read_bytes() != content:
            raise OSError(f"{file}: another one is there; a folder holds the checkpoints of one database and key")


def certificate_name(number: int) -> str:
    """Of an exported certificate of retention."""
    return f"certificate-{number:08}.jsonl"


def file_name(number: int) -> str:
    """Of an exported checkpoint."""
    return f"checkpoint-{number:08}.jsonl"
