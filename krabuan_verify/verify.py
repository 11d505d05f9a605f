"""Verify everything: checkpoints, histories, documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from krabuan_verify.archives import Filed, verify_filed, verify_filed_told
from krabuan_verify.certificates import verify_certificates, verify_deleted, verify_told
from krabuan_verify.checkpoints import Covered
from krabuan_verify.documents import verify_documents
from krabuan_verify.filed import verify_files, verify_rest
from krabuan_verify.findings import Finding, Report
from krabuan_verify.histories import verify_history
from krabuan_verify.sealed import Opening
from krabuan_verify.stored import ends_before, verify_index, verify_stored

Row = dict[str, Any]


class Source(Protocol):
    """Where the histories are: an export, or a database. The rows are those of docs/reference/checkpoints.md."""

    def cases(self) -> Iterable[Row]:
        """Every case, by its key."""
        ...

    def events(self) -> Iterable[Row]:
        """Every event, those of a case together."""
        ...

    def documents(self) -> Iterable[Row] | None:
        """Every document of a case, with the SHA-256 of its content; None when they are not given."""
        ...

    def people(self) -> Iterable[Row] | None:
        """Whom the pseudonyms stand for; None when that is not given."""
        ...

    def keys(self) -> Iterable[Row] | None:
        """The keys of what is sealed; None when they are not given."""
        ...

    def checkpoints(self) -> Iterable[Row]:
        """The checkpoints that the database keeps."""
        ...

    def heads(self) -> Iterable[Row]:
        """What it says they cover."""
        ...

    def certificates(self) -> Iterable[Row]:
        """The certificates of retention that the database keeps."""
        ...

    def deletions(self) -> Iterable[Row]:
        """Which cases it says they name."""
        ...

    def archives(self) -> Iterable[Row]:
        """The archives that histories were moved to."""
        ...

    def archived(self) -> Iterable[Row]:
        """Which cases it says they hold, and whether each was brought back."""
        ...


def verify(
    source: Source, covered: Covered, keys: list[Ed25519PublicKey], archives: Path | None = None
) -> Report:
    """Whoever changed a row of the source finds it named here; `covered` and `keys` come from a place out of reach.
    `archives` is a folder with the files of histories that were moved out of the source."""
    report = Report(checkpoints=len(covered.signed))
    report.findings += covered.findings
    stored = list(source.checkpoints())
    found, report.later_checkpoints = verify_stored(stored, covered, keys)
    report.ends = ends_before(stored, covered)
    report.findings += [*found, *verify_index(source.heads(), covered)]
    certificates = covered.certificates.copy()
    report.findings += certificates.findings
    report.findings += verify_certificates(source.certificates(), source.deletions(), certificates, keys)
    filed = verify_filed(source.archives(), source.archived(), keys)
    report.findings += filed.findings
    opening, documents = _opening(source), _documents(source, report)
    cases = {row["key"]: row for row in source.cases()}
    of_service = _histories(source, report, cases, filed, Found(covered, opening, documents), keys, archives)
    report.findings += verify_told(of_service, certificates)
    report.findings += verify_filed_told(of_service, filed)
    report.findings += verify_deleted(cases, covered.heads, certificates)
    report.deleted = {case: found.certificate for case, found in certificates.deleted.items() if case not in cases}
    for key in covered.heads.keys() - cases.keys() - certificates.deleted.keys():
        report.findings.append(Finding("removed", case=key, detail="the whole case is missing"))
    for key, stray in (documents or {}).items():
        what = "its case's history knows nothing of it" if key in cases else "there is no such case"
        report.findings += [Finding("added", case=key, document=id_, detail=what) for id_ in stray]
    opening.settle(filed.held if archives is None else ())
    report.findings += opening.findings
    report.erased = opening.erased if opening.given else None
    return report


@dataclass(frozen=True, slots=True)
class Found:
    """What histories are compared with."""

    covered: Covered
    opening: Opening
    documents: dict[int, dict[str, Row]] | None


def _histories(
    source: Source, report: Report, cases: dict[int, Row], filed: Filed, against: Found,
    keys: list[Ed25519PublicKey], archives: Path | None,
) -> list[Row]:  # fmt: skip
    """Verify every history; the events of the service."""
    of_service: list[Row] = []
    left, later = dict(cases), dict[int, list[Row]]()
    for key, group in groupby(source.events(), key=lambda row: row["case"]):
        rows = list(group)
        if key == 0:
            of_service += rows
        case = left.pop(key, None)
        if case is None:
            what = "its events stand in two places" if key in cases else "there are events of it, but no such case"
            report.findings.append(Finding("reordered" if key in cases else "removed", case=key, detail=what))
            _note(against, key, rows)
        elif key in filed.held:
            later[key] = rows
        else:
            _whole(report, case, rows, against)
    for case in left.values():
        if case["key"] not in filed.held:
            _one(report, case, [], against.covered)
    there = {key: held for key, held in filed.held.items() if key in cases}
    if archives is not None:
        present = Filed(there, filed.bodies)
        for_case = partial(_of_key, report, cases, against)
        of_files = list(verify_files(archives, present, later, keys, for_case))  # which adds to the findings itself
        report.findings += of_files
        return of_service
    report.filed = len(there)
    for key, held in there.items():
        _note(against, key, later.get(key, []))
        (against.documents or {}).pop(key, None)  # its history, which tells of them, was not given
        report.cases, report.events = report.cases + 1, report.events + len(later.get(key, []))
        report.findings += verify_rest(cases[key], held, later.get(key, []), against.covered)
    return of_service


def _of_key(report: Report, cases: dict[int, Row], against: Found, key: int, rows: list[Row]) -> None:
    _whole(report, cases[key], rows, against)


def _whole(report: Report, case: Row, rows: list[Row], against: Found) -> None:
    """One history, with the documents that it tells of."""
    key, documents = case["key"], against.documents
    _note(against, key, rows)
    _one(report, case, rows, against.covered)
    if documents is not None:
        report.findings += verify_documents(key, rows, documents.pop(key, {}), against.opening)


def _note(against: Found, key: int, rows: list[Row]) -> None:
    for row in rows:
        against.opening.note(key, str(row["body"]))


def _opening(source: Source) -> Opening:
    opening = Opening()
    people, keys = source.people(), source.keys()
    opening.given = people is not None and keys is not None
    opening.add_people(people or ())
    opening.add_keys(keys or ())
    return opening


def _documents(source: Source, report: Report) -> dict[int, dict[str, Row]] | None:
    """By case and id."""
    rows = source.documents()
    if rows is None:
        return None
    found: dict[int, dict[str, Row]] = {}
    report.documents = 0
    for row in rows:
        found.setdefault(row["case"], {})[row["id"]] = row
        report.documents += 1
    return found


def _one(report: Report, case: Row, rows: list[Row], covered: Covered) -> None:
    signed = covered.heads.get(case["key"])
    report.cases += case["key"] != 0  # which is the service itself
    report.events += len(rows)
    last = signed[0] if signed is not None else 0
    report.uncovered += sum(1 for row in rows if isinstance(row["sequence"], int) and row["sequence"] > last)
    report.findings += verify_history(case, rows, signed, covered.prints)
