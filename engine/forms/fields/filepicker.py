"""Files attached to a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import re2

from engine.forms.errors import refused
from engine.forms.field import ValueField
from engine.forms.kinds import kinds_of
from engine.forms.limits import MAX_FILE, MAX_LIST
from engine.forms.properties import Properties
from engine.forms.run import Run

LARGEST = "krabuan.maxFileSize"
PREFIX = "files::"
REFERENCE = re2.compile(r"^files::[A-Za-z0-9._\-]{1,100}$")


class Filepicker(ValueField):
    """Value: a list of references to files already uploaded, so that `count(quotations) >= 3` can be
    asked whether or not several files were allowed.

    A reference is form-js's text "files::<id>" or Camunda's document object with `documentId`. One
    reference alone is taken as a list of one. Whether the files exist, and are of the `kinds` and no larger than
    `largest` (MiB), is for the command to check (`files.py`).
    """

    type_name = "filepicker"
    empty: ClassVar[object] = []

    def setup(self, properties: Properties) -> None:
        """Read whether several files are allowed (form-js allows FEEL here; then several are), of which kinds and how
        large."""
        self.several = properties.switch("multiple") is not False
        self.kinds = kinds_of(properties.text("accept"))
        said = self.custom.get(LARGEST, str(MAX_FILE))
        fits = said.isascii() and said.isdecimal() and 1 <= int(said[:4]) <= MAX_FILE
        if not fits:
            properties.wrong(LARGEST, f"จำนวนเต็ม 1 ถึง {MAX_FILE} (MiB)", f"a whole number from 1 to {MAX_FILE} (MiB)")
        self.largest = int(said) if fits else MAX_FILE

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
