"""Empty space."""

from __future__ import annotations

from engine.forms.field import DisplayField


class Spacer(DisplayField):
    """Empty space. Holds no value."""

    type_name = "spacer"
    expressions = ()


FIELD = Spacer
