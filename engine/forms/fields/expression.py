"""A value computed from others; what is submitted for it is ignored."""

from __future__ import annotations

from typing import ClassVar

from engine.forms.field import ValueField
from engine.forms.properties import Properties


class ComputedValue(ValueField):
    """Value: that of the FEEL `expression` over the data of the form and the case.

    It is computed again on the server whatever `computeOn` says: a browser's result proves nothing.
    """

    type_name = "expression"
    computed: ClassVar[bool] = True

    def setup(self, properties: Properties) -> None:
        """Read the expression; a fault if there is none."""
        self.expression = properties.feel("expression")
        if properties.raw("expression") in (None, ""):
            properties.fault("form-feel", "ไม่มีนิพจน์ FEEL ใน expression", "there is no FEEL in expression")


FIELD = ComputedValue
