"""What one of many clients asked for, when, and what it was answered; kept as lines of JSON while it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

Outcome = tuple[Any, ...]  # ("ok", ...what was answered) or ("refused", code, ...what the refusal tells)


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """`called` and `returned` are nanoseconds of the machine's monotonic clock. `outcome` is None when nobody knows
    it: the client was killed or the connection lost. Then it took effect at any time after `called`, or never, and
    `returned` is None."""

    id: str
    case: str
    kind: str
    actor: str = ""
    element: str | None = None  # the step whose task it is about
    value: Any = None  # to whom it is assigned, to which version the case is migrated
    rev: int | None = None  # of If-Match
    key: str | None = None  # of Idempotency-Key
    called: int = 0
    returned: int | None = None
    outcome: Outcome | None = None
    door: str = field(default="bus", repr=False)  # by which way it was asked for

    def __str__(self) -> str:
        rev, key = self.rev and f"if-match {self.rev}", self.key and f"key {self.key}"
        asked = [self.kind, self.element, self.value, rev, key]
        answer = "unknown" if self.outcome is None else " ".join(map(str, self.outcome))
        return f"{self.actor}: {' '.join(str(part) for part in asked if part)} -> {answer}"


def invoked(operation: Operation) -> bytes:
    """The line that is written before it is asked for."""
    o = operation
    return orjson.dumps([o.id, o.case, o.kind, o.actor, o.element, o.value, o.rev, o.key, o.called, o.door]) + b"\n"


def answered(id: str, returned: int, outcome: Outcome | None) -> bytes:
    """The line that is written when the answer is there, or is known never to come."""
    return orjson.dumps([id, returned, outcome]) + b"\n"


def read_lines(files: Iterable[Path]) -> Iterator[Operation]:
    """All operations of these files. A line that a kill cut off counts as not written: nothing was asked for before
    its line was complete."""
    for file in files:
        begun: dict[str, list[Any]] = {}
        ended: dict[str, tuple[int, Outcome | None]] = {}
        for line in file.read_bytes().split(b"\n")[:-1]:
            said = orjson.loads(line)
            if len(said) == 3:
                ended[said[0]] = said[1], _frozen(said[2])
            else:
                begun[said[0]] = said
        for id, (*about, called, door) in begun.items():
            returned, outcome = ended.get(id, (None, None))
            yield Operation(*about, called, returned if outcome is not None else None, outcome, door)


def _frozen(value: Any) -> Any:
    """Lists as tuples, so that outcomes compare with what the model says."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
