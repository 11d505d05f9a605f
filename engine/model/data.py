"""The data of a diagram (BPMN 2.0.2, section 10.4) as the engine understands it: every element is a variable.

Expressions are FEEL without the leading `=`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["object", "store", "property", "input", "output", "item"]


@dataclass(frozen=True, slots=True)
class DataElement:
    """An item-aware element: the variable `name` in the scope of `owner`.

    `owner` is the id of the activity, event or sub-process whose variable it is, None for the process.
    With `collection` it holds a list. `kind` item is a multi-instance activity's input or output data
    item. `whole` says that the input or output of an event is what the event carries as a whole, one
    context, because both have the same item definition; otherwise it is the variable of that name in it.
    """

    id: str
    name: str
    kind: Kind
    owner: str | None
    collection: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment of a data association: a FEEL expression and a dotted path that begins with the target's name."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class DataAssociation:
    """What fills `target`: a copy of the only source, the transformation, or the assignments one after another."""

    id: str
    sources: tuple[DataElement, ...]
    target: DataElement
    transformation: str | None = None
    assignments: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class DataSet:
    """An input or output set: what must be there, what may be. `answers` are the output sets that an
    input set leads to (none: every one)."""

    id: str
    required: tuple[DataElement, ...] = ()
    optional: tuple[DataElement, ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeData:
    """The data of one activity, event, sub-process or of the process itself.

    `declared` are the variables that its scope has from its beginning; `inputs` and `outputs` those of
    its interface; `fills` the input associations, `gives` the output associations, in document order.
    Without sets all inputs and outputs would be required: the reader makes that one set.
    """

    declared: tuple[DataElement, ...] = ()
    inputs: tuple[DataElement, ...] = ()
    outputs: tuple[DataElement, ...] = ()
    input_sets: tuple[DataSet, ...] = ()
    output_sets: tuple[DataSet, ...] = ()
    fills: tuple[DataAssociation, ...] = ()
    gives: tuple[DataAssociation, ...] = ()


NO_DATA = NodeData()
