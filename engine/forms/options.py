"""The choices of select, radio group, checklist and tag list, wherever they come from.

form-js knows three sources: `values` in the form; `valuesKey`, the name of a variable of the case;
`valuesExpression`, FEEL over variables and the data entered so far. A variable is read from the case,
never from the submission, so nobody can submit choices of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from engine.feel import Expression
from engine.forms.equality import same
from engine.forms.errors import refused
from engine.forms.field import ValueField
from engine.forms.limits import MAX_LIST
from engine.forms.properties import Properties
from engine.forms.run import Run
from engine.forms.text import Option, Text


def choice(item: object, properties: Mapping[str, str]) -> Option | None:
    """One entry of a list of choices: {label, value} or a plain value. None if it is neither."""
    if isinstance(item, Mapping):
        value = item.get("value", item.get("label"))
        label = item.get("label")
        if value is None or not (label is None or isinstance(label, str)):
            return None
        thai = label or str(value)
        return Option(value, Text(thai, properties.get(f"option.en.{value}") or thai))
    if isinstance(item, (str, Decimal)):
        return Option(item, Text(str(item), properties.get(f"option.en.{item}") or str(item)))
    return None


class Choosing(ValueField):
    """A field whose values are among given choices."""

    def setup(self, properties: Properties) -> None:
        """Read the one source of choices; a fault if there is none, or more than one."""
        self.variable = properties.text("valuesKey")
        self.expression: Expression | None = properties.feel("valuesExpression")
        listed = properties.raw("values")
        self.is_listed = listed is not None
        sources = [self.is_listed, bool(self.variable), bool(properties.raw("valuesExpression"))]
        if sum(sources) != 1:
            properties.fault(
                "form-options",
                "ต้องกำหนดที่มาของตัวเลือกหนึ่งแห่งเท่านั้น: values, valuesKey หรือ valuesExpression",
                "exactly one source of choices is needed: values, valuesKey or valuesExpression",
            )
        if self.is_listed:
            self.options = self._listed(listed, properties)

    def _listed(self, listed: object, properties: Properties) -> tuple[Option, ...]:
        items = listed if isinstance(listed, list) else []
        read = [choice(item, self.custom) for item in items]
        options = tuple(option for option in read if option is not None)
        if not options or len(options) != len(items):
            properties.fault(
                "form-options",
                "values ต้องเป็นรายการของตัวเลือกที่มี label และ value",
                "values must be a list of choices with label and value",
            )
        for place, option in enumerate(options):
            if any(same(option.value, earlier.value) for earlier in options[:place]):
                properties.fault(
                    "form-options",
                    f"มีตัวเลือกที่มีค่าซ้ำกัน: {option.value}",
                    f"two choices have the same value: {option.value}",
                )
        return options

    def choices(self, run: Run) -> tuple[Option, ...]:
        """The choices at this moment, at this place."""
        if self.is_listed:
            return self.options
        if self.expression is not None:
            found = run.here(self.expression)
        else:
            found = run.scope
            for name in self.variable.split("."):
                found = found.get(name) if isinstance(found, Mapping) else None
        read = [choice(item, self.custom) for item in found] if isinstance(found, list) else []
        return tuple(option for option in read if option is not None)

    def chosen(self, value: object, choices: tuple[Option, ...]) -> object:
        """The value, if it is one of the choices. Error: `not-an-option`."""
        if any(same(value, option.value) for option in choices):
            return value
        raise refused("not-an-option")


class ChoosingOne(Choosing):
    """Value: the value of one choice, or null."""

    def clean(self, value: object, run: Run) -> object:
        """Error: `not-an-option`."""
        return self.chosen(value, self.choices(run))


class ChoosingMany(Choosing):
    """Value: a list of values of different choices."""

    empty: ClassVar[object] = []

    def clean(self, value: object, run: Run) -> object:
        """Errors: `invalid-list`, `too-many`, `not-an-option`, `chosen-twice`."""
        if not isinstance(value, list):
            raise refused("invalid-list")
        if len(value) > MAX_LIST:
            raise refused("too-many", max=MAX_LIST)
        choices = self.choices(run)
        kept: list[object] = []
        for item in value:
            if any(same(item, earlier) for earlier in kept):
                raise refused("chosen-twice")
            kept.append(self.chosen(item, choices))
        return kept
