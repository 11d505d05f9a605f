"""What a thread is at: what is logged and measured meanwhile says so, and what a failure is logged with.

Names and keys of what the engine made, never what people typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Work:
    """`told` are members of log lines: command, processInstanceKey, userTaskKey, jobKey, traceId. `kind` and `due_at`
    are those of the job that the command is about, where it is about one that is not done yet."""

    told: dict[str, str] = field(default_factory=dict)
    kind: str | None = None
    due_at: datetime | None = None


_NOTHING: Mapping[str, str] = {}
_AT: ContextVar[Work | None] = ContextVar("krabuan-at-work", default=None)


@contextmanager
def at_work(**told: str) -> Iterator[Work]:
    """What runs in the block is about this, besides what is said of the work that it is part of. An error that leaves
    the block tells afterwards what it was about (`told_of`)."""
    around = _AT.get()
    work = Work(told if around is None else around.told | told)
    token = _AT.set(work)
    try:
        yield work
    except Exception as error:
        if not hasattr(error, "krabuan_told"):
            error.krabuan_told = dict(work.told)  # type: ignore[attr-defined]
        raise
    finally:
        _AT.reset(token)


def note(**told: str) -> None:
    """Say more of the work at hand; nothing where there is none."""
    work = _AT.get()
    if work is not None:
        work.told |= told


def note_job(kind: str, due_at: datetime | None) -> None:
    """The work at hand is about this job, which is not done yet."""
    work = _AT.get()
    if work is not None:
        work.kind, work.due_at = kind, due_at


def told_now() -> Mapping[str, str]:
    """What is said of the work at hand."""
    work = _AT.get()
    return _NOTHING if work is None else work.told


def told_of(error: BaseException | None) -> Mapping[str, str]:
    """What was at work when the error was raised."""
    found: Mapping[str, str] = getattr(error, "krabuan_told", _NOTHING)
    return found
