"""What a client asks for next: mostly something about the task that others are at, too."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.linearizability.content import VERSIONS
from benchmarks.linearizability.doors import Known
from benchmarks.linearizability.model import CLERKS, ELEMENTS, FOLLOWS, OWNER, READS
from benchmarks.linearizability.operations import Operation

# how often each is chosen
WEIGHTS = {
    "claim": 26, "complete": 20, "unassign": 12, "assign": 10, "migrate": 5, "cancel": 0.7, "see-tasks": 10,
    "see-case": 9, "see-task": 7.3,
}  # fmt: skip
KINDS, SHARES = tuple(WEIGHTS), tuple(WEIGHTS.values())
OF_A_TASK = frozenset({"claim", "complete", "unassign", "assign", "see-task"})
KEYS = 4  # of each case; the same request comes under the same key from several clients


class Choice:
    """The chance of one client, with the revisions that it saw of the case at hand."""

    def __init__(self, seed: str) -> None:
        self.chance = Random(seed)
        self._case = 0
        self._seen: dict[str | None, int] = {}  # of a step's task, of the case
        self._again: Operation | None = None  # what was asked for with a key and never answered

    def next(self, id: str, known: Known) -> Operation:
        """An operation about the case, not yet called."""
        if known.case != self._case:
            self._case, self._seen, self._again = known.case, {}, None
        if self._again is not None:  # asked for once more, as whoever has a key may
            return replace(self._again, id=id)
        if not known.tasks:
            return Operation(id, str(known.case), "see-tasks", self.chance.choice(CLERKS))
        if self.chance.random() < 0.12 and (keyed := self._keyed(id, known)):
            return keyed
        kind = self.chance.choices(KINDS, SHARES)[0]
        element = self._element(known) if kind in OF_A_TASK else None
        wants_rev = kind not in READS and self.chance.random() < 0.25
        rev = self._seen.get(element) if wants_rev else None
        return Operation(id, str(known.case), kind, self._actor(kind), element, _value(kind, self.chance), rev)

    def told(self, operation: Operation) -> None:
        """What the answer tells of revisions, and whether it came."""
        kind, outcome = operation.kind, operation.outcome or ("unknown",)
        self._again = operation if operation.outcome is None and operation.key is not None else None
        if outcome[:2] == ("refused", "stale-revision"):
            self._seen[operation.element] = outcome[2]
        elif outcome[0] == "ok" and kind == "see-case":
            self._seen[None] = outcome[2]
        elif outcome[0] == "ok" and kind == "see-task":
            self._seen[operation.element] = outcome[3]
        elif outcome[0] == "ok" and kind == "see-tasks":
            self._seen |= {task[0]: task[3] for task in outcome[1:]}

    def _actor(self, kind: str) -> str:
        owned = kind in ("assign", "cancel", "migrate")
        share = 1.0 if kind == "assign" else 0.95 if owned else 0.3 if kind == "unassign" else 0.0
        return OWNER if self.chance.random() < share else self.chance.choice(CLERKS)

    def _element(self, known: Known) -> str:
        """Rather the last of each branch that is known: the others are done."""
        tasks = frozenset(known.tasks)  # others of this process see more of them meanwhile
        names = [name for name in ELEMENTS if name in tasks]
        last = [name for name in names if FOLLOWS.get(name) not in tasks and (name == "c" or "c" not in names)]
        return self.chance.choice(last if self.chance.random() < 0.85 else names)

    def _keyed(self, id: str, known: Known) -> Operation | None:
        """The request that goes with a key of this case; now and then another one under the same key. None while its
        task is not known."""
        number = self.chance.randrange(KEYS)
        fixed = Random(f"{known.case} {number}")
        kind = fixed.choice(("claim", "claim", "complete", "complete", "unassign", "assign", "migrate"))
        element, actor = fixed.choice(ELEMENTS), OWNER if kind in ("assign", "migrate") else fixed.choice(CLERKS)
        value = _value(kind, fixed)
        if self.chance.random() < 0.15 and actor != OWNER:
            kind = "claim" if kind != "claim" else "unassign"
        if element not in known.tasks:
            return None
        named = element if kind in OF_A_TASK else None
        return Operation(id, str(known.case), kind, actor, named, value, None, f"{known.case}-{number}")


def _value(kind: str, chance: Random) -> str | int | None:
    return chance.choice(CLERKS) if kind == "assign" else chance.randint(1, VERSIONS) if kind == "migrate" else None
