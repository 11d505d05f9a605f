"""A frame around fields, with or without an object of its own in the data."""

from __future__ import annotations

from typing import ClassVar

from engine.forms.field import DisplayField


class Group(DisplayField):
    """Holds other components. With `path` their values stand in an object of that name; without, beside
    those around the group. Its condition hides all that is in it.
    """

    type_name = "group"
    expressions: ClassVar[tuple[str, ...]] = ("label",)


FIELD = Group
