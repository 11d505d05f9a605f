"""Changes of exported files: checkpoints, certificates and time stamps."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from random import Random
from typing import Any

from tests.proof.target import Target, Told

KINDS = {"checkpoint": "jsonl", "certificate": "jsonl"}
Wanted = list[dict[str, Any]]


def _files(folder: Path, kind: str, ending: str) -> dict[int, Path]:
    found = sorted(folder.glob(f"{kind}-*.{ending}"))
    return {int(re.findall(r"[0-9]+", path.name)[0]): path for path in found}


def _pick(folder: Path, rng: Random) -> tuple[str, int, Path, int]:
    """Kind, number and file of something signed, and the last number of its kind."""
    kind = rng.choice(list(KINDS))
    files = _files(folder, kind, KINDS[kind])
    number = rng.choice(list(files))
    return kind, number, files[number], max(files)


def alter_byte(target: Target, folder: Path, rng: Random) -> Told:
    kind, number, file, _ = _pick(folder, rng)
    content = bytearray(file.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    file.write_bytes(content)
    return Told(f"file of a {kind} altered", [{"what": "changed", kind: number}], later=None)


def cut(target: Target, folder: Path, rng: Random) -> Told:
    kind, number, file, _ = _pick(folder, rng)
    content = file.read_bytes()
    file.write_bytes(content[: rng.randrange(len(content))])
    return Told(f"file of a {kind} cut", [{"what": "changed", kind: number}], later=None)


def lose_lines(target: Target, folder: Path, rng: Random) -> Told:
    """Lines are deleted, doubled or swapped: what is said of a case, as a whole."""
    kind, number, file, _ = _pick(folder, rng)
    first, *lines = file.read_bytes().splitlines(keepends=True)
    at = rng.randrange(len(lines))
    how = rng.choice(["deleted", "doubled"])
    lines[at : at + 1] = [] if how == "deleted" else [lines[at], lines[at]]
    file.write_bytes(b"".join([first, *lines]))
    return Told(f"line of a {kind} {how}", [{"what": "changed", kind: number, "field": "manifest"}], later=None)


def delete_file(target: Target, folder: Path, rng: Random) -> Told:
    kind, number, file, last = _pick(folder, rng)
    file.unlink()
    # without the last file the folder is one of before, and what is later in the database is signed, too
    wanted: Wanted = [] if number == last else [{"what": "removed", kind: number}]
    return Told(f"file of a {kind} deleted", wanted, later=None)


def swap_files(target: Target, folder: Path, rng: Random) -> Told:
    kind, number, file, _ = _pick(folder, rng)
    other, beside = rng.choice([(n, p) for n, p in _files(folder, kind, KINDS[kind]).items() if n != number])
    one, two = file.read_bytes(), beside.read_bytes()
    file.write_bytes(two)
    beside.write_bytes(one)
    wanted: Wanted = [{"what": "changed", kind: n, "field": "number"} for n in (number, other)]
    return Told(f"files of {kind}s swapped", wanted, later=None)


def insert_file(target: Target, folder: Path, rng: Random) -> Told:
    kind, _, file, last = _pick(folder, rng)
    shutil.copy(file, folder / f"{kind}-{last + 1:08}.{KINDS[kind]}")
    return Told(f"file of a {kind} inserted", [{"what": "changed", kind: last + 1, "field": "number"}], later=None)


def disguise(target: Target, folder: Path, rng: Random) -> Told:
    """Checkpoints and certificates are signed with the same key: neither passes for the other."""
    kind, number, file, _ = _pick(folder, rng)
    (other,) = KINDS.keys() - {kind}
    shutil.copy(rng.choice(list(_files(folder, other, KINDS[other]).values())), file)
    return Told(f"{other} as {kind}", [{"what": "changed", kind: number}], later=None)


# --- time stamps -----------------------------------------------------------------------------------------------------


def _stamp(folder: Path, rng: Random) -> tuple[int, Path, dict[int, Path]]:
    files = _files(folder, "checkpoint", "tsr")
    number = rng.choice(list(files))
    return number, files[number], files


def alter_stamp(target: Target, folder: Path, rng: Random) -> Told:
    """The time that it tells, what it is about, or what is signed of both."""
    number, file, _ = _stamp(folder, rng)
    content = bytearray(file.read_bytes())
    place = rng.choice([rb"20[0-9]{12}Z", rb"\x04\x20.{32}"])
    found = rng.choice(list(re.finditer(place, content, re.DOTALL)))
    content[rng.randrange(found.start() + 2, found.end() - 1)] ^= 1 << rng.randrange(8)
    file.write_bytes(content)
    wanted = {"what": "changed", "checkpoint": number, "field": "timeStamp"}
    return Told("time stamp altered", [wanted], later=0)


def swap_stamps(target: Target, folder: Path, rng: Random) -> Told:
    number, file, files = _stamp(folder, rng)
    other = rng.choice([n for n in files if n != number])
    one, two = file.read_bytes(), files[other].read_bytes()
    file.write_bytes(two)
    files[other].write_bytes(one)
    wanted: Wanted = [{"what": "changed", "checkpoint": n, "field": "timeStamp"} for n in (number, other)]
    return Told("time stamps swapped", wanted, later=0)


def delete_stamp(target: Target, folder: Path, rng: Random) -> Told:
    number, file, files = _stamp(folder, rng)
    file.unlink()
    removed = {"what": "removed", "checkpoint": number, "field": "timeStamp"}
    return Told("time stamp deleted", [] if number == max(files) else [removed], later=0)


def foreign_stamp(target: Target, folder: Path, rng: Random) -> Told:
    number, file, _ = _stamp(folder, rng)
    file.write_bytes(target.other_authority.stamp(target.covered.signed[number][0].encode()))
    wanted = {"what": "changed", "checkpoint": number, "field": "timeStamp"}
    return Told("time stamp of somebody else", [wanted], later=0)


CHANGES = (
    alter_byte, cut, lose_lines, delete_file, swap_files, insert_file, disguise, alter_stamp, swap_stamps, delete_stamp,
    foreign_stamp,
)  # fmt: skip
