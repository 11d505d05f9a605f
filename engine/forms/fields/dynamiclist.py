"""Rows of the same fields, any number of them."""

from __future__ import annotations

from typing import ClassVar

from marshmallow import Schema, ValidationError

from engine.forms.errors import refused
from engine.forms.field import ValueField
from engine.forms.limits import MAX_LIST
from engine.forms.properties import Properties
from engine.forms.run import CURRENT, Run


class DynamicList(ValueField):
    """Value: a list of objects, each checked like a form of its own, with `this` as the row.

    `allowAddRemove: false` fixes the number of rows to those the case has, or `defaultRepetitions`.
    `validate.required`, minLength and maxLength count rows.
    """

    type_name = "dynamiclist"
    empty: ClassVar[object] = []
    at_path: ClassVar[bool] = True

    def setup(self, properties: Properties) -> None:
        """Read how many rows there may be. The schema of a row is set when the form is built."""
        self.rows: Schema = Schema()
        self.changeable = properties.raw("allowAddRemove") is None or properties.flag("allowAddRemove")
        self.repetitions = properties.whole("defaultRepetitions")
        self.least = properties.whole("validate.minLength")
        self.most = properties.whole("validate.maxLength")

    def clean(self, value: object, run: Run) -> object:
        """Errors: `invalid-list`, `too-few-rows`, `too-many`, and by row those of its fields."""
        if not isinstance(value, list):
            raise refused("invalid-list")
        most = MAX_LIST if self.most is None else min(self.most, MAX_LIST)
        if len(value) > most:
            raise refused("too-many", max=most)
        if self.least is not None and len(value) < self.least:
            raise refused("too-few-rows", min=self.least)
        places = self._places(run)
        cleaned: list[object] = []
        errors: dict[int, object] = {}
        for number, row in enumerate(value):
            if not isinstance(row, dict):
                errors[number] = refused("invalid-object").messages
                continue
            with CURRENT.get().inside(places[number], number + 1):
                try:
                    cleaned.append(self.rows.load(row))
                except ValidationError as error:
                    errors[number] = error.messages
        if errors:
            raise ValidationError(errors)
        return cleaned

    def _places(self, run: Run) -> list[dict[str, object]]:
        """The working data of each row, which expressions in it see as `this`."""
        value: object = run.data if run.place is None else run.place.this
        for name in self.data_path:
            value = value.get(name) if isinstance(value, dict) else None
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    data_path: tuple[str, ...] = ()
    """Where the list stands in its level; set when the form is built."""


FIELD = DynamicList
