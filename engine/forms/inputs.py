"""One field in one submission: what was sent for it, what the case has, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms.run import Place
from engine.forms.structure import Placed

DataPath = tuple[str | int, ...]


@dataclass(slots=True)
class Input:
    """One field of the form, or of one row, in one submission.

    `working` is the object it stands in among the data that expressions read, `prepared` the one among
    the data that the schema will check (None when what was sent there is not an object at all).
    """

    placed: Placed
    path: DataPath
    place: Place | None
    working: dict[str, object]
    prepared: dict[str, object] | None
    given: object
    stored: object
    hidden: bool = False
    hidings: int = 0
    fixed: bool = False
    computed: object = None

    @property
    def name(self) -> str:
        """The last name of its path, under which it stands in `working`."""
        return self.placed.path[-1]

    @property
    def full_name(self) -> str:
        """Its place as errors write it: `people[0].name`."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
        return text

    @property
    def restless(self) -> bool:
        """Whether what becomes of it depends on an expression."""
        made = self.placed.field
        return bool(self.placed.hides) or made.computed or not isinstance(made.fixed, bool)

    def value(self) -> object:
        """What expressions read, when it is not hidden."""
        if self.placed.field.computed:
            return self.computed
        return self.kept() if self.fixed else self.given

    def kept(self) -> object:
        """The value of a read-only field: the case's, else the form's default."""
        if self.stored is not None:
            return self.stored
        default = self.placed.field.default
        return self.placed.field.fresh() if default is None else default
