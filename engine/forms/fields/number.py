"""A number: limits and decimal places, exact."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import re2

from engine.forms.errors import refused
from engine.forms.field import ValueField, resolved
from engine.forms.jsontext import fits
from engine.forms.properties import Properties
from engine.forms.run import Run

WRITTEN = re2.compile(r"^-?[0-9]{1,400}(\.[0-9]{1,400})?$")


class Number(ValueField):
    """Value: a Decimal. With `serializeToString` form-js sends a text, which is read as the number
    it says; a text is refused otherwise, and so are Thai digits: the web converts what people type.
    """

    type_name = "number"

    def setup(self, properties: Properties) -> None:
        """Read the limits (numbers or FEEL) and the number of decimal places."""
        self.least = properties.limit("validate.min")
        self.most = properties.limit("validate.max")
        self.places = properties.whole("decimalDigits")
        self.as_text = properties.flag("serializeToString")

    def coerce(self, value: object) -> object:
        """The number that a text says, where the form sends numbers as texts."""
        if not (self.as_text and isinstance(value, str) and WRITTEN.search(value)):
            return value
        try:
            return Decimal(value)
        except InvalidOperation:
            return value

    def clean(self, value: object, run: Run) -> object:
        """Errors: `invalid-number`, `too-many-decimals`, `too-small`, `too-large`."""
        if not isinstance(value, Decimal) or not fits(value):
            raise refused("invalid-number")
        if self.places is not None and value != round(value, self.places):
            raise refused("too-many-decimals", places=self.places)
        least, most = resolved(self.least, run), resolved(self.most, run)
        if least is not None and value < least:
            raise refused("number-too-small", min=least)
        if most is not None and value > most:
            raise refused("number-too-large", max=most)
        return value


FIELD = Number
