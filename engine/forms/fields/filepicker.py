"""Files attached to a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import re2

from engine.forms.errors import refused
from engine.forms.field import ValueField
from engine.forms.limits import MAX_LIST
from engine.forms.properties import Properties
from engine.forms.run import Run

REFERENCE = re2.compile(r"^files::[A-Za-z0-9._\-]{1,100}$")


class Filepicker(ValueField):
    """Value: a list of references to files already uploaded, so that `count(quotations) >= 3` can be
    asked whether or not several files were allowed.

    A reference is form-js's text "files::<id>" or Camunda's document object with `documentId`. One
    reference alone is taken as a list of one. Whether the files exist is for the command to check.
    """

    type_name = "filepicker"
    empty: ClassVar[object] = []

    def setup(self, properties: Properties) -> None:
        """Read whether several files are allowed. form-js allows FEEL here; then several are."""
        self.several = properties.switch("multiple") is not False

    def coerce(self, value: object) -> object:
        """One reference as a list of one."""
        return [value] if isinstance(value, Mapping) or (isinstance(value, str) and value) else value

    def clean(self, value: object, run: Run) -> object:
        """Errors: `invalid-file`, `one-file-only`, `too-many`, `chosen-twice`."""
        if not isinstance(value, list) or not all(map(self._is_reference, value)):
            raise refused("invalid-file")
        if len(value) > 1 and not self.several:
            raise refused("one-file-only")
        if len(value) > MAX_LIST:
            raise refused("too-many", max=MAX_LIST)
        if any(item in value[:place] for place, item in enumerate(value)):
            raise refused("chosen-twice")
        return value

    @staticmethod
    def _is_reference(item: object) -> bool:
        if isinstance(item, Mapping):
            return isinstance(item.get("documentId"), str)
        return isinstance(item, str) and REFERENCE.search(item) is not None


FIELD = Filepicker
