"""A box to tick."""

from __future__ import annotations

from typing import ClassVar

from engine.forms.errors import refused
from engine.forms.field import ValueField
from engine.forms.run import Run


class Checkbox(ValueField):
    """Value: true or false. A required box must be ticked; that is also what `filled` means."""

    type_name = "checkbox"
    empty: ClassVar[object] = False

    def blank(self, value: object) -> bool:
        """Not ticked."""
        return value is None or value is False

    def clean(self, value: object, run: Run) -> object:
        """Error: `invalid-checkbox`."""
        if value is not True:
            raise refused("invalid-checkbox")
        return True


FIELD = Checkbox
