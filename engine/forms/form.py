"""A form: read once from its file, then used by every task that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from marshmallow import Schema, ValidationError

from engine.feel import Environment
from engine.forms.errors import FieldError, InvalidForm, Submission
from engine.forms.field import ValueField
from engine.forms.files import FileList, file_lists
from engine.forms.jsontext import BadJson, measure, plain, read_json
from engine.forms.limits import MAX_FORM_CHARACTERS, MAX_SUBMITTED_NODES
from engine.forms.properties import Component, Faults, Properties
from engine.forms.resolve import Resolver, hidden_names, prepare
from engine.forms.run import CURRENT, Run, TooComplex
from engine.forms.schema import errors_of, schema_of
from engine.forms.structure import Builder, Level, Placed, Tree
from engine.forms.text import Option, Text, two_languages
from engine.model.marks import Mark, Marks

OLDEST_VERSION = 16


@dataclass(frozen=True, slots=True)
class Field:
    """What others may know about a field. `name` is its full name: `amount`, `people[].name`."""

    name: str
    type: str
    required: bool
    label: Text
    description: Text
    options: tuple[Option, ...]
    read_only: bool
    computed: bool
    conditional: bool
    properties: Mapping[str, str]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form that has passed every check. Immutable, shared between threads."""

    id: str
    title: Text
    version_tag: str
    fields: Mapping[str, Field]
    """All fields that hold values, by full name, in the order of the form."""
    level: Level = field(repr=False)
    schema: Schema = field(repr=False)

    @classmethod
    def parse(cls, text: str, name: str) -> Form:
        """Read the form file `name`. Raises InvalidForm with all faults at once.

        Shared parts must have been put in before (`parts.expand_parts`, then `Form.build`).
        """
        return cls.build(read_form(text, name), name)

    @classmethod
    def build(cls, source: Component, name: str) -> Form:
        """A form from its JSON object, numbers as Decimal. Raises InvalidForm with all faults at once."""
        faults = Faults(name)
        _check_head(source, faults)
        level = Builder(source, faults).level(source)
        if faults.found:
            raise InvalidForm(tuple(faults.found))
        custom = Properties(source, faults).custom()
        return cls(
            id=str(source["id"]),
            title=two_languages(source.get("title"), custom, "title.en"),
            version_tag=str(source.get("versionTag") or ""),
            fields=MappingProxyType({key: _field(key, placed) for key, placed in level.every()}),
            level=level,
            schema=schema_of(level),
        )

    @property
    def required(self) -> tuple[Field, ...]:
        """The fields that must be filled whenever they are shown."""
        return tuple(item for item in self.fields.values() if item.required)

    @property
    def marks(self) -> Marks:
        """The fields that are marked as classified or personal, by full name."""
        return {name: item.mark for name, item in self.fields.items() if item.mark is not None}

    def submit(self, data: Mapping[str, object], scope: Mapping[str, object], env: Environment) -> Submission:
        """Check submitted data against the form and the variables of the case (`scope`).

        A submission is the whole form: what is shown and not sent is empty. Hidden and read-only
        inputs are ignored, computed ones computed again, names the form does not have are errors.
        Never raises; changes neither argument.
        """
        wrong = _unreadable(data)
        if wrong:
            return Submission({}, wrong)
        given = {name: plain(value) for name, value in data.items()}
        run = Run(scope, {}, env)
        token = CURRENT.set(run)
        try:
            return self._submit(prepare(self.level, given, run))
        except TooComplex:
            return Submission({}, (FieldError("", "too-complex"),))
        finally:
            CURRENT.reset(token)

    def _submit(self, resolver: Resolver) -> Submission:
        resolver.settle()
        hidden = frozenset(hidden_names(resolver.inputs))
        errors = list(resolver.failed.values())
        values: dict[str, object] = {}
        try:
            values = self.schema.load(resolver.prepared)
        except ValidationError as error:
            known = set(resolver.failed)
            errors.extend(found for found in errors_of(error) if found.field not in known)
        if errors:
            order = {item.full_name: number for number, item in enumerate(resolver.inputs)}
            errors.sort(key=lambda found: (order.get(found.field, len(order)), found.field))
            return Submission({}, tuple(errors), hidden)
        resolver.finish(values)
        _keep_unknown_members(self.level.tree, values, resolver.run.scope)
        return Submission(values, (), hidden)

    def current(self, scope: Mapping[str, object]) -> dict[str, object]:
        """What a person opening the form finds entered: the case's values of the fields that can be
        changed. `submit({**form.current(scope), **changes}, ...)` is a change of some fields only.
        """
        return _current(self.level.tree, scope)

    def files(self, values: Mapping[str, object]) -> Iterator[FileList]:
        """The lists of attached files in `values`, which were submitted and found right."""
        return file_lists(self.level, values)

    def filled(self, name: str, values: Mapping[str, object]) -> bool:
        """Whether a field is filled, ticked or attached in `values`. Names: keys of `fields`; a field of
        a row is filled if there are rows and it is in each. Raises KeyError for an unknown name.
        """
        if name not in self.fields:
            raise KeyError(name)
        held = list(_held(self.level, values, ""))
        own = [(made, value) for full, made, value in held if full == name]
        return bool(own) and all(made.filled(value) for made, value in own)


def read_form(text: str, name: str) -> Component:
    """The JSON object of a form file. Raises InvalidForm."""
    faults = Faults(name)
    source: object = None
    if len(text) > MAX_FORM_CHARACTERS:
        faults.add(None, "form-too-large", "ไฟล์แบบฟอร์มใหญ่เกินไป", "the form file is too large")
        raise InvalidForm(tuple(faults.found))
    try:
        source = read_json(text.removeprefix("\ufeff"))
    except BadJson as error:
        faults.add(None, "form-not-json", f"ไฟล์ไม่ใช่ JSON ที่ถูกต้อง: {error}", f"the file is not correct JSON: {error}")
    else:
        if not isinstance(source, Mapping):
            faults.add(None, "form-not-json", "ไฟล์ต้องเป็นวัตถุ JSON", "the file must be one JSON object")
    if faults.found or not isinstance(source, Mapping):
        raise InvalidForm(tuple(faults.found))
    return source


def _check_head(source: Component, faults: Faults) -> None:
    if source.get("type") != "default":
        faults.add(None, "form-type", 'type ของแบบฟอร์มต้องเป็น "default"', 'the type of a form must be "default"')
    version = source.get("schemaVersion")
    if not isinstance(version, Decimal) or version < OLDEST_VERSION:
        faults.add(
            None,
            "form-version",
            f"schemaVersion ต้องเป็น {OLDEST_VERSION} ขึ้นไป",
            f"schemaVersion must be {OLDEST_VERSION} or later",
        )
    identifier = source.get("id")
    if not isinstance(identifier, str) or not identifier.strip():
        faults.add(None, "form-id-missing", "แบบฟอร์มไม่มี id", "the form has no id")


def _field(key: str, placed: Placed) -> Field:
    made = placed.field
    return Field(
        name=key,
        type=made.type_name,
        required=made.mandatory and made.fixed is not True and not made.computed,
        label=made.label,
        description=made.description,
        options=made.options,
        read_only=made.fixed is True,
        computed=made.computed,
        conditional=bool(placed.hides),
        properties=MappingProxyType(made.custom),
        mark=made.mark,
    )


def _unreadable(data: Mapping[str, object]) -> tuple[FieldError, ...]:
    """Errors of data that are no JSON values or too many of them, by top-level name."""
    whole = measure(data, MAX_SUBMITTED_NODES)
    if whole is None:
        return ()
    if whole == "too-large":
        return (FieldError("", whole),)
    measured = ((name, measure(value, MAX_SUBMITTED_NODES)) for name, value in data.items() if isinstance(name, str))
    return tuple(FieldError(name, code) for name, code in measured if code is not None) or (FieldError("", whole),)


def _keep_unknown_members(tree: Tree, values: dict[str, object], stored: Mapping[str, object]) -> None:
    """An object of the case that a group with a path shows in part keeps its other members."""
    for name, node in tree.items():
        kept = stored.get(name)
        made = values.get(name)
        if isinstance(node, Placed) or not isinstance(made, dict):
            continue
        if isinstance(kept, Mapping):
            _keep_unknown_members(node, made, kept)
            values[name] = {**kept, **made}
        elif not made:
            del values[name]


def _current(tree: Tree, stored: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, node in tree.items():
        if name not in stored:
            continue
        value = stored[name]
        if not isinstance(node, Placed):
            found[name] = _current(node, value) if isinstance(value, Mapping) else {}
        elif not (node.field.computed or node.field.fixed is True):
            rows = node.rows
            if rows is not None and isinstance(value, list):
                value = [_current(rows.tree, row) if isinstance(row, Mapping) else row for row in value]
            found[name] = value
    return found


def _held(level: Level, values: Mapping[str, object], prefix: str) -> Iterator[tuple[str, ValueField, object]]:
    for placed in level.placed:
        name = prefix + ".".join(placed.path)
        value: object = values
        for part in placed.path:
            value = value.get(part) if isinstance(value, Mapping) else None
        yield name, placed.field, value
        if placed.rows is not None and isinstance(value, list):
            for row in value:
                yield from _held(placed.rows, row if isinstance(row, Mapping) else {}, f"{name}[].")
