"""A line."""

from __future__ import annotations

from engine.forms.field import DisplayField


class Separator(DisplayField):
    """A line. Holds no value."""

    type_name = "separator"
    expressions = ()


FIELD = Separator
