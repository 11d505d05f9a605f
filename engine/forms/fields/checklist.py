"""Boxes to tick any number of."""

from __future__ import annotations

from engine.forms.options import ChoosingMany


class Checklist(ChoosingMany):
    """Value: a list without repetition, in the order chosen."""

    type_name = "checklist"


FIELD = Checklist
