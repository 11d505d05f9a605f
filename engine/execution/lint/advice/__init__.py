"""Warnings: what a file may have, but hardly anybody means. They inform and never refuse.

Each rule has a stable code, a Thai and an English text, as the rules that refuse have.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from engine.execution.lint.advice import clocks, drawing, flow, names, people, times
from engine.execution.reader.faults import FaultList
from engine.model.diagram import Process
from engine.model.faults import Fault


def advise(root: etree._Element, processes: Iterable[Process], file: str, now: datetime | None) -> list[Fault]:
    """Every warning of a file that was read without fault. `now`: the moment against which written dates are held."""
    faults = FaultList(file)
    for process in processes:
        names.advise_names(process, faults)
        people.advise_people(process, faults)
        flow.advise_flow(process, faults)
        clocks.advise_clocks(process, faults)
        if now is not None:
            times.advise_times(process, now, faults)
    drawing.advise_drawing(root, faults)
    return faults.items


__all__ = ["advise"]
