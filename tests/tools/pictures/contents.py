"""What of a folder of `processes/` is pictured: its diagrams, and the forms of its tasks and starts, in their order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.execution import read_processes
from engine.model.diagram import Node, Process
from engine.model.manual import Words

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs" / "processes"
PROCESSES, FORMS = ROOT / "processes", ROOT / "forms"
ENDING = ".webp"


@dataclass(frozen=True, slots=True)
class Diagram:
    """A file with its executable processes, in the order they are drawn."""

    file: Path
    processes: tuple[Process, ...]

    @property
    def picture(self) -> str:
        """The file's name of its picture."""
        return f"diagram-{self.file.stem}{ENDING}"


@dataclass(frozen=True, slots=True)
class FormUse:
    """A form with the nodes that show it, in document order: tasks, and none start events. `number` is a printed
    step's, or empty."""

    id: str
    uses: tuple[tuple[Process, Node], ...]

    @property
    def picture(self) -> str:
        """The file's name of its picture: that of the form, less the process's own."""
        return f"form-{self.id.rpartition('.')[2]}{ENDING}"

    @property
    def number(self) -> str:
        """The first printed number among the steps that show it, or of a sub-process around them."""
        return next((found for process, node in self.uses if (found := _number(process, node))), "")

    @property
    def names(self) -> list[Words]:
        """Of the tasks that show it, each once; a start is named as the process that it starts."""
        found = [Words(node.name, node.name_en) for _, node in self.uses if node.type != "startEvent"]
        found += [Words(f"เริ่มเรื่อง: {p.name}", f"Start: {p.name_en}") for p, n in self.uses if n.type == "startEvent"]
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Contents:
    """One folder. `diagrams` begins with the one that has the folder's name."""

    id: str
    diagrams: tuple[Diagram, ...]
    forms: tuple[FormUse, ...]

    @property
    def entry(self) -> Process:
        """The process that has the folder's name."""
        return next(p for diagram in self.diagrams for p in diagram.processes if p.id == self.id)

    @property
    def pictures(self) -> list[str]:
        """The file names of all its pictures."""
        return [each.picture for each in (*self.diagrams, *self.forms)]

    def digest(self) -> str:
        """SHA-256 of all that the pictures are made from, less the application that draws them."""
        digest = hashlib.sha256()
        folder = self.diagrams[0].file.parent
        root = folder.parent.parent
        folders = (folder, root / "forms" / self.id, root / "forms" / "shared")
        for file in sorted(f for each in folders for f in each.rglob("*") if f.is_file() and f.suffix != ".md"):
            digest.update(f"{file.relative_to(root)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()


def folders() -> list[str]:
    """The names of the folders with diagrams."""
    return sorted({file.parent.name for file in PROCESSES.glob("*/*.bpmn")})


def read_contents(folder: str, processes: Path = PROCESSES) -> Contents:
    """Read a folder in `processes`, which lies beside its `forms/`; a form counts where a node of its own diagrams shows it."""
    files = sorted((processes / folder).glob("*.bpmn"), key=lambda file: (file.stem != folder, file.stem))
    diagrams = tuple(Diagram(file, tuple(read_processes(file.read_bytes(), file.name)[0])) for file in files)
    shown: dict[str, list[tuple[Process, Node]]] = {}
    for diagram in diagrams:
        for process, node, form in _shown(diagram):
            shown.setdefault(form, []).append((process, node))
    return Contents(folder, diagrams, tuple(FormUse(form, tuple(uses)) for form, uses in shown.items()))


def forms_of(folder: str) -> dict[str, dict[str, Any]]:
    """The form definitions of `forms/<folder>/` by their id, as they are written."""
    read = (json.loads(file.read_text(encoding="utf-8")) for file in sorted((FORMS / folder).glob("*.form")))
    return {str(form["id"]): form for form in read}


def _shown(diagram: Diagram) -> Iterator[tuple[Process, Node, str]]:
    for process in diagram.processes:
        if process.start_form is not None and process.none_start is not None:
            yield process, process.none_start, process.start_form.id
        for node in process.nodes.values():
            if node.type != "startEvent" and node.human is not None and node.human.form is not None:
                yield process, node, node.human.form.id


def _number(process: Process, node: Node | None) -> str:
    while node is not None:
        if node.step is not None and node.step.number:
            return node.step.number
        node = process.nodes.get(node.scope or "")
    return ""
