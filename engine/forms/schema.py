"""The marshmallow schema of a form: one per form, generated once, shared by every submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, missing

from engine.forms.errors import FieldError, Problem, refused
from engine.forms.fields.dynamiclist import DynamicList
from engine.forms.structure import Level, Placed, Tree

Messages = Mapping[Any, Any]


class FormSchema(Schema):
    """What generated schemas have in common: a name that the form does not have is an error."""

    error_messages = {"unknown": "unknown-field", "type": "invalid-object"}


class ObjectField(fields.Field[object]):
    """The object that a group with a path, or a key with dots, makes in the data."""

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self.inner = schema

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        """An absent object is an empty one, so that its required fields are asked for."""
        if value is missing or value is None:
            value = {}
        if not isinstance(value, Mapping):
            raise refused("invalid-object")
        return self.inner.load(value)


def schema_of(level: Level) -> Schema:
    """The schema of a level and of everything below it."""
    for placed in level.placed:
        if placed.rows is not None and isinstance(placed.field, DynamicList):
            placed.field.rows = schema_of(placed.rows)
    return _object(level.tree)


def _object(tree: Tree) -> Schema:
    """The schema of one object. Attributes are numbered: a form may call a field `load` or `Meta`."""
    members: dict[str, fields.Field[Any]] = {}
    for number, (name, node) in enumerate(tree.items()):
        member = node.field if isinstance(node, Placed) else ObjectField(_object(node))
        member.data_key = member.attribute = name
        members[f"f{number}"] = member
    return FormSchema.from_dict(members, name="GeneratedForm")()


def errors_of(error: ValidationError) -> Iterator[FieldError]:
    """marshmallow's nested messages, flat, each with the name of its place."""
    messages = error.messages
    yield from _flat(messages if isinstance(messages, Mapping) else {"": messages}, "")


def _flat(messages: Messages, place: str) -> Iterator[FieldError]:
    for name, inside in messages.items():
        here = f"{place}[{name}]" if isinstance(name, int) else f"{place}.{name}" if place else str(name)
        if isinstance(inside, Mapping):
            yield from _flat(inside, here)
            continue
        for message in inside:
            problem = message if isinstance(message, Problem) else Problem(str(message))
            yield FieldError(here.removesuffix("._schema"), problem.code, problem.params)
