"""A folder of content as process owners keep it, with one scenario of process p."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ORGANISATION = "units: [{key: finance, th: การเงิน, en: Finance}]\n"
GROUP = '<zeebe:assignmentDefinition candidateGroups="finance"/>'


def keep(folder: Path, diagrams: Mapping[str, bytes], scenario: str) -> Path:
    """The folder, with these diagrams by process id."""
    for name, diagram in diagrams.items():
        (folder / "processes" / name).mkdir(parents=True)
        (folder / "processes" / name / f"{name}.bpmn").write_bytes(diagram)
    (folder / "processes" / "organisation.yaml").write_text(ORGANISATION, encoding="utf-8")
    (folder / "processes" / "p" / "scenarios").mkdir()
    (folder / "processes" / "p" / "scenarios" / "one.yaml").write_text(scenario, encoding="utf-8")
    return folder
