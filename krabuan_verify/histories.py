"""One history: its chain, its columns, and each covered event against what was signed of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Any

from krabuan_verify.digests import field_digests, first_head, identity, next_head, parsed
from krabuan_verify.findings import Finding

Row = dict[str, Any]
COLUMNS = ("sequence", "at", "type", "actor", "onBehalfOf", "elementId", "elementInstanceKey")


def verify_history(
    case: Row, rows: list[Row], covered: tuple[int, str] | None, prints: Callable[[int], list[Any]]
) -> list[Finding]:
    """`rows` are the events as stored; `covered` how many are covered by checkpoints, and the head after them."""
    key = case["key"]
    ordered = sorted(rows, key=lambda row: _number(row["sequence"]))
    findings = [*_columns(key, ordered)]
    events, signed_head = covered or (0, first_head(key))
    present = [row for row in ordered if _number(row["sequence"]) <= events]
    if _head_of(key, present) != signed_head or len(present) != events:
        located = _located(key, ordered, events, prints(key))
        # no event differs, and yet the hash of them all does: there is no place to name
        findings += located or [Finding("changed", case=key, detail=f"its first {events} events are not those signed")]
    named = {finding.event for finding in findings}
    findings += _links(key, ordered, events, named)
    last = ordered[-1] if ordered else {"sequence": 0, "hash": first_head(key)}
    for field, value in (("historySequence", last["sequence"]), ("historyHead", last["hash"])):
        if case[field] != value:
            detail = "the case says another than its last event"
            findings.append(Finding("changed", case=key, field=field, detail=detail))
    return findings


def _number(value: Any) -> int:
    return value if isinstance(value, int) else -1


def _head_of(case: int, rows: list[Row]) -> str:
    head = first_head(case)
    for row in rows:
        head = next_head(head, str(row["body"]))
    return head


def _columns(case: int, rows: list[Row]) -> Iterator[Finding]:
    """Whether the columns beside each body say what the body says."""
    for row in rows:
        said = parsed(str(row["body"]))
        for name in COLUMNS:
            if name not in said or said[name] != row[name]:
                detail = f"stored beside the body: {row[name]!r}; in the body: {said.get(name)!r}"
                yield Finding("changed", case=case, event=_number(row["sequence"]), field=name, detail=detail)
        data = said.get("data")
        if "entityKey" in row and not (isinstance(data, dict) and data.get("entityKey") == row["entityKey"]):
            yield Finding("changed", case=case, event=_number(row["sequence"]), field="entityKey")


def _links(case: int, rows: list[Row], events: int, named: set[int | None]) -> Iterator[Finding]:
    """Whether each event continues the one before it; places that are named already are not named again."""
    before = made = first_head(case)
    at = 0
    for row in rows:
        number, body = _number(row["sequence"]), str(row["body"])
        # one wrong hash, or one wrong body, is one place: what follows fits either what is stored or what is made anew
        made, follows = next_head(made, body), next_head(before, body)
        if number != at + 1 and number > events and not {at, at + 1, number} & named:
            yield Finding("removed", case=case, event=at + 1, detail=f"event {number} follows event {at}")
        elif row["hash"] not in (follows, made) and not {at, at + 1, number} & named:
            detail = "it does not follow from the event before"
            yield Finding("changed", case=case, event=number, field="hash", detail=detail)
        before, at = str(row["hash"]), number


def _located(case: int, rows: list[Row], events: int, prints: list[Any]) -> list[Finding]:
    """Which events differ from what was signed of them, and how."""
    signed = [print_[0] for print_ in prints]
    stored = [identity(case, str(row["body"])) for row in rows]
    blocks = SequenceMatcher(None, signed, stored, autojunk=False).get_opcodes()
    gone = [at for tag, low, high, _, _ in blocks if tag != "equal" for at in range(low, high)]
    new = [at for tag, _, _, low, high in blocks if tag != "equal" for at in range(low, high)]
    findings = []
    for at in list(gone):
        moved = next((other for other in new if stored[other] == signed[at]), None)
        if moved is not None:
            gone.remove(at)
            new.remove(moved)
            detail = f"it stands as {rows[moved]['sequence']}"
            findings.append(Finding("reordered", case=case, event=at + 1, detail=detail))
    for tag, low, high, first, last in blocks:
        if tag != "replace":
            continue
        for at, other in zip(range(low, high), range(first, last), strict=False):
            shift = first - low
            if at in gone and other in new and _number(rows[other]["sequence"]) <= events + max(shift, 0):
                gone.remove(at)
                new.remove(other)
                findings += _changed(case, at + 1, prints[at][1], str(rows[other]["body"]))
    findings += [Finding("removed", case=case, event=at + 1) for at in gone]
    added = (_number(rows[other]["sequence"]) for other in new)
    return findings + [Finding("added", case=case, event=number) for number in added if number <= events]


def _changed(case: int, event: int, signed: dict[str, str], body: str) -> list[Finding]:
    stored = field_digests(case, parsed(body))
    names = [name for name in {**signed, **stored} if signed.get(name) != stored.get(name)]
    return [Finding("changed", case=case, event=event, field=name) for name in names or ["body"]]
