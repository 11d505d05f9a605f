"""What deployment would say of the files of a draft, with the line of each finding."""

from __future__ import annotations

import re
from typing import Any

from engine.commands.checking import Known, check_resources
from engine.commands.publish_model_draft import resources_of
from engine.model.faults import Fault


def findings_of(files: list[tuple[str, str]], known: Known) -> list[dict[str, Any]]:
    """The faults and then the warnings of all files ((path, content)) together with what is deployed, as dicts with the
    keys code, severity (ERROR, WARNING), path, elementId, line (from 1, None when it is about no line) and message
    {th, en}. `path` is "-" for what is about the files as a whole."""
    checked = check_resources(resources_of(files), known)
    texts = dict(files)
    return [_finding(fault, texts.get(fault.file, "")) for fault in (*checked.faults, *checked.warnings)]


def _finding(fault: Fault, text: str) -> dict[str, Any]:
    return {
        "code": fault.rule, "severity": fault.severity.upper(), "path": fault.file, "elementId": fault.element_id,
        "line": _line(fault.element_id, text), "message": {"th": fault.th, "en": fault.en},
    }  # fmt: skip


def _line(element_id: str | None, text: str) -> int | None:
    """Where the element begins: the line of its id in XML, of its id or key in JSON."""
    if not element_id:
        return None
    id_ = re.escape(element_id)
    found = re.search(rf'(?:\bid\s*=\s*["\']|"(?:id|key)"\s*:\s*"){id_}["\']', text)
    return None if found is None else text.count("\n", 0, found.start()) + 1
