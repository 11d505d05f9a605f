"""How a command is declared: its permission, its history event, what it acts on, its handler.

A command that leaves one of these out does not register, so none can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from engine.commands.transaction import Transaction
from engine.model.audit import OF_THE_SERVICE
from engine.policy.permissions import RULES, Facts
from engine.store.instances import Instance

NO_INSTANCE: Final = None  # the command concerns no process instance, or its handler records what it did


@dataclass(frozen=True, slots=True)
class OfService:
    """The event of a command that concerns the service: `type` is named in engine/model/audit.py, `key` says which
    thing it is about, from the command and its answer; a command that has told() says more. With `proven`, that thing
    is the person who acts, too."""

    type: str
    key: Callable[[Any, Any], Any]
    proven: bool = False


class Told(Protocol):
    """A command that is recorded: what history says of it (JSON-able, no secrets)."""

    def told(self) -> dict[str, Any]:
        """The data of the history event."""
        ...


@dataclass(slots=True)
class Target:
    """What a command acts on, locked and loaded. `rows` holds what the handler needs further."""

    facts: Facts = field(default_factory=Facts)
    instance: Instance | None = None
    element_id: str | None = None
    element_instance_key: int | None = None
    rev: int | None = None  # compared with the command's If-Match
    rows: dict[str, Any] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)  # by what the command named the thing, as NotFound tells it
    event: str | None = None  # in the place of the command's own, where the request does not take effect at once


@dataclass(frozen=True, slots=True)
class Handler:
    """The declaration of one command."""

    permission: str
    event: str | OfService | None
    target: Callable[[Any, Transaction], Target]
    act: Callable[[Any, Target, Transaction], Any]


_HANDLERS: dict[type, Handler] = {}


def nothing_loaded(_command: Any, _tx: Transaction) -> Target:
    """The target of commands whose permission depends on the actor alone."""
    return Target()


def handles(
    command: type,
    *,
    permission: str,
    event: str | OfService | None,
    target: Callable[[Any, Transaction], Target] = nothing_loaded,
) -> Callable[[Callable[[Any, Target, Transaction], Any]], Callable[[Any, Target, Transaction], Any]]:
    """Register the decorated function as the handler of `command`.

    Raises ValueError for an unknown permission, a second handler, a recorded command that does not say what history
    is told, or an event of the service that the audit log does not know.
    """
    if permission not in RULES:
        raise ValueError(f"{command.__name__}: unknown permission {permission}")
    if command in _HANDLERS:
        raise ValueError(f"{command.__name__} has a handler already")
    if isinstance(event, str) and not hasattr(command, "told"):
        raise ValueError(f"{command.__name__} is recorded but has no told()")
    if isinstance(event, OfService) and event.type not in OF_THE_SERVICE:
        raise ValueError(f"{command.__name__}: the audit log knows no {event.type}")

    def register(
        act: Callable[[Any, Target, Transaction], Any],
    ) -> Callable[[Any, Target, Transaction], Any]:
        _HANDLERS[command] = Handler(permission, event, target, act)
        return act

    return register


def handler_of(command: type) -> Handler:
    """The declaration of a command. Raises KeyError for a type that is none."""
    return _HANDLERS[command]


def all_handlers() -> dict[type, Handler]:
    """Every registered command, for the tests that go through the table."""
    return dict(_HANDLERS)
