"""What every field type is: a marshmallow field that knows form-js's rules for itself.

A field type is one module in `fields/`, with a class that says its form-js `type`, its empty value,
how to read its properties and how to check a value; and one case file in `cases/` that this side and
the web both run.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from marshmallow import fields, missing

from engine.feel import Expression
from engine.forms.errors import refused
from engine.forms.marks import mark_of
from engine.forms.properties import Properties
from engine.forms.run import CURRENT, ExpressionFailed, Run
from engine.forms.text import Option, Text


class Omitted:
    """Stands in prepared data for an input that must be ignored: hidden, fixed or computed."""


OMITTED = Omitted()


class ValueField(fields.Field[object]):
    """A component that holds a value.

    Guarantees of `deserialize`: an ignored input gives no value and no error; a missing or empty one
    gives `empty`, or the error `required`; anything else what `clean` makes of it. Expressions of the
    field see the submission of `run.CURRENT`.
    """

    type_name: ClassVar[str]
    empty: ClassVar[object] = None
    at_path: ClassVar[bool] = False
    """Whether the component is named by `path` rather than `key`."""
    computed: ClassVar[bool] = False

    def __init__(self, properties: Properties) -> None:
        super().__init__(required=False)
        self.element = properties.element
        self.mandatory = properties.flag("validate.required")
        self.fixed: bool | Expression = properties.flag("disabled") or properties.switch("readonly")
        self.label = properties.label()
        self.description = properties.label("description")
        self.custom = properties.custom()
        self.mark = mark_of(properties)
        self.default: object = properties.raw("defaultValue")
        self.options: tuple[Option, ...] = ()
        self.setup(properties)

    def setup(self, properties: Properties) -> None:
        """Read the type's own properties, noting faults."""

    def coerce(self, value: object) -> object:
        """The form in which the value is worked with, when it can be had; else the value itself."""
        return value

    def clean(self, value: object, run: Run) -> object:
        """The value to store, or `refused(...)`. `value` is coerced and not blank."""
        raise refused("invalid-value")

    def blank(self, value: object) -> bool:
        """Whether the value counts as not given; a required field refuses it."""
        return value is None or value == "" or value == []

    def filled(self, value: object) -> bool:
        """Whether a stored value counts as filled, ticked or attached (control points ask)."""
        return not self.blank(value)

    def fresh(self) -> object:
        """The empty value, as an object of its own."""
        return list(self.empty) if isinstance(self.empty, list) else self.empty

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        """marshmallow's entry: see the class."""
        if isinstance(value, Omitted):
            return missing
        if value is missing or self.blank(value):
            if self.mandatory:
                raise refused("required")
            return self.fresh() if value is missing or value is None else self.keep_blank(value)
        try:
            return self.clean(value, CURRENT.get())
        except ExpressionFailed as error:
            raise refused("expression-failed") from error

    def keep_blank(self, value: object) -> object:
        """A blank value as stored: as it came if of the right kind, else the empty value."""
        return value if type(value) is type(self.empty) else self.fresh()


class DisplayField:
    """A component that shows something and holds no value. Its expressions are checked, that is all."""

    type_name: ClassVar[str]
    expressions: ClassVar[tuple[str, ...]] = ()
    """Properties that may be FEEL, beside plain text."""

    @classmethod
    def check(cls, properties: Properties) -> None:
        """Note faults of the component."""
        for name in cls.expressions:
            value = properties.raw(name)
            if isinstance(value, str) and value.startswith("="):
                properties.feel(name)


def resolved(limit: Decimal | Expression | None, run: Run) -> Decimal | None:
    """A limit as a number, now; None when there is none or its expression gives none."""
    if limit is None or isinstance(limit, Decimal):
        return limit
    value = run.here(limit)
    return value if isinstance(value, Decimal) else None


__all__ = ["OMITTED", "DisplayField", "Omitted", "Option", "Text", "ValueField", "resolved"]
