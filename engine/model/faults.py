"""A fault of an uploaded file, as a process owner reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one uploaded file.

    `rule` is a stable kebab-case code; `element_id` is the BPMN, DMN or form element it concerns,
    None when it concerns the whole file. `th` and `en` say the same in Thai and in English.
    An error refuses the file; a warning informs.
    """

    file: str
    element_id: str | None
    rule: str
    th: str
    en: str
    severity: Severity = "error"

    def described(self) -> dict[str, object]:
        """The fault as answers carry it."""
        return {
            "file": self.file,
            "elementId": self.element_id,
            "rule": self.rule,
            "severity": self.severity,
            "th": self.th,
            "en": self.en,
        }
