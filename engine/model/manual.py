"""What the office's manuals say of a process and its steps (`krabuan:`), as plain immutable data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

NEXT_WORKING_DAY = "nextWorkingDay"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Thai and in English; either may be empty."""

    th: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a control point binds to (krabuan:binding).

    `type` is formField, condition, decision, deadline or standardTime.
    """

    type: str
    field: str | None = None
    expression: str | None = None
    decision_id: str | None = None
    deadline_id: str | None = None
    late_reasons_field: str | None = None


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """A control point of a step, with the evidence that satisfies it."""

    id: str
    text: Words
    mandatory: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk that the manual prints for a step."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True)
class Step:
    """A printed step of the manual (krabuan:step). Times are ISO 8601 durations."""

    key: str
    number: str | None
    parent: str | None
    stage: str | None
    standard_time: str | None
    minimum_time: str | None
    calendar: str | None
    last_day: str | None  # NEXT_WORKING_DAY, or None for the day that comes out

    @property
    def to_working_day(self) -> bool:
        """Whether a last day on which the office is closed stands for the next working day."""
        return self.last_day == NEXT_WORKING_DAY


@dataclass(frozen=True, slots=True)
class Reminder:
    """krabuan:reminder: whom to tell when, and what else to do, about a user task or (`deadline`) a clock of the law.

    At most one of `before` (the due time), `after` (the beginning) and `overdue` (so long after the due time) is set;
    with none of them it is the due time itself. These and `repeat` are ISO 8601 durations, counted on `calendar`
    (calendar or working). It is repeated until what it is about is done, at most `limit` times where that is set.

    `to` and `reassign_to` are words: performer, group, head, role:<key>, a group's key, a person's name. `actions` are
    notify, raisePriority, reassign.
    """

    deadline: str | None = None
    before: str | None = None
    after: str | None = None
    overdue: str | None = None
    calendar: str = "calendar"
    to: tuple[str, ...] = ("performer",)
    actions: tuple[str, ...] = ("notify",)
    repeat: str | None = None
    limit: str | None = None
    reassign_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """krabuan:duty: the performer differs from, or is, that of another element or the starter."""

    type: Literal["differentFrom", "sameAs"]
    element: str


@dataclass(frozen=True, slots=True)
class CoSign:
    """krabuan:coSign: who signs what the performer filled in, before it is completed: names with commas, or `=` and
    FEEL; of each group one member."""

    users: str | None
    groups: str | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """krabuan:deadline: a clock over a process or sub-process.

    `from_` is FEEL for the moment it counts from. Exactly one of `duration` (ISO 8601, counted on
    `calendar`) and `at` (recurring dates such as `--04-05 --10-05`) is set. `stopped_by` is the element whose
    completion stops it; `late_until` an ISO 8601 duration from the same moment. `evidence` are the variables that the
    register keeps of its start beside what `from_` reads, `proof` those of the act; `overseers` are words as those of
    reminders (head, role:<key>), of units and positions that watch over it.
    """

    id: str
    kind: str
    text: Words
    legal_basis: Words
    from_: str
    duration: str | None
    at: str | None
    calendar: str
    stopped_by: str | None
    late_until: str | None
    late_reasons_field: str | None
    scope: str | None  # the sub-process it belongs to; None for the process
    last_day: str | None  # NEXT_WORKING_DAY, or None for the day that comes out
    evidence: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    overseers: tuple[str, ...] = ()

    @property
    def to_working_day(self) -> bool:
        """Whether a last day on which the office is closed stands for the next working day."""
        return self.last_day == NEXT_WORKING_DAY


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """krabuan:process: what the manual says of the whole process."""

    source: str | None = None
    number: str | None = None
    owner_unit: str | None = None
    target_percent: str | None = None
    called_only: bool = False  # runs inside another process; nobody starts it by hand
    texts: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)
