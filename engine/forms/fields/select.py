"""A list that opens, to choose one entry."""

from __future__ import annotations

from engine.forms.options import ChoosingOne


class Select(ChoosingOne):
    """Value: that of one choice, any kind of JSON value. Error: `not-an-option`."""

    type_name = "select"


FIELD = Select
