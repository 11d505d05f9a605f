"""Buttons to choose one of several."""

from __future__ import annotations

from engine.forms.options import ChoosingOne


class Radio(ChoosingOne):
    """Value: that of one choice, any kind of JSON value. Error: `not-an-option`."""

    type_name = "radio"


FIELD = Radio
