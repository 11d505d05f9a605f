"""A fault of an uploaded file, as a process owner reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one uploaded file.

    `rule` is a stable kebab-case code; `element_id` is the BPMN, DMN or form element it concerns,
    None when it concerns the whole file. `th` and `en` say the same in Thai and in English.
    """

    file: str
    element_id: str | None
    rule: str
    th: str
    en: str
