"""Small pieces of diagrams with data, in the order in which the schema of BPMN 2.0.2 wants them."""

from __future__ import annotations

from tests.execution.bench import node

START, END = node("startEvent", "s"), node("endEvent", "e")


def data_object(name: str, more: str = "", id: str = "") -> str:
    """A data object `do_<name>` called that, and a reference `r_<name>` to it."""
    id = id or name
    return (
        f'<bpmn:dataObject id="do_{id}" name="{name}"{more}/>'
        f'<bpmn:dataObjectReference id="r_{id}" name="{name} [new]" dataObjectRef="do_{id}">'
        '<bpmn:dataState name="new"/></bpmn:dataObjectReference>'
    )


def interface(inputs: str = "", outputs: str = "", sets: str | None = None, more: str = "") -> str:
    """An ioSpecification: ids are `i_<name>` and `o_<name>`; a name with `?` is optional, one set of each kind
    unless `sets` says otherwise."""
    parts = [f'<bpmn:dataInput id="i_{n}" name="{n}"{more}/>' for n in _names(inputs)]
    parts += [f'<bpmn:dataOutput id="o_{n}" name="{n}"{more}/>' for n in _names(outputs)]
    plain = f"<bpmn:inputSet>{_refs('Input', inputs)}</bpmn:inputSet><bpmn:outputSet>{_refs('Output', outputs)}</bpmn:outputSet>"
    return f"<bpmn:ioSpecification>{''.join(parts)}{plain if sets is None else sets}</bpmn:ioSpecification>"


def _names(text: str) -> list[str]:
    return [name.rstrip("?") for name in text.split()]


def _refs(kind: str, text: str) -> str:
    all_ = "".join(f"<bpmn:data{kind}Refs>{kind[0].lower()}_{n}</bpmn:data{kind}Refs>" for n in _names(text))
    optional = [n.rstrip("?") for n in text.split() if n.endswith("?")]
    return all_ + "".join(f"<bpmn:optional{kind}Refs>{kind[0].lower()}_{n}</bpmn:optional{kind}Refs>" for n in optional)


def moves(kind: str, pair: str, transformation: str = "", **assignments: str) -> str:
    """A data association from a text like `r_order -> i_order`; several sources are separated by blanks; `__` in
    the name of an assignment's path stands for a dot."""
    before, _, after = pair.partition("->")
    body = "".join(f"<bpmn:sourceRef>{ref}</bpmn:sourceRef>" for ref in before.split())
    body += "".join(f"<bpmn:targetRef>{ref}</bpmn:targetRef>" for ref in after.split())
    if transformation:
        body += f"<bpmn:transformation>{transformation}</bpmn:transformation>"
    for path, source in assignments.items():
        aim = path.replace("__", ".")
        body += f"<bpmn:assignment><bpmn:from>{source}</bpmn:from><bpmn:to>{aim}</bpmn:to></bpmn:assignment>"
    return f"<bpmn:data{kind}Association>{body}</bpmn:data{kind}Association>"


def fill(pair: str, transformation: str = "", **assignments: str) -> str:
    """A data input association."""
    return moves("Input", pair, transformation, **assignments)


def give(pair: str, transformation: str = "", **assignments: str) -> str:
    """A data output association."""
    return moves("Output", pair, transformation, **assignments)


def prop(name: str) -> str:
    """A property with the id `p_<name>`."""
    return f'<bpmn:property id="p_{name}" name="{name}"/>'


def local(case, element: str) -> dict[str, object]:
    """The variables of the scope of a waiting task."""
    keys = [k for k, e in case.tasks.items() if e == element]
    keys += [j.task_key for j in case.jobs.values() if j.node.id == element]
    return case.case.variables.local(keys[0])
