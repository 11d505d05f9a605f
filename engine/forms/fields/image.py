"""A picture."""

from __future__ import annotations

from engine.forms.field import DisplayField


class Image(DisplayField):
    """A picture. Holds no value."""

    type_name = "image"
    expressions = ("source", "alt")


FIELD = Image
