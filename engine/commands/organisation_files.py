"""The files that an organisation is imported from, YAML or CSV tables, read into one form that knows its lines.

The form: `units`, `committees`, `positions` and `people`, each a list of mappings. A fault names the file and the line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from engine.model.faults import Fault
from engine.model.lined import Lined, Unreadable, read_lined

GROUPS, PEOPLE = "groups.csv", "people.csv"
# the columns of each table; those of _NEEDED must be there, the others may
_COLUMNS = {
    GROUPS: ("key", "kind", "th", "en", "parent", "head"),
    PEOPLE: ("account", "name", "email", "groups", "roles", "clearance"),
}
_NEEDED = {GROUPS: ("key", "kind", "th", "en"), PEOPLE: ("account", "name")}
_LISTS = ("groups", "roles")  # separated by semicolons
_KINDS = {"unit": "units", "committee": "committees", "position": "positions"}
_YES = {"yes": True, "true": True, "1": True, "x": True, "ใช่": True, "no": False, "false": False, "0": False, "": False}


def fault_at(place: str, key: str | None, th: str, en: str) -> Fault:
    """A fault of an organisation's file."""
    return Fault(place, key, "organisation", th, en)


def only(content: Lined, known: Collection[str], faults: list[Fault]) -> None:
    """A fault for every member that is not known there; a typing error would be lost silently."""
    for name in content:
        if name not in known:
            faults.append(fault_at(content.at(name), None, f"ไม่รู้จัก {name}", f"there is no {name}"))


def read_yaml(name: str, text: str, faults: list[Fault]) -> Lined:
    """The mapping of a YAML file; empty, with a fault, for anything else."""
    try:
        return read_lined(name, text)
    except Unreadable as error:
        faults.append(fault_at(error.place, None, error.th, error.en))
        return Lined({}, name)


def read_tables(files: Mapping[str, str], faults: list[Fault]) -> Lined:
    """Of the texts of groups.csv and people.csv, or one of them."""
    content = Lined({kind: [] for kind in _KINDS.values()}, next(iter(files), GROUPS))
    for row in _rows(GROUPS, files, faults):
        kind = row.pop("kind")
        if kind not in _KINDS:
            th, en = f"ไม่มีประเภท {kind}", f"there is no kind {kind}; the kinds are {', '.join(_KINDS)}"
            faults.append(fault_at(row.place, row["key"], th, en))
            continue
        content[_KINDS[kind]].append(_group(row, kind, faults))
    if PEOPLE in files:
        content["people"] = list(_rows(PEOPLE, files, faults))
    return content


def _group(row: Lined, kind: str, faults: list[Fault]) -> Lined:
    said = str(row.pop("head", "")).lower()
    if said not in _YES:
        th, en = f"head เป็น yes หรือ no ไม่ใช่ {said}", f"head is yes or no, not {said}"
        faults.append(fault_at(row.place, row["key"], th, en))
    parent = row.pop("parent", "")
    row["unit" if kind == "position" else "parent"] = parent or None
    row["head"] = _YES.get(said, False)
    return row


def _rows(name: str, files: Mapping[str, str], faults: list[Fault]) -> Iterator[Lined]:
    reader = csv.reader(io.StringIO(files.get(name, ""), newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        if name in files and _good_header(name, header, faults):
            for row in reader:
                if any(value.strip() for value in row):
                    yield from _row(name, header, row, reader.line_num, faults)
    except csv.Error as error:
        place = f"{name}:{reader.line_num}"
        faults.append(fault_at(place, None, f"อ่านตารางไม่ได้: {error}", f"the table cannot be read: {error}"))


def _good_header(name: str, header: list[str], faults: list[Fault]) -> bool:
    known, before = _COLUMNS[name], len(faults)
    if missing := [column for column in _NEEDED[name] if column not in header]:
        said = ", ".join(missing)
        faults.append(fault_at(f"{name}:1", None, f"ไม่มีคอลัมน์ {said}", f"the column {said} is missing"))
    if unknown := [column for column in header if column not in known]:
        said = ", ".join(unknown)
        faults.append(fault_at(f"{name}:1", None, f"ไม่รู้จักคอลัมน์ {said}", f"there is no column {said}"))
    if len(set(header)) != len(header):
        faults.append(fault_at(f"{name}:1", None, "มีคอลัมน์ซ้ำ", "a column is there twice"))
    return len(faults) == before


def _row(name: str, header: list[str], row: list[str], line: int, faults: list[Fault]) -> Iterator[Lined]:
    place = f"{name}:{line}"
    if len(row) != len(header):
        th, en = f"มี {len(row)} ช่อง ต้องมี {len(header)} ช่อง", f"{len(row)} cells where there are {len(header)} columns"
        faults.append(fault_at(place, row[0] or None, th, en))
        return
    values: dict[str, Any] = {column: value.strip() for column, value in zip(header, row, strict=True)}
    for column in _LISTS:
        if column in values:
            values[column] = [part.strip() for part in values[column].split(";") if part.strip()]
    yield Lined(values, place)
