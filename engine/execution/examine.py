"""Look at a diagram that somebody wants to deploy: what is wrong with it, and what may be meant otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.execution.lint import lint
from engine.execution.lint.advice import advise
from engine.execution.lint.schema import check_schema
from engine.execution.reader.faults import FaultList
from engine.execution.reader.process import processes_of, read_definitions
from engine.execution.xml import XmlRefused
from engine.model.diagram import Process
from engine.model.faults import Fault


@dataclass(frozen=True, slots=True)
class Examined:
    """The executable processes of a file. With faults they are not to be used; warnings only inform."""

    processes: list[Process]
    faults: list[Fault]
    warnings: list[Fault] = field(default_factory=list)


def examine(content: bytes, file: str, now: datetime | None = None) -> Examined:
    """Read a file and check it: against the schema, element by element, and each process as a whole.

    Warnings are given as far as the file can be read. Without `now`, written dates are not held against it.
    """
    try:
        root = read_definitions(content, file)
    except XmlRefused as refused:
        return Examined([], [refused.fault])
    against_schema = FaultList(file)
    check_schema(root, against_schema)
    processes, faults = processes_of(root, file)
    warnings = [fault for fault in against_schema.items if fault.severity == "warning"]
    errors = [fault for fault in against_schema.items if fault.severity == "error"]
    if not faults:  # a process that could not be read is not worth looking at
        faults = [fault for process in processes for fault in lint(process, file)]
        warnings += advise(root, processes, file, now)
    return Examined(processes, faults + errors, warnings)
