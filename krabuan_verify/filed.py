"""Cases whose history begins in an archive: with its file as whole histories, without it as far as can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from krabuan_verify.archives import NAME, Archive, Filed, Held
from krabuan_verify.checkpoints import Covered
from krabuan_verify.digests import next_head
from krabuan_verify.files import numbered
from krabuan_verify.findings import Finding

Row = dict[str, Any]
Whole = Callable[[int, list[Row]], None]


def verify_files(
    folder: Path, filed: Filed, later: dict[int, list[Row]], keys: list[Ed25519PublicKey], whole: Whole
) -> Iterator[Finding]:
    """Give `whole` the history of each case that is in an archive: what its file has, and what came `later`. What is
    wrong with the files, and which are missing. Raises OSError for a folder that is none."""
    left, there = dict(filed.held), numbered(folder, NAME)
    for number, file in there.items():
        archive = Archive(file)
        for case, rows in archive.histories(keys):
            held = left.get(case)
            if held is not None and held.archive == number == archive.number:
                del left[case]
                whole(case, rows + later.get(case, []))
        yield from archive.findings
        if archive.number is not None and archive.body != filed.bodies.get(number):
            yield Finding("changed", archive=number, file=file.name, detail="it is not the file of that archive")
    for number in filed.bodies.keys() - there.keys():
        if any(held.archive == number for held in left.values()):
            yield Finding("removed", archive=number, detail="its file is not among those given")
    for case, held in left.items():
        if held.archive in there:
            yield Finding("removed", case=case, archive=held.archive, detail="its file does not have the history")


def verify_rest(case: Row, held: Held, later: list[Row], covered: Covered) -> Iterator[Finding]:
    """A case whose file is not given: what checkpoints say of the part in the archive, and the chain of the rest."""
    key, at = case["key"], covered.index.get((case["key"], held.events))
    if covered.signed and (at is None or at[0] != held.head):
        yield Finding("changed", case=key, archive=held.archive, detail="no checkpoint covers what is in the archive")
    number, head = held.events, held.head
    for row in later:
        number, head = number + 1, next_head(head, str(row["body"]))
        if (row["sequence"], row["hash"]) != (number, head):
            what = "added" if row["sequence"] <= held.events else "changed"
            yield Finding(what, case=key, event=row["sequence"], detail="it does not follow what is in the archive")
            return
    for field, value in (("historySequence", number), ("historyHead", head)):
        if case[field] != value:
            yield Finding("changed", case=key, field=field, detail="the case says another than its last event")
