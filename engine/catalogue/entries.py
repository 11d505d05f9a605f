"""A documented process as its manual prints it, as plain immutable data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model.manual import Words

# what of a process is a list of texts: key of the file -> krabuan: element of the diagram
TEXTS = {
    "customers": "customer",
    "outputs": "output",
    "legal_basis": "legalBasis",
    "kpis": "kpi",
    "quality_standard": "qualityStandard",
}


@dataclass(frozen=True, slots=True)
class PrintedStep:
    """One step. `standard_time` and `minimum_time` are ISO 8601 durations; `calendar` is that of krabuan:step; `roles`
    are keys of the organisation, the performer first where the manual tells; `number` is as printed."""

    place: str  # file:line
    key: str
    number: str
    title: Words
    detail: str
    sub_steps: tuple[Words, ...]
    standard_time: str | None
    minimum_time: str | None
    calendar: str | None
    stage: str | None
    roles: tuple[str, ...]
    control_points: tuple[Words, ...]
    risks: tuple[Words, ...]
    quality: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One process. `number` is that of the source, `target_percent` the share that the manual aims at ("" for none).
    `texts` are by the krabuan: element that carries them; `fields` are the labels of the fields that are printed.
    """

    place: str  # file
    id: str
    number: str
    title: Words
    target_percent: str
    texts: Mapping[str, tuple[Words, ...]]
    steps: tuple[PrintedStep, ...]
    fields: tuple[str, ...]
