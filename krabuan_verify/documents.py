"""The documents of a case against what its history says of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from krabuan_verify.digests import parsed
from krabuan_verify.findings import Finding
from krabuan_verify.sealed import Opening

Row = dict[str, Any]
_TOLD = ("fileName", "size", "sha256", "contentType")


def expected_documents(rows: list[Row]) -> dict[str, Row]:
    """What must be there after these events: by id, with what was told of each."""
    found: dict[str, Row] = {}
    for row in rows:
        said = parsed(str(row["body"]))
        data = said.get("data")
        if said.get("type") == "instance-deleted":
            found.clear()
        elif isinstance(data, dict) and isinstance(id_ := data.get("document"), str):
            if said["type"] == "document-added":
                found[id_] = {**data, "uploadedBy": said.get("actor"), "uploadedAt": said.get("at")}
            elif said["type"] in ("document-deleted", "document-expired"):
                found.pop(id_, None)
    return found


def verify_documents(case: int, rows: list[Row], stored: dict[str, Row], opening: Opening) -> Iterator[Finding]:
    """`stored` are the documents of this case by id; `contentSha256` of each is made from what it holds."""
    expected = expected_documents(rows)
    for id_, told in expected.items():
        row = stored.get(id_)
        if row is None:
            yield Finding("removed", case=case, document=id_)
            continue
        for name in (*_TOLD, "uploadedBy", "uploadedAt"):
            if name in told and not opening.may_be(told[name], row[name]):
                yield Finding("changed", case=case, document=id_, field=name, detail=f"history says {told[name]!r}")
        if row["contentSha256"] != told.get("sha256"):
            yield Finding("changed", case=case, document=id_, field="content", detail="it is not what was handed in")
    for id_ in stored.keys() - expected.keys():
        yield Finding("added", case=case, document=id_, detail="its case's history knows nothing of it")
