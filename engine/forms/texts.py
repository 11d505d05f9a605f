"""What one-line and many-line texts have in common."""

from __future__ import annotations

from typing import ClassVar

from engine.forms.errors import refused
from engine.forms.field import ValueField, resolved
from engine.forms.properties import Properties
from engine.forms.run import Run


class TextValue(ValueField):
    """A text with a length, and "" when empty. Blanks alone do not fill a required text."""

    empty: ClassVar[object] = ""
    most: ClassVar[int]
    """Characters accepted whatever the form says."""

    def setup(self, properties: Properties) -> None:
        """Read the limits of the length: numbers or FEEL."""
        self.shortest = properties.limit("validate.minLength")
        self.longest = properties.limit("validate.maxLength")

    def blank(self, value: object) -> bool:
        """Nothing, or blanks only."""
        return value is None or (isinstance(value, str) and not value.strip())

    def clean(self, value: object, run: Run) -> object:
        """Errors: `invalid-text`, `too-short`, `too-long`."""
        if not isinstance(value, str):
            raise refused("invalid-text")
        longest = resolved(self.longest, run)
        most = self.most if longest is None else min(int(longest), self.most)
        if len(value) > most:
            raise refused("too-long", max=most)
        shortest = resolved(self.shortest, run)
        if shortest is not None and len(value.strip()) < shortest:
            raise refused("too-short", min=int(shortest))
        return value
