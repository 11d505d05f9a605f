"""Which variables a case may know at an element of a diagram: what forms, mappings and results upstream write.

It is what a process owner is offered who writes an expression there, and no promise: on some paths not all of it is
written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.commands.checking import Checked, Known
from engine.forms import Form
from engine.model.diagram import Flow, MultiInstance, Node, Process
from engine.model.manual import Words

FormOf = Callable[[str], Form | None]  # by its id


@dataclass(frozen=True, slots=True)
class KnownVariable:
    """A variable by its name. `type` is the kind of form field that fills it in, "" where none does; `label` what the
    form calls it; `source` the element that writes it; `own` says that the element asked for does so itself."""

    name: str
    type: str
    label: Words
    source: Words
    source_id: str
    own: bool = False


def known_at(checked: Checked, known: Known, element_id: str) -> list[KnownVariable] | None:
    """Of the files of a draft, together with what is deployed. None when none of its processes has such an element."""
    own = {form.form.id: form.form for _, form in checked.forms}

    def form_of(form_id: str) -> Form | None:
        text = None if form_id in own else known.form(form_id)
        return own.get(form_id) if text is None else Form.parse(text, form_id)

    each = (known_variables(process, element_id, form_of) for _, process in checked.processes)
    return next((found for found in each if found is not None), None)


def known_variables(process: Process, element_id: str, form_of: FormOf) -> list[KnownVariable] | None:
    """By name, each once: as the element nearest upstream writes it. None when the process has no such node or flow."""
    flow, node = process.flows.get(element_id), process.nodes.get(element_id)
    if flow is None and node is None:
        return None
    found: dict[str, KnownVariable] = {}
    if node is not None:
        for one in (*_put_in(node), *_written(node, form_of, own=True)):
            found.setdefault(one.name, one)
    for each in _upstream(process, flow, node):
        for one in _written(each, form_of):
            found.setdefault(one.name, one)
    return sorted(found.values(), key=lambda one: one.name)


def _upstream(process: Process, flow: Flow | None, node: Node | None) -> Iterator[Node]:
    """The nodes before it, the nearest first: against the flows, from a boundary event to its activity, out of the
    sub-processes around it, and into those on the way; each once."""
    start = process.nodes.get(flow.source) if flow is not None else node
    around = _around(process, start)
    seen = {node.id} if node is not None else set()
    waiting = [flow.source] if flow is not None else list(_before(node)) if node is not None else []
    waiting = [process.flows[id_].source if id_ in process.flows else id_ for id_ in waiting]
    while waiting:
        found = process.nodes.get(waiting.pop(0))
        if found is None or found.id in seen:
            continue
        seen.add(found.id)
        yield found
        waiting += [process.flows[id_].source if id_ in process.flows else id_ for id_ in _before(found)]
        if found.id not in around:  # of a sub-process around it, what comes later is not before it
            waiting += [inside.id for inside in process.inside(found.id)]


def _around(process: Process, node: Node | None) -> set[str]:
    """The sub-processes that a node stands in."""
    found: set[str] = set()
    while node is not None and node.scope is not None:
        found.add(node.scope)
        node = process.nodes.get(node.scope)
    return found


def _before(node: Node) -> Iterator[str]:
    """The flows into it, the activity that it is attached to, the sub-process around it."""
    yield from node.incoming
    yield from (id_ for id_ in (node.attached_to, node.scope) if id_ is not None)


def _put_in(node: Node) -> Iterator[KnownVariable]:
    """What the element itself puts in before it begins."""
    said = Words(node.name or node.id, node.name_en or node.name or node.id)
    for mapping in node.inputs:
        yield KnownVariable(_first(mapping.target), "", Words(), said, node.id, True)
    if isinstance(node.loop, MultiInstance) and node.loop.input_element:
        yield KnownVariable(node.loop.input_element, "", Words(), said, node.id, True)


def _written(node: Node, form_of: FormOf, own: bool = False) -> Iterator[KnownVariable]:
    """What the case knows once the element is done. With output mappings that is their targets and nothing else."""
    said = Words(node.name or node.id, node.name_en or node.name or node.id)
    names = {_first(mapping.target): "" for mapping in node.outputs}
    if not node.outputs:
        form = form_of(node.human.form.id) if node.human is not None and node.human.form is not None else None
        for field in form.fields.values() if form is not None else ():
            name = field.name.replace("[]", ".").partition(".")[0]
            whole = name == field.name
            label = Words(field.label.th, field.label.en) if whole else Words()
            if name not in names:
                names[name] = field.type
                yield KnownVariable(name, field.type if whole else "", label, said, node.id, own)
    results = [node.script.result_variable if node.script is not None else None,
               node.called.result_variable if node.called is not None else None,
               node.loop.output_collection if isinstance(node.loop, MultiInstance) else None]  # fmt: skip
    for name in (*(names if node.outputs else ()), *filter(None, results)):
        yield KnownVariable(name, "", Words(), said, node.id, own)


def _first(target: str) -> str:
    return target.partition(".")[0]
