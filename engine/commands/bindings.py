"""What diagrams are bound to by deployment: when something of it changes, their processes are other versions, too.

Else a process that has not changed itself would go on with what it was deployed with before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from engine.commands.checking import Checked
from engine.model.diagram import Process


def bound_files(checked: Checked) -> dict[str, set[str]]:
    """For each diagram, by the name of its file, its own and the files that are deployed with it and bound to it,
    directly or by way of other diagrams. A name that is computed is not known yet and does not count."""
    files = {("process", process.id): resource.name for resource, process in checked.processes}
    files |= {("form", f.form.id): resource.name for resource, f in checked.forms}
    files |= {("decision", d): resource.name for resource, c in checked.decisions for d in c.model.decisions}
    direct: dict[str, set[str]] = {resource.name: set() for resource, _ in checked.processes}
    for resource, process in checked.processes:
        direct[resource.name] |= {files[bound] for bound in _bound(process) if bound in files}
    return {name: _reached(name, direct) for name in direct}


def checksums_of(checked: Checked, bound: Mapping[str, set[str]]) -> dict[str, str]:
    """For each diagram, by the name of its file, the checksum of its content and of what it is bound to."""
    of_file = {resource.name: resource.checksum for resource, _ in checked.processes}
    of_file |= {resource.name: f.checksum for resource, f in checked.forms}
    of_file |= {resource.name: c.checksum for resource, c in checked.decisions}
    return {name: _together(of_file[name], {of_file[f] for f in files - {name}}) for name, files in bound.items()}


def _reached(name: str, direct: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = {name}, [name]
    while waiting:
        more = direct.get(waiting.pop(), set()) - reached
        reached |= more
        waiting += more
    return reached


def _together(own: str, bound: set[str]) -> str:
    whole = "\n".join([own, *sorted(bound)])
    return hashlib.sha256(whole.encode()).hexdigest() if bound else own


def _bound(process: Process) -> Iterator[tuple[str, str]]:
    for node in process.nodes.values():
        form = node.human.form if node.human is not None else None
        if form is not None and form.binding == "deployment":
            yield "form", form.id
        if node.called is not None and node.called.binding == "deployment":
            yield "decision" if node.type == "businessRuleTask" else "process", node.called.id
