"""Tags to choose any number of from a list."""

from __future__ import annotations

from engine.forms.options import ChoosingMany


class Taglist(ChoosingMany):
    """Value: a list without repetition, in the order chosen."""

    type_name = "taglist"


FIELD = Taglist
