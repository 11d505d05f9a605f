"""What diagrams are bound to by deployment: when something of it changes, their processes are other versions, too.

Else a process that has not changed itself would go on with what it was deployed with before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from engine.commands.checking import Checked
from engine.model.diagram import Process
from engine.model.work import Called


def checksums_of(checked: Checked) -> dict[str, str]:
    """For each diagram, by the name of its file, the checksum of its content and of what is deployed with it
    and bound to it, directly or by way of other diagrams. A name that is computed is not known yet and does
    not count."""
    own = {resource.name: resource.checksum for resource, _ in checked.processes}
    of_process = {process.id: resource.name for resource, process in checked.processes}
    others = {("form", f.form.id): f.checksum for _, f in checked.forms}
    others |= {("decision", d): c.checksum for _, c in checked.decisions for d in c.model.decisions}
    diagrams: dict[str, set[str]] = {name: set() for name in own}  # the other diagrams that each is bound to
    parts: dict[str, set[str]] = {name: set() for name in own}  # the checksums of forms and decisions
    for resource, process in checked.processes:
        for kind, called in _bound(process):
            if kind == "process" and called.id in of_process:
                diagrams[resource.name].add(of_process[called.id])
            elif (kind, called.id) in others:
                parts[resource.name].add(others[kind, called.id])
    return {name: _together(name, own, diagrams, parts) for name in own}


def _together(
    name: str, own: Mapping[str, str], diagrams: Mapping[str, set[str]], parts: Mapping[str, set[str]]
) -> str:
    reached, waiting = {name}, [name]
    while waiting:
        more = diagrams[waiting.pop()] - reached
        reached |= more
        waiting += more
    bound = {own[n] for n in reached - {name}}.union(*(parts[n] for n in reached))
    whole = "\n".join([own[name], *sorted(bound)])
    return hashlib.sha256(whole.encode()).hexdigest() if bound else own[name]


def _bound(process: Process) -> Iterator[tuple[str, Called]]:
    for node in process.nodes.values():
        form = node.human.form if node.human is not None else None
        if form is not None and form.binding == "deployment":
            yield "form", form
        if node.called is not None and node.called.binding == "deployment":
            yield "decision" if node.type == "businessRuleTask" else "process", node.called
